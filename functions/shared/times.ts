/** Waits and limits that protocols name, in one place; the topology publishes them (platform §2.5–2.6, §5.4; protocols §2–8). */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Waits that are compared with a clock or handed to a queue. Functions read them from `container.waits`, where one machine may
 * make them shorter (FRONTDESK_TIME_SCALE). A wait that is slept is given as it is: `clock.sleep` makes it shorter.
 */
export const WAITS = {
  /** A duplicate that finds RECEIVED older than this republishes (protocols §2). */
  republishAfterMs: 10 * SECOND,
  /** Bucket of a webhook without message id; shorter than a look, so scaled with it (protocols §2). */
  bucketMs: 10 * SECOND,
  /** A look is due so long after the last merged webhook (protocols §2). */
  lookAfterMs: 20 * SECOND,
  /** No verdict "nothing to do" before this much time since `receivedAt` (protocols §3). */
  secondLookMs: 20 * SECOND,
  /** Waits for a comment that a read lacks, then manual triage (protocols §3). */
  staleReadMs: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE],
  /** Back-off of parking without Retry-After (platform §5.4). */
  parkMs: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE],
  /** SQS carries no longer delay. */
  parkMostMs: 15 * MINUTE,
  /** Lease = function timeout + this (platform §2.5). */
  leaseGraceMs: 15 * SECOND,
  /** One call of a model, and of moderation beside it; chat is to be routed within 15 s (platform §5.4, decisions §2.2). */
  modelCallMs: 30 * SECOND,
  modelCallLivechatMs: 10 * SECOND,
  moderationCallMs: 3 * SECOND,
  /** What a function keeps for itself before its timeout, and what a second call of a model needs (platform §5.4). */
  functionMarginMs: 5 * SECOND,
  secondCallMs: 12 * SECOND,
  /** Breaker of a vendor: what it looks back on, and how long it stays open (platform §5.6). */
  breakerWindowMs: 5 * MINUTE,
  breakerOpenMs: MINUTE,
  /** A comment younger than this is left to its webhook; far less than a run's 15 min (platform §1.3). */
  reconcileGraceMs: 2 * MINUTE,
  classifyBudgetMs: 6 * HOUR,
  routeBudgetMs: 24 * HOUR,
  /** How long what precedes a reply may wait, by channel (platform §11.5). */
  replyAgeLivechatMs: 15 * MINUTE,
  replyAgeMs: 2 * HOUR,
  approvalMs: 10 * MINUTE,
  unclearAfterMs: 120 * SECOND,
  /** The routing register's wait after a write (protocols §8). */
  registerWaitMs: 60 * SECOND,
  /** Who died after a write is tried again by then, Lambda's attempts and a frozen process included (protocols §8). */
  registerLookBackMs: 15 * MINUTE,
  /** Settlement deadlines (platform §2.5, protocols §7–8). */
  deadlineLivechatMs: 15 * MINUTE,
  deadlineMs: 2 * HOUR,
  deadlineAfterReplyMs: 120 * SECOND,
  /** Sweeps of one record (protocols §7). */
  sweepMs: [1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE],
  /** Webhook tokens and other secrets are read again after this: rotation needs no deploy (platform §1.4). */
  secretCacheMs: 5 * MINUTE,
  /** Flags: a switch takes effect everywhere within 60 s; routing and settling read more often (platform §4.10). */
  flagCacheMs: 30 * SECOND,
  flagCacheRoutingMs: 10 * SECOND,
} as const;

type Widened<T> = T extends number ? number : { readonly [K in keyof T]: Widened<T[K]> };
export type Waits = Widened<typeof WAITS>;

/** Not in `container.waits`: what is slept, what customers or the vendor date, what protects customers, what bounds real work. */
export const TIMES = {
  /** Slept between reads that look for what was written (protocols §6). */
  readBackMs: [0, 3 * SECOND, 10 * SECOND, 30 * SECOND],
  closeReadBackMs: 1 * SECOND,
  factsFreshMs: 15 * MINUTE,
  /** Redacting one message, a hundred times what it takes; then its text is dropped (platform §4.3). */
  redactWithinMs: 1 * SECOND,
  /** The door (protocols §6). */
  sendWithinMs: 20 * SECOND,
  abortAfterMs: 30 * SECOND,
  reReadValidMs: 2 * SECOND,
  cooldownMs: 10 * MINUTE,
  capWindowMs: 24 * HOUR,
  agentHeldMs: 24 * HOUR,
  lookBackMs: 24 * HOUR,
  /** Webhooks that were never accepted are found within it (platform §5.10). */
  reconcileWindowMs: 24 * HOUR,
  /** Tickets that an agent tagged and closed are looked at once a day (platform §9.6). */
  feedbackPullMs: 24 * HOUR,
  /** What was asked for is waited for so long (replies §4.3). */
  pendingFlowMs: 7 * DAY,
  /** Consumers with effects refuse older events: csm TTL − 7 d (platform §2.6). */
  refuseOlderThanMs: 23 * DAY,
  /** An hour is sealed so long after its end: whoever began to record in it has ended by then. */
  sealAfterMs: 15 * MINUTE,
  /** The first seal looks back so far: what was recorded before the sealer's first run. */
  sealSinceMs: 2 * DAY,
  /** Facts that are recorded later than this are asked for first: their conversation may have been erased meanwhile. */
  recordedLateMs: 10 * SECOND,
  ttl: {
    evt: 30 * DAY,
    csm: 30 * DAY,
    act: 90 * DAY,
    /** As long as the conversation it is about; a ticket that is still looked at keeps it. */
    feedback: 90 * DAY,
    conversation: 90 * DAY,
    customer: 2 * DAY,
    orderFacts: 24 * HOUR,
    messageText: 1 * HOUR,
    audit: 60 * DAY,
    /** What a rebuild brings back into the trail past its time: to be asked, and gone again. */
    broughtBack: 7 * DAY,
    /** A seal outlives its leaves by as much as tables may delete late. */
    sealAfterLeaves: 7 * DAY,
    /** What an erased conversation leaves: longer than any archive could bring it back (platform §2.6). */
    erased: 187 * DAY,
    readModel: 180 * DAY,
    limits: 1 * DAY,
  },
} as const;

export const CAPS = {
  conversationIn24h: 3,
  customerIn24h: 5,
  /** Attempts to prove an order in 24 h (replies §2.2). */
  matchesInConversation: 3,
  matchesOfCustomer: 5,
  sweepRun: 100,
  /** Besides those, messages that wait while intake is held: they are only put off. */
  sweepHeld: 1_000,
  /** Of a run of the reconciler: pages of the list, and tickets gathered before the list is left; it can read fewer. */
  reconcilePages: 8,
  reconcileCandidates: 100,
  mergeDiscriminators: 5,
  routeRounds: 3,
  slotRounds: 3,
} as const;

/** Waits that live in one place but belong to an index: the last one repeats. */
export function nth(waits: readonly number[], index: number): number {
  return waits[Math.min(index, waits.length - 1)] ?? 0;
}
