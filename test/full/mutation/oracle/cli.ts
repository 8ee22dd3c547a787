// node oracle/cli.ts write FILE | node oracle/cli.ts compare FILE [texts|orders|inputs]
// Does policy/ behave as it did? Over thousands of seeded texts, orders and inputs, by what an outcome row could show.
// Exit code of `compare`: 0 nothing differs, 3 something does (and the first difference on standard output).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { CHANNELS, type Channel } from '../../../../events/words.ts';
import { randomFrom } from '../sample.ts';
import { inputs } from './inputs.ts';
import { orderCases } from './orders.ts';
import { readInput } from './read-input.ts';
import { readOrder } from './read-order.ts';
import { readText } from './read-text.ts';
import { texts } from './texts.ts';

const SEED = 20_260_101;
const COUNTS = { texts: 3_000, orders: 2_500, inputs: 10_000 } as const;
const DIFFERENT = 3;
type Section = keyof typeof COUNTS;
const SECTIONS = { texts: textResults, orders: orderResults, inputs: inputResults } as const;

function* textResults(): Generator<() => unknown> {
  for (const [at, text] of texts(COUNTS.texts, randomFrom(SEED)).entries()) yield () => readText(text, channelAt(at));
}

function* orderResults(): Generator<() => unknown> {
  for (const one of orderCases(COUNTS.orders, randomFrom(SEED))) yield () => readOrder(one);
}

function* inputResults(): Generator<() => unknown> {
  const made = inputs(COUNTS.inputs, randomFrom(SEED));
  for (const [at, input] of made.entries()) {
    const later = made[(at + 1) % made.length] ?? input;
    yield () => readInput(input, later);
  }
}

/** Mostly e-mail, as it is; every tenth by another channel. */
function channelAt(index: number): Channel {
  return index % 10 === 9 ? (CHANNELS[Math.floor(index / 10) % CHANNELS.length] ?? 'email') : 'email';
}

function digest(result: () => unknown): string {
  let said: string;
  try {
    said = JSON.stringify(result());
  } catch (error) {
    said = `threw ${error instanceof Error ? error.name : ''}`;
  }
  return createHash('sha1').update(said).digest('base64').slice(0, 8);
}

function sectionsFrom(first: string | undefined): Section[] {
  const names = Object.keys(SECTIONS) as Section[];
  return names.toSorted((a, b) => Number(b === first) - Number(a === first));
}

const [mode, file, first] = process.argv.slice(2);
if (file === undefined || (mode !== 'write' && mode !== 'compare'))
  throw new Error('write FILE | compare FILE [section]');
if (mode === 'write') {
  const all = Object.fromEntries(sectionsFrom(first).map((name) => [name, [...SECTIONS[name]()].map(digest)]));
  writeFileSync(file, JSON.stringify(all));
} else {
  const before: Record<Section, readonly string[]> = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of sectionsFrom(first)) {
    let at = 0;
    for (const result of SECTIONS[name]()) {
      if (digest(result) !== before[name][at]) {
        process.stdout.write(`differs at ${name} ${at}\n`);
        process.exit(DIFFERENT);
      }
      at += 1;
    }
  }
}
