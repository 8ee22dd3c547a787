import type { Bug } from '../bug.ts';

const MESSAGES = 'functions/shared/ledger/messages.ts';
const PUBLISHER = 'functions/shared/publisher.ts';
const TIMES = 'functions/shared/times.ts';
const DECIDE_TURN = 'functions/classify/decide-turn.ts';
const STALLED = 'functions/responder/settle/stalled.ts';
const SWEEPER = 'functions/sweeper/handler.ts';
const CONVERSATION = 'functions/shared/conversation/conversation.ts';
const REGISTER = 'functions/responder/register.ts';
const RULES = 'stacks/topology-rules.ts';

/** Branches, settling and sweeping (protocols §7), routing (§8), publishing (§1, §2), replay (§9). */
export const SETTLING_BUGS: readonly Bug[] = [
  {
    id: 'stalled-with-the-door-open',
    clause: '§7 responder-settle shuts the door first: it puts act:rp_reply as FAILED{stalled} if absent',
    edits: [
      {
        file: STALLED,
        before: 'if (await endWithoutSend(container, key, context.owner, outcome)) {',
        after: 'if (!standing || (await endWithoutSend(container, key, context.owner, outcome))) {',
      },
    ],
    rules: ['same-bytes', 'false-outcome'],
  },
  {
    id: 'branches-before-decided',
    clause: '§7 branches are opened after DECIDED, from its stored content',
    edits: [
      {
        file: DECIDE_TURN,
        before: '  const facts =\n    gathered.redaction?.ok === false',
        after:
          '  if (branches.length > 0)\n    await openBranches(container, recordKeyOf(root.metadata), branches, { ...about, generation: context.generation });\n  const facts =\n    gathered.redaction?.ok === false',
      },
      {
        file: DECIDE_TURN,
        before: "import type { Decided } from '../shared/ledger/claims.ts';",
        after:
          "import type { Decided } from '../shared/ledger/claims.ts';\nimport { openBranches, recordKeyOf } from '../shared/ledger/messages.ts';",
      },
    ],
    rules: ['stored-branches', 'one-subject', 'no-outcome', 'settled-last', 'false-end', 'sent-after-end'],
  },
  {
    id: 'naive-close-branch',
    clause: '§7 closeBranch: only whoever closes the last open branch settles',
    edits: [
      {
        file: MESSAGES,
        before: 'all(mine, ...others.map(isNotOpen)),',
        after: 'any(mine, all(mine, ...others.map(isNotOpen))),',
      },
    ],
    rules: ['settled-last'],
  },
  {
    id: 'sweeper-without-back-off',
    clause: '§7 a sweep first moves next_sweep_at (1, 5, 30, 120 min)',
    edits: [
      {
        file: SWEEPER,
        before: 'nth(container.waits.sweepMs, Number(record.sweeps ?? 0))',
        after: 'nth(container.waits.sweepMs, 0)',
      },
    ],
    rules: ['sweep-back-off'],
  },
  {
    id: 'commit-without-routed-by',
    clause: '§8 a route commits when last_routed_by = :cause (a repeat)',
    edits: [{ file: CONVERSATION, before: "    eq('last_routed_by', commit.by),\n", after: '' }],
    rules: ['stale-route'],
  },
  {
    id: 'register-without-re-check',
    clause: '§8 after its write the router reads the conversation again and writes the commit that stands there',
    edits: [
      {
        file: REGISTER,
        before: 'if (!routed || routed.by === wanted.cause) {',
        after: 'if (!routed || routed.by === wanted.cause || round >= 0) {',
      },
    ],
    rules: ['stale-route'],
  },
  {
    id: 're-check-without-waiting',
    clause: '§8 after a write without an answer, and on a retry of a young claim, the re-check waits 60 s',
    edits: [
      {
        file: REGISTER,
        before: "le('began_at', now - container.waits.registerWaitMs), eq('began_at', now)),",
        after: "le('began_at', now + container.waits.registerWaitMs), eq('began_at', now)),",
      },
      {
        file: REGISTER,
        before: 'Math.max(1000, began + container.waits.registerWaitMs - container.clock.now()));\n    throw error;',
        after: 'Math.max(1000, began - container.clock.now()));\n    throw error;',
      },
    ],
    rules: ['stale-route'],
  },
  {
    id: 'random-event-id',
    clause: '§1, §7 every derived id is computed: MessageSettled is uuidv5(root : name : generation)',
    edits: [
      { file: MESSAGES, before: '[settledFact(record)]', after: '[settledFact(record, container.ids.hex(8))]' },
      {
        file: MESSAGES,
        before: 'function settledFact(record: Item)',
        after: 'function settledFact(record: Item, chance: string)',
      },
      {
        file: MESSAGES,
        before: "uuidV5(root.metadata.eventId, 'MessageSettled', generation)",
        after: "uuidV5(root.metadata.eventId, 'MessageSettled', generation, chance)",
      },
    ],
    rules: ['settled-once'],
  },
  {
    id: 'failed-entry-count-unread',
    clause: '§2 PutEvents: read FailedEntryCount',
    edits: [{ file: PUBLISHER, before: 'if (failed.length > 0)', after: 'if (failed.length > ENTRIES_A_CALL)' }],
    rules: ['lost'],
  },
  {
    id: 'live-rule-without-replay-name',
    clause: '§9 live rules demand replay-name absent',
    edits: [
      {
        file: RULES,
        before: "pattern: { ...heard(declaration), 'replay-name': acceptance(purpose) },",
        after:
          "pattern: { ...heard(declaration), ...(purpose === null ? {} : { 'replay-name': acceptance(purpose) }) },",
      },
    ],
    rules: ['replay-write'],
  },
  {
    id: 'short-ledger-ttl',
    clause: '§9 the ledger outlives every archived event that could be replayed against it',
    edits: [
      { file: TIMES, before: 'evt: 30 * DAY,', after: 'evt: 12 * HOUR,' },
      { file: TIMES, before: 'csm: 30 * DAY,', after: 'csm: 12 * HOUR,' },
    ],
    rules: ['same-bytes', 'replay-write', 'settled-once'],
  },
];
