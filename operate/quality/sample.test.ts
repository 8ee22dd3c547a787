/** Platform §6.7: 20–50 tickets by channel, tier, top intents, the same for a day; decisions §8.9: the Tier 0 audit. */
import { describe, expect, it } from 'vitest';
import { qaQueue, tier0Sample } from './sample.ts';
import { many, message } from './testing.ts';

const DAY = '2026-02-07';

describe('the queue of a day', () => {
  const day = [
    ...many(900),
    ...many(60, { channel: 'livechat', intent: 'refund_request' }),
    ...many(3, { tier: 0, intent: 'legal_threat' }),
    ...many(2, { channel: 'phone', tier: null, intent: 'technical_support' }),
  ];

  it('is the same for whoever asks, in whichever order the facts come, and another on another day', () => {
    const keys = (messages: typeof day, of = DAY) => qaQueue(messages, of).map((one) => one.message.messageKey);
    expect(keys(day.toReversed())).toEqual(keys(day));
    expect(keys(day, '2026-02-08')).not.toEqual(keys(day));
  });

  it('has every stratum before it has one twice', () => {
    const queue = qaQueue(day, DAY);
    const strata = queue.map(({ stratum }) => `${stratum.channel} ${stratum.tier} ${stratum.intent}`);
    expect(new Set(strata.slice(0, 4)).size).toBe(4);
    expect(strata.filter((one) => one.startsWith('email 0'))).toHaveLength(3);
    expect(strata.filter((one) => one.startsWith('phone'))).toHaveLength(2);
  });

  it.each([
    { decided: 0, queued: 0 },
    { decided: 12, queued: 12 },
    { decided: 100, queued: 20 },
    { decided: 600, queued: 30 },
    { decided: 5000, queued: 50 },
  ])('$decided decided → $queued', ({ decided, queued }) => {
    expect(qaQueue(many(decided), DAY)).toHaveLength(queued);
  });

  it('names a ticket once', () => {
    expect(qaQueue(many(40, { conversationId: 'conv_same' }), DAY)).toHaveLength(1);
  });
});

describe('the audit of Tier 0', () => {
  it('is every Tier 0 and 50 others', () => {
    const others = many(200);
    const zero = message({ tier: 0 });
    const sample = tier0Sample([...others, zero], '2026-02-08');
    expect([sample.tier0, sample.others.length, new Set(sample.others).size]).toEqual([[zero], 50, 50]);
  });
});
