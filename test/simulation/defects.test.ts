/**
 * Planted bugs (protocols §10), each made by a port that lacks one protection: the checker must catch every one, and must
 * find nothing in the same run without it.
 */
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../functions/shared/store/language.ts';
import { check } from './checker/check.ts';
import type { FaultPlan } from './kernel/faults.ts';
import { operationOf } from './kernel/faults.ts';
import { type RunOptions, simulate } from './run.ts';
import type { Act, Conversation } from './scenario.ts';
import type { Defects } from './world/world.ts';

const QUESTION = 'The mug arrived broken, the handle is off.';
const DISPUTE = 'I have opened a dispute with my bank about this payment.';

const writes = (atMs: number, text: string): Act => ({
  kind: 'writes',
  atMs,
  text,
  isDispute: text === DISPUTE,
  lagMs: 0,
  webhooksAfterMs: [50],
});
const conversation = (number: number, ...acts: Act[]): Conversation => ({
  id: `conv-${number}`,
  channel: 'email',
  customer: { id: `cus-${number}`, email: `zoqulx.${number}@mail.test`, firstName: 'Zoqulxa' },
  order: {},
  webhook: 'named',
  acts,
});
const many = (count: number, ...acts: Act[]): Conversation[] =>
  Array.from({ length: count }, (_value, index) => conversation(index + 1, ...acts));

/** Crashes the first sender right after its message has left. */
function crashAfterSend(): FaultPlan {
  let isDone = false;
  return (call) => {
    if (isDone || operationOf(call) !== 'responder-reply sender.send') return undefined;
    isDone = true;
    return { kind: 'crash-after', ms: 0 };
  };
}

/** Every conditional change of such an item is made, whatever stands there. */
function unconditional(matches: (table: string, key: string, set: Readonly<Record<string, unknown>>) => boolean) {
  const forget = (table: string, key: string, set: Readonly<Record<string, unknown>>, condition?: Condition) =>
    matches(table, key, set) ? undefined : condition;
  return ((store) => ({
    ...store,
    put: (table, item, condition) =>
      store.put(table, item, forget(table, String(item.key ?? item.conversation_id), item, condition)),
    update: (table, key, changes, condition) =>
      store.update(
        table,
        key,
        changes,
        forget(table, String(key.key ?? key.conversation_id), changes.set ?? {}, condition),
      ),
  })) satisfies Defects['store'];
}

/** Flags as they were at the very first read. */
function firstFlagsForever(): Defects['parameters'] {
  let first: Readonly<Record<string, string | null>> | undefined;
  return (parameters) => ({
    async read(names) {
      first ??= await parameters.read(names);
      return first;
    },
  });
}

type Planted = {
  readonly bug: string;
  readonly rules: readonly string[];
  readonly run: Omit<RunOptions, 'seed' | 'defects'>;
  readonly defects: () => Partial<Defects>;
  /** Made anew for each of the two runs. */
  readonly plan?: () => FaultPlan;
};

const PLANTED: readonly Planted[] = [
  {
    bug: 'the door forgets its claims, while the helpdesk does not yet show the reply',
    rules: ['one-reply'],
    run: { conversations: many(1, writes(0, QUESTION)), bus: { duplicate: 1 }, helpdesk: { replyLagMs: 3_000_000 } },
    plan: crashAfterSend,
    defects: () => ({
      store: (store) => ({
        ...unconditional((_table, key) => key.startsWith('act:rp_reply:'))(store),
        get: async (table, key) => (key.key?.startsWith('act:rp_reply:') ? null : store.get(table, key)),
      }),
    }),
  },
  {
    bug: 'FailedEntryCount unread',
    rules: ['lost'],
    run: { conversations: many(40, writes(0, QUESTION)), bus: { failedEntries: 0.1 } },
    defects: () => ({
      bus: (bus) => ({ putEvents: async (entries) => ({ ...(await bus.putEvents(entries)), failed: [] }) }),
    }),
  },
  {
    bug: 'no fresh flags',
    rules: ['sent-after-stop'],
    run: { conversations: 120, faults: ['flag-flip'] },
    defects: () => ({ parameters: firstFlagsForever() }),
  },
  {
    bug: 'claims and decisions without owner',
    rules: ['same-bytes'],
    run: { conversations: many(30, writes(0, QUESTION)), bus: { duplicate: 1 } },
    defects: () => ({ store: unconditional((_table, key) => key.startsWith('csm:')) }),
  },
  {
    bug: 'a routing commit that whoever comes last wins',
    rules: ['stale-route'],
    run: {
      conversations: many(60, writes(0, QUESTION), writes(3_000, DISPUTE)),
      bus: { late: 0.4, lateMs: 60_000 },
    },
    defects: () => ({ store: unconditional((_table, _key, set) => 'last_routed_by' in set) }),
  },
  {
    bug: 'naive closeBranch: the first to close settles',
    rules: ['settled-last'],
    run: { conversations: many(30, writes(0, QUESTION)) },
    defects: () => ({ store: unconditional((_table, key, set) => key.startsWith('evt:') && set.status === 'SETTLED') }),
  },
  {
    bug: 'screening the newest comment only',
    rules: ['missed-dispute'],
    run: { conversations: many(30, writes(0, DISPUTE), writes(20, QUESTION)) },
    defects: () => ({
      helpdesk: (helpdesk) => ({
        ...helpdesk,
        async ticket(conversationId) {
          const ticket = await helpdesk.ticket(conversationId);
          return ticket && { ...ticket, comments: ticket.comments.slice(-1) };
        },
      }),
    }),
  },
];

describe.each(PLANTED)('$bug', ({ rules, run, defects, plan }) => {
  const violated = async (planted: Partial<Defects>) => {
    const { account } = await simulate({ ...run, ...(plan && { plan: plan() }), seed: 'planted', defects: planted });
    return [...new Set(check(account).violations.map(({ rule }) => rule))];
  };

  it('is caught, and nothing is without it', async () => {
    expect(await violated({})).toEqual([]);
    expect(await violated(defects())).toEqual(expect.arrayContaining([...rules]));
  }, 60_000);
});
