import { describe, expect, it } from 'vitest';
import type { Scores } from '../../events/decision.ts';
import { askedIn, askedInTaken } from './asked.ts';

const TEXT = 'Where is my order? Please stop the plan.';
const [FIRST, SECOND] = ['Where is my order?', 'Please stop the plan.'] as const;

const wishes = (scores: { whole?: Scores; first?: Scores; second?: Scores }) => {
  const readings: Record<string, Scores> = {
    [TEXT]: scores.whole ?? {},
    [FIRST]: scores.first ?? {},
    [SECOND]: scores.second ?? {},
  };
  return askedIn((text) => readings[text] ?? {}, TEXT);
};

describe('askedIn', () => {
  it.each([
    ['the whole message', { whole: { order_status_tracking: 0.9, cancel_order: 0.35 } }, true],
    ['the whole message too faintly', { whole: { order_status_tracking: 0.9, cancel_order: 0.34 } }, false],
    ['a part', { whole: { cancel_order: 0.05 }, second: { cancel_order: 0.5 } }, true],
    ['a part too faintly', { whole: { cancel_order: 0.05 }, second: { cancel_order: 0.49 } }, false],
    [
      'a part that the whole does not bear out',
      { whole: { cancel_order: 0.04 }, second: { cancel_order: 0.84 } },
      false,
    ],
    ['a part that is sure alone', { second: { cancel_order: 0.85 } }, true],
    ['a part that may be about its status', { second: { cancel_order: 0.88, order_status_tracking: 0.1 } }, false],
    ['a part that may be about its delay', { second: { cancel_order: 0.88, shipping_delay_not_shipped: 0.1 } }, false],
    ['a part hardly about it', { second: { cancel_order: 0.88, order_status_tracking: 0.09 } }, true],
    [
      'a part beside one about the order',
      { first: { order_status_tracking: 1 }, second: { cancel_order: 0.85 } },
      true,
    ],
  ] as const)('reads a cancellation in %s', (_where, scores, isThere) => {
    expect(wishes(scores).includes('cancel_order')).toBe(isThere);
  });

  it('names each intent once, in table order', () => {
    const both = { refund_request: 0.9, cancel_order: 0.9 };
    expect(wishes({ whole: both, second: both })).toEqual(['cancel_order', 'refund_request']);
  });
});

describe('askedInTaken', () => {
  const asked = (read: Scores, ruled: Scores) =>
    askedInTaken(
      () => read,
      () => ruled,
      ['Tool: it broke on me'],
    );

  it.each<[string, Scores, Scores, readonly string[]]>([
    ['weights that are sure', { damaged_item: 0.85 }, {}, ['damaged_item']],
    ['weights that are not', { damaged_item: 0.84 }, {}, []],
    ['phrase rules', {}, { refund_request: 0.35 }, ['refund_request']],
    ['a faint phrase', {}, { refund_request: 0.34 }, []],
    ['both, of two wishes', { cancel_order: 0.9 }, { return_request: 0.9 }, ['cancel_order', 'return_request']],
    ['no change of an order', { order_status_tracking: 0.9, legal_threat: 0.9 }, { technical_support: 0.9 }, []],
  ])('believes %s', (_who, read, ruled, intents) => {
    expect(asked(read, ruled)).toEqual(intents);
  });

  it('asks for nothing where nothing was taken', () => {
    expect(
      askedInTaken(
        () => ({ cancel_order: 1 }),
        () => ({ cancel_order: 1 }),
        [],
      ),
    ).toEqual([]);
  });
});
