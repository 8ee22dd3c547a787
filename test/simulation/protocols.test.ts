/** Issue 3, "Done when": doubled webhooks, two messages close together, a late comment, a dispute in a burst. */
import { describe, expect, it } from 'vitest';
import { check } from './checker/check.ts';
import { ofKind, toldIn } from './checker/reading.ts';
import { operationOf } from './kernel/faults.ts';
import { type Run, simulate } from './run.ts';
import type { Act, Conversation } from './scenario.ts';
import { START_AT } from './world/world.ts';

const LONG_MS = 60_000;
const BROKEN = 'The mug arrived broken, the handle is off.';
const CANCEL = 'Please cancel my order, I ordered by mistake.';
const DISPUTE = 'I have opened a dispute with my bank about this payment.';

type Message = { readonly text: string; readonly atMs?: number; readonly lagMs?: number; readonly webhooks?: number };

function written({ text, atMs = 0, lagMs = 0, webhooks = 1 }: Message): Act {
  const webhooksAfterMs = Array.from({ length: webhooks }, (_value, index) => 50 + index);
  return { kind: 'writes', atMs, text, isDispute: text === DISPUTE, lagMs, webhooksAfterMs };
}

function conversation(webhook: Conversation['webhook'], messages: readonly Message[]): Conversation {
  return {
    id: 'conv-1',
    channel: 'livechat',
    customer: { id: 'cus-1', email: 'zoqulx.one@mail.test', firstName: 'Zoqulxa' },
    order: {},
    webhook,
    acts: messages.map(written),
  };
}

const play = (webhook: Conversation['webhook'], messages: readonly Message[], seed: string | number = 'protocols') =>
  simulate({ seed, conversations: [conversation(webhook, messages)], gapMs: 0 });

/** What a run came to, in the words of protocols §3 and §7. */
function outcomeOf({ account, isQuiet }: Run) {
  const told = toldIn(account.facts);
  const named = (name: string) => told.filter((fact) => fact.name === name);
  const { violations, repliesSent } = check(account);
  const turns = named('MessageClassified').map(({ data }) => data.turnCommentIds as string[]);
  return {
    isQuiet,
    violations,
    repliesSent,
    roots: named('MessageReceived').length,
    settled: named('MessageSettled').map(({ data }) => data.outcome),
    /** Ids of the customer's comments that stand in a decision's turn, each as often as it does. */
    decided: turns.flat().sort(),
    customers: ofKind(account.facts, 'comment')
      .filter(({ author }) => author === 'customer')
      .map(({ commentId }) => commentId)
      .sort(),
    decidedAfterMs: named('MessageClassified').map(({ at }) => at - START_AT),
    tags: account.tickets[0]?.tags ?? [],
    statuses: ofKind(account.facts, 'webhook').map(({ status }) => status),
  };
}

// §2: a named message has one key, and a bucket merges until somebody has looked; START_AT begins a bucket of 10 s.
describe.each(['named', 'minimal'] as const)('the same %s webhook', (webhook) => {
  it.each([2, 100])('sent %i times is one root, one decision, one reply, one end', async (webhooks) => {
    const outcome = outcomeOf(await play(webhook, [{ text: BROKEN, webhooks }]));
    expect(outcome).toMatchObject({ isQuiet: true, violations: [], repliesSent: 1, roots: 1, settled: ['replied'] });
    expect(outcome.decided).toEqual(outcome.customers);
    expect(outcome.statuses).toEqual(Array.from({ length: webhooks }, () => 200));
  });
});

const STEPS = Array.from({ length: 49 }, (_value, index) => index * 250);

describe('two messages in one conversation, 0 to 12 s apart, by minimal webhook', () => {
  /** Each gap under its own seed, so that the order of what runs side by side differs too. */
  const each = async (texts: readonly [string, string], judge: (outcome: ReturnType<typeof outcomeOf>) => unknown) => {
    const odd: unknown[] = [];
    for (const gapMs of STEPS) {
      const outcome = outcomeOf(await play('minimal', [{ text: texts[0] }, { text: texts[1], atMs: gapMs }], gapMs));
      const objection = judge(outcome);
      if (objection !== null) odd.push({ gapMs, objection });
    }
    return odd;
  };
  const settlesWell = (outcome: ReturnType<typeof outcomeOf>): unknown => {
    if (!outcome.isQuiet || outcome.violations.length > 0) return outcome.violations;
    // §3: every customer comment stands in exactly one turn.
    if (outcome.decided.join() !== outcome.customers.join()) return [outcome.decided, outcome.customers];
    return outcome.settled.includes('failed') ? outcome.settled : null;
  };

  it(
    'each is decided once, and one reply answers both or the cooldown holds the second back',
    async () => {
      // Replies §4: a second one within ten minutes is never sent.
      const judge = (outcome: ReturnType<typeof outcomeOf>) =>
        settlesWell(outcome) ?? (outcome.repliesSent === 1 ? null : outcome.repliesSent);
      expect(await each([BROKEN, 'My mug is still broken, the handle is off.'], judge)).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'a dispute that comes second reaches a person, whatever was sent before it could be read',
    async () => {
      const judge = (outcome: ReturnType<typeof outcomeOf>) =>
        settlesWell(outcome) ?? (isEscalated(outcome) && outcome.repliesSent <= 1 ? null : outcome);
      expect(await each([BROKEN, DISPUTE], judge)).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'a dispute that comes first silences both',
    async () => {
      const judge = (outcome: ReturnType<typeof outcomeOf>) =>
        settlesWell(outcome) ?? (isEscalated(outcome) && outcome.repliesSent === 0 ? null : outcome);
      expect(await each([DISPUTE, CANCEL], judge)).toEqual([]);
    },
    LONG_MS,
  );
});

/** Decisions §1.3: a bank dispute belongs to the disputes team, and §8 lets nothing of lower rank move it. */
function isEscalated({ tags }: { readonly tags: readonly string[] }): boolean {
  return (
    tags.includes('mw-escalated-human') &&
    tags.filter((tag) => tag.startsWith('route-')).join() === 'route-chargebacks-disputes'
  );
}

describe('a comment that becomes readable 3 s after its webhook', () => {
  it('named: the read that lacks it waits 5 s, then it is answered (§3)', async () => {
    const outcome = outcomeOf(await play('named', [{ text: BROKEN, lagMs: 3_050 }]));
    expect(outcome).toMatchObject({ isQuiet: true, violations: [], repliesSent: 1, settled: ['replied'] });
    expect(outcome.decidedAfterMs).toEqual([expect.toSatisfy((ms: number) => ms >= 5_000 && ms < 8_000)]);
  });

  it('minimal: the empty ticket is believed only after a second look 20 s later (§3)', async () => {
    const outcome = outcomeOf(await play('minimal', [{ text: BROKEN, lagMs: 3_050 }]));
    expect(outcome).toMatchObject({ isQuiet: true, violations: [], repliesSent: 1 });
    expect(outcome.decided).toEqual(outcome.customers);
    expect(outcome.decidedAfterMs).toEqual([expect.toSatisfy((ms: number) => ms >= 20_000 && ms < 25_000)]);
  });
});

describe('an older Tier 0 whose route comes late', () => {
  it('adds its tags and leaves the team of the newer one (§8)', async () => {
    const met = { reads: 0, isDelayed: false };
    const run = await simulate({
      seed: 'late',
      conversations: [
        conversation('named', [
          { text: 'My lawyer will contact you about this order.' },
          { text: DISPUTE, atMs: 3_000 },
        ]),
      ],
      gapMs: 0,
      // The first root has read the ticket and goes on half a minute later, when the second has decided both.
      plan(call) {
        if (operationOf(call) === 'classify helpdesk.ticket') met.reads += 1;
        if (met.isDelayed || met.reads === 0 || operationOf(call) !== 'classify store.change') return undefined;
        met.isDelayed = true;
        return { kind: 'delay', ms: 30_000 };
      },
    });
    const outcome = outcomeOf(run);
    expect(outcome).toMatchObject({ isQuiet: true, violations: [], repliesSent: 0, settled: ['routed', 'routed'] });
    expect(isEscalated(outcome)).toBe(true);
    expect(outcome.tags).toEqual(expect.arrayContaining(['mw-intent-chargeback_dispute', 'mw-intent-legal_threat']));
  });
});

describe('a message that stalls while its conversation has a route', () => {
  it('is given the committed route, which a decision that comes yet still outranks (§7, §8)', async () => {
    const met = new Map<string, number>();
    const run = await simulate({
      seed: 'stalled',
      conversations: [
        conversation('named', [
          { text: 'Please call me on the phone, I want to speak to somebody.' },
          { text: 'Where is my order?', atMs: 20_000 },
        ]),
      ],
      gapMs: 0,
      plan(call) {
        const operation = operationOf(call);
        const count = (met.get(operation) ?? 0) + 1;
        met.set(operation, count);
        // The look-up dies twice, so the reply is late; settling dies once its route is committed.
        if (operation === 'order-lookup orders.linked' && count <= 2) return { kind: 'crash-before', ms: 0 };
        if (operation === 'responder-settle tagger.addTags' && count === 1) return { kind: 'crash-before', ms: 0 };
        return undefined;
      },
    });
    const outcome = outcomeOf(run);
    expect(outcome).toMatchObject({ isQuiet: true, violations: [], repliesSent: 0 });
    expect(outcome.tags.filter((tag) => tag.startsWith('route-'))).toEqual(['route-email-support-team']);
  });
});

describe('a burst whose first message is a dispute', () => {
  it.each(['named', 'minimal'] as const)(
    'by %s webhooks, at any pace: no reply, a person, one end each',
    async (webhook) => {
      for (const paceMs of [0, 1, 200, 900, 3_000]) {
        const burst = [DISPUTE, BROKEN, 'Hello?', CANCEL].map((text, index) => ({ text, atMs: index * paceMs }));
        const outcome = outcomeOf(await play(webhook, burst, paceMs));
        expect(outcome, `${paceMs} ms apart`).toMatchObject({ isQuiet: true, violations: [], repliesSent: 0 });
        // The root of a strong hit may decide it beside the owner of the newest (§3).
        expect([...new Set(outcome.decided)]).toEqual(outcome.customers);
        expect(isEscalated(outcome)).toBe(true);
      }
    },
  );

  it('the dispute readable last of all is screened as well', async () => {
    const burst = [
      { text: DISPUTE, lagMs: 4_000 },
      { text: BROKEN, atMs: 500 },
    ];
    for (const webhook of ['named', 'minimal'] as const) {
      const outcome = outcomeOf(await play(webhook, burst));
      expect(outcome).toMatchObject({ isQuiet: true, violations: [] });
      expect(outcome.decided).toEqual(outcome.customers);
      expect(isEscalated(outcome)).toBe(true);
    }
  });
});
