import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Classifier } from '../../functions/shared/ports.ts';
import { plain } from '../../functions/shared/restricted.testing.ts';
import { figuresOf } from './figures.ts';
import { noGaps } from './openai/gaps.ts';
import { linesOf, MAX_LINE_BYTES } from './rows/lines.ts';
import { type InvalidLine, isInvalid, parseLine } from './rows/row.ts';
import { type Run, run } from './run.ts';
import { systemFor } from './system/classifiers.ts';
import { outcomeOf } from './system/outcome.ts';
import { judge, type Message } from './system/system.ts';

const folder = mkdtempSync(join(tmpdir(), 'eval-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, `${Math.floor(performance.now() * 1000)}.jsonl`);
  writeFileSync(path, content);
  return path;
}

const json = (row: object): string => JSON.stringify(row);
const { system } = await systemFor('embedded');

async function evaluated(content: string | Buffer, split: 'all' | 'test' = 'all', watchesAll = false) {
  const invalid: InvalidLine[] = [];
  const ran: Run = await run(system, {
    data: fileOf(content),
    split,
    watchesAll,
    gaps: noGaps(),
    onInvalid: (line) => invalid.push(line),
    onProgress: () => {},
  });
  return { ran, invalid, figures: figuresOf(ran) };
}

const STATUS = {
  id: 'a',
  text: 'Where is my order? I would like to know when it arrives.',
  intent: 'order_status_tracking',
};

describe('reading a file', () => {
  it('unreadable lines are counted and named with a cure, and never quoted', async () => {
    const lines = [
      json(STATUS),
      '{"id": "b", "text": "my secret is hunter2',
      json({ id: 'c', text: 'hunter2' }),
      json({ id: 'd', text: 5, intent: 'cancel_order' }),
      json([STATUS]),
      '',
      json({ ...STATUS, id: 'e', intents: 'hunter2' }),
      json({ ...STATUS, id: 'f' }),
    ];
    const { ran, invalid } = await evaluated(lines.join('\n'));
    expect(ran.n).toBe(2);
    expect(ran.invalidLines).toBe(5);
    expect(invalid).toEqual([
      { line: 2, problem: 'no JSON: give one JSON object on a line' },
      { line: 3, problem: 'intent is missing: give an intent id' },
      { line: 4, problem: 'text is not right: give a text, which may be empty' },
      { line: 5, problem: 'no object: give one JSON object on a line' },
      { line: 7, problem: 'intents is not right: give a list of intent ids' },
    ]);
  });

  it('a line ends at a line feed alone; BOM, CRLF and a last line without an end are taken', async () => {
    const text = 'Where is my order?\u2028It is late.\u0085Please look.';
    const rows = `\uFEFF${json({ ...STATUS, text })}\r\n\r\n${json({ ...STATUS, id: 'b' })}`;
    const { ran } = await evaluated(rows);
    expect([ran.n, ran.invalidLines]).toEqual([2, 0]);
  });

  it('what is no UTF-8, or has no end, is an unreadable line like any other', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"id":"x","intent":"cancel_order","text":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}\n'),
      Buffer.alloc(MAX_LINE_BYTES + 1, 'a'),
      Buffer.from(`\n${json(STATUS)}\n`),
    ]);
    const { ran, invalid } = await evaluated(bytes);
    expect(invalid.map(({ line, problem }) => [line, problem.split(':')[0]])).toEqual([
      [1, 'no UTF-8'],
      [2, 'longer than 8 MB'],
    ]);
    expect(ran.n).toBe(1);
  });

  it('holds one line at a time', async () => {
    const path = fileOf(`${'x'.repeat(200_000)}\n${'y'.repeat(10)}\n`);
    const seen: number[] = [];
    for await (const { text, bytes } of linesOf(path)) seen.push(text?.length ?? -1, bytes);
    expect(seen).toEqual([200_000, 200_001, 10, 200_012]);
  });
});

describe('a row', () => {
  const parsed = (row: object) => {
    const one = parseLine({ line: 1, text: json(row), bytes: 0 });
    if (one === null || isInvalid(one)) throw new Error('the row is right');
    return one;
  };

  it('an intent outside the taxonomy counts as unknown_other, among the acceptable ones too', () => {
    const row = parsed({ ...STATUS, intent: 'greeting', intents: ['smalltalk', 'cancel_order'], secondary: ['odd'] });
    expect(row.intent).toBe('unknown_other');
    expect([...row.accepted]).toEqual(['unknown_other', 'cancel_order']);
    expect(row.secondary).toEqual(['unknown_other']);
  });

  it('is Tier 0 by its intent or by its own word', () => {
    expect(parsed({ ...STATUS, intent: 'legal_threat' }).isTier0).toBe(true);
    expect(parsed({ ...STATUS, tier0: true }).isTier0).toBe(true);
    expect(parsed(STATUS).isTier0).toBe(false);
  });

  it('takes any vendor spelling of a channel, e-mail without one', () => {
    expect(parsed({ ...STATUS, channel: 'Instagram comment' }).channel).toBe('social');
    expect(parsed({ ...STATUS, channel: 'carrier pigeon' }).channel).toBe('unknown');
    expect(parsed(STATUS).channel).toBe('email');
  });
});

describe('the splits', () => {
  const rows = [
    json({ ...STATUS, id: 'cal', split: 'calibration' }),
    json({ id: 'threat', text: 'Nice weather today.', intent: 'legal_threat', split: 'calibration' }),
    json({ ...STATUS, id: 'test', split: 'test' }),
    json({ ...STATUS, id: 'none' }),
  ].join('\n');

  it('test takes the rows that say so, all takes every row', async () => {
    expect((await evaluated(rows, 'test')).ran.n).toBe(1);
    expect((await evaluated(rows, 'all')).ran.n).toBe(4);
  });

  it('where safety is watched it is counted over every row', async () => {
    const { ran } = await evaluated(rows, 'test', true);
    expect(ran.safety.tier0.falseNegatives.n).toBe(0);
    expect(ran.watched.tier0.falseNegatives).toEqual({ n: 1, ids: ['threat'] });
    expect(ran.watched.rows).toBe(4);
  });
});

describe('the system', () => {
  const message = (text: string, part: Partial<Message> = {}): Message => ({
    id: 'm',
    channel: 'email',
    comments: [text],
    attachments: 0,
    hasOrder: false,
    ...part,
  });
  const decide = async (text: string, part: Partial<Message> = {}) =>
    outcomeOf(await judge(system, message(text, part)));

  it('a linked order with tracking ends in Tier 2, none in the question for the number', async () => {
    expect(await decide(STATUS.text, { hasOrder: true })).toMatchObject({
      tier: 2,
      template: 't_order_status_verified',
      isMatched: true,
    });
    expect(await decide(STATUS.text)).toMatchObject({ tier: 1, template: 't_order_status_ask_order_number' });
  });

  it('a message that names another number than the linked order’s gets no facts', async () => {
    const text = 'Where is my order #5512? I would like to know when it arrives.';
    expect(await decide(text, { hasOrder: true, orderName: '#1043' })).toMatchObject({ tier: 1, isMatched: false });
    expect(await decide(text, { hasOrder: true, orderName: '#5512' })).toMatchObject({ tier: 2 });
  });

  it('a screen hit predicts its family’s intent, without a confidence and without abstaining', async () => {
    expect(await decide('You will hear from my lawyer, I am suing you.')).toMatchObject({
      predicted: 'legal_threat',
      tier: 0,
      template: null,
      confidence: null,
      abstained: false,
      screen: 'strong',
    });
  });

  it('an earlier comment of the turn is screened too', async () => {
    const comments = ['I am suing you.', 'Where is my order?'];
    expect(await decide('', { comments })).toMatchObject({ predicted: 'legal_threat', tier: 0 });
  });

  it('a reply of a minute ago keeps the next one back', async () => {
    expect(await decide(STATUS.text, { hasOrder: true, repliedMinutesAgo: 1 })).toMatchObject({ template: null });
  });

  it.each(['invalid', 'refusal', 'timeout'] as const)(
    'a classifier that ends in %s leaves the ladder',
    async (failure) => {
      const answer = { failure, attempts: 2, parkMs: undefined, tokensIn: 10, tokensOut: 0 };
      const classifier: Classifier = { ...system.classifier, classify: async () => answer };
      const judged = await judge({ ...system, classifier }, message(STATUS.text, { hasOrder: true }));
      expect(outcomeOf(judged)).toMatchObject({ failure, template: null, tier: null, tokensIn: 10 });
      expect(outcomeOf(judged).isInvalidOutput).toBe(failure === 'invalid');
      expect(judged.last.tags).toContain('mw-model-failure');
    },
  );

  it('what a network model may read is redacted', async () => {
    const { request } = await judge(system, message('Where is my order? Write to nora@mail.test, please.'));
    expect(plain(request?.redacted)).toBe('Where is my order? Write to [EMAIL], please.');
  });

  it('a bug is no answer', async () => {
    const classifier: Classifier = {
      ...system.classifier,
      classify: async () => {
        throw new TypeError('bug');
      },
    };
    await expect(judge({ ...system, classifier }, message('Where is it?'))).rejects.toThrow('bug');
  });
});

describe('the figures', () => {
  it('have the keys of interfaces §4', async () => {
    const { figures } = await evaluated(json(STATUS));
    expect(Object.keys(figures)).toEqual(
      expect.arrayContaining([
        ...['n', 'invalidLines', 'accuracy', 'macroF1', 'weightedF1', 'perIntent', 'tier0', 'tier2', 'invalidOutputs'],
        ...['ece', 'riskCoverage', 'abstained', 'latencyMs', 'tokens', 'usdPer1000', 'confusion'],
      ]),
    );
    expect(figures).toMatchObject({
      n: 1,
      invalidLines: 0,
      accuracy: 1,
      perIntent: { order_status_tracking: { n: 1, precision: 1, recall: 1, f1: 1 } },
      tier0: { positives: 0, falseNegatives: 0, falsePositives: 0 },
      tier2: { approvedWrong: 0 },
      tokens: { in: 0, out: 0 },
      confusion: { order_status_tracking: { order_status_tracking: 1 } },
    });
    expect(figures.riskCoverage[0]).toEqual({ threshold: 0.3, coverage: 1, risk: 0 });
    expect(Object.keys(figures.latencyMs)).toEqual(['p50', 'p95']);
  });

  it('hold no text of a message', async () => {
    const { figures } = await evaluated(json({ ...STATUS, text: `${STATUS.text} zanzibarian` }));
    expect(JSON.stringify(figures)).not.toContain('zanzibarian');
  });

  it('dollars are told for 1,000 decisions', async () => {
    const { ran } = await evaluated(`${json(STATUS)}\n${json({ ...STATUS, id: 'b' })}`);
    Object.assign(ran.quality, { nanoUsd: 2_000_000 });
    // $0.002 for 2 decisions.
    expect(figuresOf(ran).usdPer1000).toBe(1);
  });
});
