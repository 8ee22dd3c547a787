/**
 * Not a test of the product: run by the mutation run alone, where no test has noticed an edit. Does anything come out
 * otherwise than before, over many drawn inputs, orders and texts? The first run, without an edit, writes down what does.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Scores } from '../../../../events/decision.ts';
import { decide } from '../../../../policy/decide.ts';
import { calibrate } from '../../../../policy/embedded/calibration.ts';
import { fallbackInput } from '../../../../policy/fallback.ts';
import { randomFrom, randomInput } from '../../../../policy/random-input.testing.ts';
import { keywordHits } from '../../../../policy/text/keywords.ts';
import { inputs } from '../oracle/inputs.ts';
import { orderCases } from '../oracle/orders.ts';
import { readInput } from '../oracle/read-input.ts';
import { readOrder } from '../oracle/read-order.ts';
import { readText } from '../oracle/read-text.ts';
import { texts } from '../oracle/texts.ts';

const SEED = 20_260_102;
const SECTIONS = { inputs: inputResults, orders: orderResults, texts: textResults } as const;
const baseline = process.env.MUTATION_BASELINE ?? '';

function* inputResults(): Generator<unknown> {
  const random = randomFrom(SEED);
  for (let at = 0; at < 4_000; at += 1) {
    const input = randomInput(random);
    yield decide(input);
    if (at % 4 !== 0) continue;
    const scores: Scores = input.classifier.calibrated;
    const hits = Object.keys(scores).map((intent) => ({ intent, ruleId: 'kw.rule', precision: 'high' }) as const);
    const onRung = fallbackInput(input, { embedded: at % 8 === 0 ? scores : null, keywordHits: hits as never });
    yield { input: onRung, decision: decide(onRung) };
    const curve = () => ({ slope: random(), offset: random() - 0.5, ahead: random(), behind: random() });
    const curves = { P0: curve(), P1: curve(), P2P3: curve(), P4: curve(), P5: curve(), P6: curve(), P7: curve() };
    yield calibrate(
      { version: 'm', weights: 'w', curves },
      { order_status_tracking: random(), cancel_order: random() },
    );
  }
  const made = inputs(1_000, random);
  for (const [at, input] of made.entries()) yield readInput(input, made[(at + 1) % made.length] ?? input);
}

function* orderResults(): Generator<unknown> {
  for (const one of orderCases(1_500, randomFrom(SEED))) yield readOrder(one);
}

function* textResults(): Generator<unknown> {
  for (const text of texts(800, randomFrom(SEED))) yield [readText(text, 'email'), keywordHits(text)];
}

function digestOf(results: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const result of results) hash.update(JSON.stringify(result));
  return hash.digest('hex');
}

it.each(Object.entries(SECTIONS))('%s come out as before', (name, results) => {
  const file = `${baseline}.${name}`;
  const digest = digestOf(results());
  if (!existsSync(file)) writeFileSync(file, digest);
  expect(digest).toBe(readFileSync(file, 'utf8'));
});
