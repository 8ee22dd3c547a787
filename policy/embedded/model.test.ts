import { describe, expect, it } from 'vitest';
import { INTENTS, type Intent } from '../../events/words.ts';
import { featureHash } from './grams.ts';
import type { PackedWeights } from './linear.ts';
import { readText, scoreText, unpackWeights } from './model.ts';

/** As decisions §3.8 and the type say: hashes little-endian, weights a signed byte for each intent, row by row. */
function packed(
  rows: readonly (readonly [hash: number, weights: Partial<Record<Intent, number>>])[],
  bias: readonly number[] = INTENTS.map(() => 0),
  steps: readonly number[] = INTENTS.map(() => 0.1),
): PackedWeights {
  const hashes = Buffer.alloc(rows.length * 4);
  for (const [at, [hash]] of rows.entries()) hashes.writeUInt32LE(hash, at * 4);
  const weights = Buffer.from(rows.flatMap(([, row]) => INTENTS.map((intent) => (row[intent] ?? 0) & 0xff)));
  return { version: 'w1', hashes: hashes.toString('base64'), weights: weights.toString('base64'), steps, bias };
}

const PARCEL = featureHash('concepts', 'parcel');
const EMAIL = featureHash('channel', 'email');
/** 1 / (1 + e^−x) of the logit the comment beside it works out. */
const score = (logit: number): number => 1 / (1 + Math.exp(-logit));

describe('unpacking', () => {
  it('gives each hash its row and each byte its sign', () => {
    const made = unpackWeights(
      packed([
        [0x01020304, { order_status_tracking: 127, unknown_other: -127 }],
        [0xfffefdfc, { order_status_tracking: -1, unknown_other: 1 }],
      ]),
    );
    expect(made.version).toBe('w1');
    expect([...made.rows]).toEqual([
      [0x01020304, 0],
      [0xfffefdfc, 1],
    ]);
    expect([...made.weights]).toEqual([127, ...Array(23).fill(0), -127, -1, ...Array(23).fill(0), 1]);
    expect(made.steps).toEqual(Array(25).fill(0.1));
    expect(made.bias).toEqual(Array(25).fill(0));
  });

  it('leaves out none of ten', () => {
    const hashes = Array.from({ length: 10 }, (_, at) => 1_000 + at);
    expect([...unpackWeights(packed(hashes.map((hash) => [hash, {}]))).rows.keys()]).toEqual(hashes);
  });

  it('refuses weights that do not belong to the hashes', () => {
    const [one, two] = [
      packed([[1, {}]]),
      packed([
        [1, {}],
        [2, {}],
      ]),
    ];
    expect(() => unpackWeights({ ...one, weights: two.weights })).toThrow('not one byte for each feature and label');
    expect(() => unpackWeights({ ...two, weights: one.weights })).toThrow('not one byte for each feature and label');
  });
});

describe('the score of a message of one part', () => {
  const model = unpackWeights(
    packed(
      [
        [PARCEL, { order_status_tracking: 40, refund_request: -20, unknown_other: 10 }],
        [EMAIL, { refund_request: 50, unknown_other: -100 }],
      ],
      INTENTS.map((intent) => (intent === 'cancel_order' ? -2 : intent === 'unknown_other' ? 1 : 0)),
      INTENTS.map((intent) => (intent === 'unknown_other' ? 0.05 : 0.1)),
    ),
  );

  it.each([
    // The one concept of "parcel lamp" has the whole length of its group, 0.5; the channel has 0.8.
    { intent: 'order_status_tracking', logit: 2, is: 0.8808 }, // 0.1 · 40 · 0.5
    { intent: 'refund_request', logit: 3, is: 0.9526 }, // 0.1 · (−20 · 0.5 + 50 · 0.8)
    { intent: 'unknown_other', logit: -2.75, is: 0.0601 }, // 1 + 0.05 · (10 · 0.5 − 100 · 0.8)
    { intent: 'cancel_order', logit: -2, is: 0.1192 }, // its bias alone
    { intent: 'damaged_item', logit: 0, is: 0.5 },
  ] as const)('$intent: logit $logit', ({ intent, logit, is }) => {
    const read = readText(model, 'parcel lamp', 'email');
    expect(read.scores[intent]).toBeCloseTo(is, 4);
    expect(read.scores[intent]).toBeCloseTo(score(logit), 10);
    expect(read.parts).toEqual([read.scores]);
    expect(scoreText(model, 'parcel lamp', 'email')).toEqual(read.scores);
  });

  it('all intents are scored', () => {
    expect(Object.keys(scoreText(model, 'parcel lamp', 'email'))).toEqual([...INTENTS]);
  });

  it('another channel is another feature', () => {
    expect(scoreText(model, 'parcel lamp', 'tiktok').refund_request).toBeCloseTo(score(-1), 10);
  });

  it('what has no step and no bias counts nothing', () => {
    const bare = unpackWeights({ ...packed([[PARCEL, { cancel_order: 100 }]]), steps: [], bias: [] });
    expect(scoreText(bare, 'parcel lamp', 'email').cancel_order).toBe(0.5);
  });
});

describe('the score of a message of two parts', () => {
  const model = unpackWeights(packed([[PARCEL, { order_status_tracking: 100, cancel_order: -100 }]]));
  const read = readText(model, 'parcel lamp lamp. refunded lamp lamp', 'email');
  // The whole has two concepts, in no sentence together: 0.5 / √2 each. Alone in its part a concept has 0.5.
  const inWhole = (100 * 0.1 * 0.5) / Math.SQRT2;

  it('each part is read alone', () => {
    expect(read.parts.map((part) => part.order_status_tracking)).toEqual([score(5), 0.5]);
    expect(read.parts.map((part) => part.cancel_order)).toEqual([score(-5), 0.5]);
  });

  it('a quarter of it is what the part says that says it loudest', () => {
    // 0.75 · 3.5355 + 0.25 · 5 = 3.9017; 0.75 · −3.5355 + 0.25 · 0 = −2.6517
    expect(read.scores.order_status_tracking).toBeCloseTo(score(0.75 * inWhole + 0.25 * 5), 10);
    expect(read.scores.order_status_tracking).toBeCloseTo(0.9802, 4);
    expect(read.scores.cancel_order).toBeCloseTo(score(-0.75 * inWhole), 10);
    expect(read.scores.cancel_order).toBeCloseTo(0.0659, 4);
  });

  it('of which one is too short to be read alone, is that of the whole', () => {
    const { scores, parts } = readText(model, 'parcel lamp lamp. refunded', 'email');
    expect(scores.order_status_tracking).toBeCloseTo(score(inWhole), 10);
    expect(parts).toEqual([scores]);
  });
});
