/** How much and how often: replies, writes, hops, sweeps, and how early a message may be given up (platform §2.4, protocols §7). */
import {
  CLOCKS_MS,
  COOLDOWN_MS,
  DAY_MS,
  deadlineMs,
  HOPS,
  LIFE_MS,
  REPLIES_A_CONVERSATION,
  REPLIES_A_CUSTOMER,
  SWEEPS_MS,
  WRITES_A_MESSAGE,
} from './law.ts';
import { blame, groupBy, ofKind, type Reading, type Story, type Told, type Violation } from './reading.ts';
import type { RuleName } from './rules.ts';
import type { Send } from './sends.ts';

/** What is counted is when a reply was committed: a sender's life before it arrives, by clocks that may be wrong. */
const SLACK_MS = LIFE_MS + CLOCKS_MS;

export function tooManyReplies({ stories }: Reading): Violation[] {
  const ofCustomers = groupBy(
    stories.flatMap(({ sends }) => sends),
    customerOf,
  );
  ofCustomers.delete(null);
  return [
    ...stories.flatMap(({ sends }) => [
      ...crowded(sends, 'cooldown', 1, COOLDOWN_MS),
      ...crowded(sends, 'conversation-cap', REPLIES_A_CONVERSATION, DAY_MS),
    ]),
    ...[...ofCustomers.values()].flatMap((sends) => crowded(sends, 'customer-cap', REPLIES_A_CUSTOMER, DAY_MS)),
  ];
}

function customerOf({ approval }: Send): string | null {
  return approval && hashOf(approval);
}

function hashOf({ data }: Told): string | null {
  const { customerHash = null } = (data.candidate ?? {}) as { customerHash?: string | null };
  return customerHash;
}

/** Nobody is refused for a cap that is not reached: a slot is an approval's, once, and a day later nobody's. */
export function earlyCaps({ told }: Reading): Violation[] {
  const approvals = told.filter(({ name }) => name === 'ReplyApproved');
  return told
    .filter(({ name, data }) => name === 'ReplySuppressed' && data.reasonCode === 'cap_24h_customer')
    .flatMap(({ at, conversationId, data: { approvalId } }) => {
      const own = approvals.find(({ data }) => data.approvalId === approvalId);
      const hash = own && hashOf(own);
      if (!own || !hash) return [];
      const others = approvals.filter(
        (one) => one !== own && hashOf(one) === hash && one.at <= at && at - one.at < DAY_MS + SLACK_MS,
      );
      return others.length >= REPLIES_A_CUSTOMER
        ? []
        : [blame('cap-early', at, conversationId, `refused for a customer’s cap after ${others.length} approvals`)];
    });
}

/** Each reply that is one too many within the time. */
function crowded(sends: readonly Send[], rule: RuleName, most: number, withinMs: number): Violation[] {
  const inOrder = [...sends].sort((left, right) => left.sent.at - right.sent.at);
  return inOrder.flatMap(({ sent }, index) => {
    const first = inOrder[index - most];
    return first && sent.at - first.sent.at < withinMs - SLACK_MS
      ? [blame(rule, sent.at, sent.conversationId, `more than ${most} in ${sent.at - first.sent.at} ms`)]
      : [];
  });
}

/** Writes cannot be told apart by message: those of a ticket are held against its messages; a reopening counts for nothing. */
export function tooManyWrites({ account: { facts }, stories }: Reading): Violation[] {
  // What was written is known to the ledger alone: one that is lost begins to count anew.
  const losses = ofKind(facts, 'loss').filter(({ tables }) => tables.includes('idempotency'));
  const ledgerOf = ({ at }: { readonly at: number }): number => losses.filter((loss) => loss.at <= at).length;
  return stories.flatMap(({ conversationId, writes, told }) => {
    const messages = new Set(told.map(({ rootEventId }) => rootEventId)).size;
    const counted = firstOfEach(writes.filter((write) => !(write.kind === 'status' && write.status === 'open')));
    return [...groupBy(counted, ledgerOf).values()].flatMap((within) => {
      const last = within[messages * WRITES_A_MESSAGE];
      return last
        ? [blame('write-cap', last.at, conversationId, `${within.length} writes for ${messages} messages`)]
        : [];
    });
  });
}

/** Who comes back after a crash or a lost answer writes the same again, until it stands: that is one write (docs/decisions.md). */
function firstOfEach(writes: Story['writes']): Story['writes'] {
  const contents = writes.map((write) =>
    write.kind === 'tags'
      ? JSON.stringify([write.added, write.removed])
      : write.kind === 'status'
        ? write.status
        : null,
  );
  return writes.filter(
    (_write, index) => contents[index] === null || contents.indexOf(contents[index] ?? null) === index,
  );
}

export function tooManyHops({ told }: Reading): Violation[] {
  return told
    .filter(({ hops }) => hops > HOPS)
    .map(({ name, eventId, conversationId, hops, at }) =>
      blame('hops', at, conversationId, `${name} ${eventId} came ${hops} hops far`),
    );
}

/** Told again within a run (a lost answer) it is one sweep. */
const ONE_RUN_MS = 30_000;
/** In half an hour: at once, after 1 and 5 min, once more on the deadline; and one for clocks. */
const [, , HALF_HOUR_MS] = SWEEPS_MS;
const SWEEPS_IN_HALF_AN_HOUR = 5;

/** The sweeper backs off: in no half hour does it tell a thing more often than its waits allow. */
export function tooManySweeps({ published }: Reading): Violation[] {
  const bySweeper = published.filter(({ by }) => by.startsWith('sweeper#'));
  return [...groupBy(bySweeper, ({ eventId }) => eventId).values()].flatMap((tellings) => {
    const sweeps = tellings.filter(({ at }, index) => index === 0 || at - (tellings[index - 1]?.at ?? 0) > ONE_RUN_MS);
    const tooMany = sweeps.find(({ at }, index) => {
      const first = sweeps[index - SWEEPS_IN_HALF_AN_HOUR];
      return first !== undefined && at - first.at < HALF_HOUR_MS;
    });
    return tooMany
      ? [blame('sweep-back-off', tooMany.at, tooMany.conversationId, `${tooMany.name} ${tooMany.eventId} too often`)]
      : [];
  });
}

/** A message stalls after its deadline, not before. */
export function hastyStalls({ told, byRoot }: Reading): Violation[] {
  return told
    .filter(({ name }) => name === 'MessageStalled')
    .flatMap(({ at, rootEventId, conversationId, channel, data: { state } }) => {
      const own = byRoot.get(rootEventId ?? '') ?? [];
      const began = own.find(({ eventId }) => eventId === rootEventId);
      // Decided, and not told yet: then nobody can say which deadline was stored.
      const isUntold = state === 'CLASSIFIED' && !own.some(({ name }) => name === 'MessageClassified');
      const isAfterReply = isUntold || own.some(({ data }) => data.routeWhen === 'afterReply');
      return began && at - began.receivedAt < deadlineMs(channel, isAfterReply) - CLOCKS_MS
        ? [blame('early-stall', at, conversationId, `${rootEventId} stalled after ${at - began.receivedAt} ms`)]
        : [];
    });
}
