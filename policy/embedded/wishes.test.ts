import { describe, expect, it } from 'vitest';
import { INTENTS, type Intent } from '../../events/words.ts';
import { statedWishes, withStated } from './wishes.ts';

const scores = (given: Partial<Record<Intent, number>>) =>
  Object.fromEntries(INTENTS.map((intent) => [intent, given[intent] ?? 0.01])) as Record<Intent, number>;
const promo = scores({ promo_discount_issue: 0.99 });
const whole = scores({ promo_discount_issue: 0.99, technical_support: 0.4, chargeback_dispute: 0.4 });

describe('a wish that a part states by itself', () => {
  it.each([
    { when: 'the part is clear', part: scores({ technical_support: 0.95 }), stated: ['technical_support'] },
    { when: 'the part is not sure', part: scores({ technical_support: 0.94 }), stated: [] },
    { when: 'the part says two things', part: scores({ technical_support: 0.97, billing_issue: 0.6 }), stated: [] },
    { when: 'the message as a whole says nothing of it', part: scores({ billing_issue: 0.99 }), stated: [] },
    { when: 'it is Tier 0, which has its own thresholds', part: scores({ chargeback_dispute: 0.99 }), stated: [] },
    { when: 'it is no wish', part: scores({ unknown_other: 0.99 }), stated: [] },
  ])('$when', ({ part, stated }) => {
    expect(statedWishes({ scores: whole, parts: [promo, part] })).toEqual(
      INTENTS.filter((intent) => [...stated, 'promo_discount_issue'].includes(intent)),
    );
  });

  it('a message of one part is scored as it is', () => {
    expect(statedWishes({ scores: promo, parts: [promo] })).toEqual([]);
  });

  it('raises what is low and lowers nothing', () => {
    expect(
      withStated({ promo_discount_issue: 0.98, technical_support: 0.1 }, ['promo_discount_issue', 'technical_support']),
    ).toEqual({
      promo_discount_issue: 0.98,
      technical_support: 0.7,
    });
  });
});
