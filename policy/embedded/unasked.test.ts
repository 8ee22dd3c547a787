import { describe, expect, it } from 'vitest';
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import { THRESHOLDS, tier1Threshold } from '../thresholds.ts';
import { unaskedIn, withoutUnasked } from './unasked.ts';

describe('unaskedIn', () => {
  it.each([
    'found it! it was delivered to the neighbour',
    'Never mind, found my parcel behind the shed',
    'it works now, sorry for the bother',
    'package arrived, great, thanks',
    'Thanks for the tracking',
    "ok then I'll wait",
    "ignore my last email, it's sorted now",
    'ya aparecio el paquete, gracias',
    'The box was dented. Contents fine, just letting you know.',
  ])('over: %s', (text) => {
    expect(unaskedIn(text)).toBe('over');
  });

  it.each([
    'if I order now can i cancel later',
    'What happens if it arrives broken? thinking of ordering the glass one',
    'before ordering: do you replace broken ones',
    'can you cancel orders after they ship?',
    'si pido hoy, puedo devolverlo despues',
  ])('supposed: %s', (text) => {
    expect(unaskedIn(text)).toBe('supposed');
  });

  it.each(['4 stars, I guess', 'no, the first one', 'Please use my work email for the newsletter from now on'])(
    'aside: %s',
    (text) => {
      expect(unaskedIn(text)).toBe('aside');
    },
  );

  it.each([
    'you sent the other one, I ordered blue',
    'change my email address on the order',
    'found it cheaper, kill the order',
    'Thanks for the quick delivery, but one cup is missing',
    'never mind the address, please cancel it',
    'It arrived, great, thanks. Where is the second one?',
    'it arrived',
    'the parcel came empty, thanks a lot',
    'I ordered yesterday, what happens if it arrives broken?',
    'before ordering 10432 I wrote to you',
    `thanks for the tracking ${'and so on '.repeat(15)}`,
    'where is it',
  ])('asked all the same: %s', (text) => {
    expect(unaskedIn(text)).toBeNull();
  });
});

describe('unaskedIn, by length', () => {
  const words = (count: number): string => `thanks for the tracking${' so'.repeat(count - 4)}`;

  it('reads forty words as over, not forty-one', () => {
    expect(unaskedIn(words(40))).toBe('over');
    expect(unaskedIn(words(41))).toBeNull();
  });
});

describe('withoutUnasked', () => {
  const sure = Object.fromEntries(INTENTS.map((intent) => [intent, 0.9]));
  /** Tier 0, and what is no wish at all. */
  const NEVER: readonly Intent[] = [
    'chargeback_dispute',
    'legal_threat',
    'harassment_threats',
    'fraud_suspected',
    'unknown_other',
  ];
  /** May be asked by somebody who has ordered nothing. */
  const BEFORE: readonly Intent[] = [
    'promo_discount_issue',
    'pre_purchase_question',
    'influencer_marketing_inquiry',
    'technical_support',
    'phone_support_request',
    'tiktok_support_request',
    'social_media_support_request',
  ];

  it.each([
    { unasked: 'over', kept: NEVER },
    { unasked: 'supposed', kept: [...NEVER, ...BEFORE] },
  ] as const)('of all intents, what is $unasked keeps $kept', ({ unasked, kept }) => {
    const high = Object.entries(withoutUnasked(sure, unasked)).filter(([, score]) => score === 0.9);
    expect(high.map(([intent]) => intent).toSorted()).toEqual([...kept].toSorted());
  });

  const scores = {
    cancel_order: 0.9,
    pre_purchase_question: 0.8,
    fraud_suspected: 0.7,
    unknown_other: 0.6,
    return_request: 0.5,
  };

  it('keeps what is over below every reply, Tier 0 as it was', () => {
    expect(withoutUnasked(scores, 'over')).toEqual({ ...scores, cancel_order: 0.55, pre_purchase_question: 0.55 });
  });
  it('keeps of what is supposed only the wishes that need an order down', () => {
    expect(withoutUnasked(scores, 'supposed')).toEqual({ ...scores, cancel_order: 0.55 });
  });
  it('leaves all other scores', () => {
    expect(withoutUnasked(scores, null)).toBe(scores);
  });
});

it('what is unasked stays below every reply', () => {
  const all = Object.fromEntries(INTENTS.map((intent) => [intent, 1]));
  const kept = withoutUnasked(all, 'over');
  for (const intent of INTENTS.filter((one) => ![0, 7].includes(INTENT_CATALOGUE[one].priority)))
    expect(kept[intent]).toBeLessThan(Math.min(tier1Threshold(intent, THRESHOLDS), THRESHOLDS.tier2));
});
