import { describe, expect, it } from 'vitest';
import { INTENTS, type Intent } from '../../events/words.ts';
import { statedWishes, withStated } from './wishes.ts';

const scores = (given: Partial<Record<Intent, number>>) =>
  Object.fromEntries(INTENTS.map((intent) => [intent, given[intent] ?? 0.01])) as Record<Intent, number>;
const promo = scores({ promo_discount_issue: 0.99 });
const whole = scores({
  promo_discount_issue: 0.99,
  technical_support: 0.2,
  chargeback_dispute: 0.4,
  unknown_other: 0.4,
});

describe('a wish that a part states by itself', () => {
  it.each([
    { when: 'the part is clear', part: scores({ technical_support: 0.95 }), stated: ['technical_support'] },
    { when: 'the part is not sure', part: scores({ technical_support: 0.94 }), stated: [] },
    {
      when: 'another wish is at most as likely as not',
      part: scores({ technical_support: 0.97, billing_issue: 0.5 }),
      stated: ['technical_support'],
    },
    { when: 'the part says two things', part: scores({ technical_support: 0.97, billing_issue: 0.51 }), stated: [] },
    { when: 'the message as a whole says nothing of it', part: scores({ billing_issue: 0.99 }), stated: [] },
    { when: 'it is Tier 0, which has its own thresholds', part: scores({ chargeback_dispute: 0.99 }), stated: [] },
    { when: 'it is no wish', part: scores({ unknown_other: 0.99 }), stated: [] },
  ])('$when', ({ part, stated }) => {
    expect(statedWishes({ scores: whole, parts: [promo, part] }, {})).toEqual(
      INTENTS.filter((intent) => [...stated, 'promo_discount_issue'].includes(intent)),
    );
  });

  it('the message as a whole bears it out a little', () => {
    const parts = [scores({ technical_support: 0.99 }), scores({})];
    expect(statedWishes({ scores: scores({ technical_support: 0.2 }), parts }, {})).toEqual(['technical_support']);
    expect(statedWishes({ scores: scores({ technical_support: 0.19 }), parts }, {})).toEqual([]);
  });

  it('a message of one part is scored as it is', () => {
    expect(statedWishes({ scores: promo, parts: [promo] }, {})).toEqual([]);
  });
});

describe('a wish that phrase rules and weights both find', () => {
  const part = scores({});

  it.each([
    { when: 'a sure phrase rule and the weights', ruled: 0.8, score: 0.15, leads: 0.8, parts: 2, is: true },
    { when: 'a weak phrase rule', ruled: 0.79, score: 0.9, leads: 0.8, parts: 2, is: false },
    { when: 'weights that know nothing of it', ruled: 0.9, score: 0.14, leads: 0.8, parts: 2, is: false },
    { when: 'a message of one part', ruled: 0.9, score: 0.25, leads: 0.8, parts: 1, is: true },
    { when: 'a message of one part, too faintly', ruled: 0.9, score: 0.24, leads: 0.8, parts: 1, is: false },
    { when: 'a message that asks for nothing', ruled: 0.9, score: 0.7, leads: 0.79, parts: 2, is: false },
  ])('$when: $is', ({ ruled, score, leads, parts, is }) => {
    const read = { scores: scores({ refund_request: leads, cancel_order: score }), parts: Array(parts).fill(part) };
    expect(statedWishes(read, { cancel_order: ruled })).toEqual(is ? ['cancel_order'] : []);
  });

  it.each(['legal_threat', 'unknown_other'] as const)('%s is none, and asks for nothing', (intent) => {
    const ruled = { [intent]: 0.9 };
    expect(statedWishes({ scores: scores({ refund_request: 0.9, [intent]: 0.9 }), parts: [part] }, ruled)).toEqual([]);
    const alone = { scores: scores({ [intent]: 0.9, cancel_order: 0.5 }), parts: [part] };
    expect(statedWishes(alone, { cancel_order: 0.9 })).toEqual([]);
  });
});

describe('a stated wish', () => {
  it('raises what is low and lowers nothing', () => {
    const stated = ['promo_discount_issue', 'technical_support', 'refund_request'] as const;
    expect(withStated({ promo_discount_issue: 0.98, technical_support: 0.1, cancel_order: 0.3 }, stated)).toEqual({
      promo_discount_issue: 0.98,
      technical_support: 0.7,
      cancel_order: 0.3,
      refund_request: 0.7,
    });
  });
});
