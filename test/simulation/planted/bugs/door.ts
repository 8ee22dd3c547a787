import type { Bug } from '../bug.ts';

const ACTIONS = 'functions/shared/ledger/actions.ts';
const CONVERSATION = 'functions/shared/conversation/conversation.ts';
const CUSTOMERS = 'functions/shared/conversation/customers.ts';
const REPLY = 'functions/responder/reply/handler.ts';
const DOOR = 'functions/responder/reply/door.ts';
const SEND = 'functions/responder/reply/send.ts';
const ENDS = 'functions/responder/reply/ends.ts';
const READ_BACK = 'functions/responder/read-back.ts';
const GUARDS = 'policy/gates/guards.ts';

/** The door to the customer (protocols §6) and the guards before it (§9). */
export const DOOR_BUGS: readonly Bug[] = [
  {
    id: 'lease-on-the-door',
    clause: '§6 the claim has no lease and never expires into a new claim',
    edits: [
      {
        file: ACTIONS,
        before: "any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),",
        after:
          "any(absent('key'), all(eq('status', 'CLAIMED'), any(eq('owner', owner), lt('claimed_at', now - 30_000)))),",
      },
      {
        file: ACTIONS,
        before: 'import { absent, all, any, eq, type Item }',
        after: 'import { absent, all, any, eq, type Item, lt }',
      },
      {
        file: REPLY,
        before: "if (standing?.status === 'CLAIMED') return NOTHING;",
        after:
          "if (standing?.status === 'CLAIMED' && context.container.clock.now() - Number(standing.claimed_at) < 30_000)\n      return NOTHING;",
      },
    ],
    rules: ['one-claim', 'one-reply'],
  },
  {
    id: 'resend-after-unknown',
    clause: '§6 a second attempt only if the first provably wrote no byte; anything else is terminal for sending',
    edits: [
      {
        file: SEND,
        before: "if (error.applied === 'unknown') return { kind: 'unknown', code: error.kind };",
        after: '',
      },
    ],
    rules: ['one-reply', 'false-outcome'],
  },
  {
    id: 'read-back-without-snapshot',
    clause: '§6 a comment is ours only if its id was absent from the snapshot',
    edits: [
      {
        file: READ_BACK,
        before: '        !known.has(comment.id) &&\n',
        after: '',
      },
    ],
    rules: ['false-outcome'],
  },
  {
    id: 'full-or-same-approval',
    clause: '§6 a repeat is excused from its own traces only',
    edits: [
      {
        file: CONVERSATION,
        before: "      any(fresh, eq('last_reply_approval', commit.approvalId)),\n    ),",
        after: '      fresh,\n    ),\n    ),',
      },
      {
        file: CONVERSATION,
        before: "    all(\n      absent('sticky'),",
        after: "    any(eq('last_reply_approval', commit.approvalId), all(\n      absent('sticky'),",
      },
    ],
    rules: ['sticky', 'tier0-reply', 'newest-only', 'operator-newest', 'agent-held'],
  },
  {
    id: 'two-outcome-staters',
    clause: '§6 one update CLAIMED → DONE, UNKNOWN or FAILED, first writer wins, stores the outcome',
    edits: [
      {
        file: ACTIONS,
        before: "container.store.change('idempotency', { key }, { set }, eq('status', 'CLAIMED')),",
        after: "container.store.change('idempotency', { key }, { set }),",
      },
    ],
    rules: ['same-bytes'],
  },
  {
    id: 'no-fresh-flags',
    clause: '§6 all stop-relevant flags and reply_epoch, fresh, in one read after the claim',
    edits: [{ file: DOOR, before: 'context.container.flags.read(true)', after: 'context.container.flags.read()' }],
    rules: ['sent-after-stop'],
  },
  {
    id: 'ends-in-csm-alone',
    clause: '§6 every end without a send is a put of act:rp_reply as FAILED if absent, never csm: alone',
    edits: [
      {
        file: ENDS,
        before: 'if (await endWithoutSend(context.container, key, context.owner, outcome, about)) return outcome;',
        after:
          'if (about.generation >= 0 || (await endWithoutSend(context.container, key, context.owner, outcome, about)))\n    return outcome;',
      },
    ],
    rules: ['same-bytes'],
  },
  {
    id: 'cap-counter',
    clause: '§1, §6 the customer’s cap is a ring of send times with a version, a slot keyed by approval id',
    edits: [
      {
        file: CUSTOMERS,
        before: 'if (slots.length >= CAPS.customerIn24h) return false;',
        after: 'if (version >= CAPS.customerIn24h) return false;',
      },
      {
        file: CUSTOMERS,
        before:
          '          slots: [...slots, { at: now, approvalId }] as unknown as Item[],\n          version: version + 1,\n',
        after: '          slots: [] as Item[],\n',
      },
      {
        file: CUSTOMERS,
        before:
          "        },\n      },\n      version === 0 ? any(absent('version'), lt('expires_at', nowSeconds(now))) : eq('version', version),",
        after:
          "        },\n        add: { version: 1 },\n      },\n      any(absent('version'), lt('expires_at', nowSeconds(now)), eq('version', version), absent('key'), lt('version', 1e9)),",
      },
    ],
    rules: ['cap-early', 'customer-cap'],
  },
  {
    id: 'no-age-guard',
    clause: '§9 age guards: what is too old is not answered',
    edits: [
      {
        file: GUARDS,
        before: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit;',
        after: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit + 30 * 86_400_000;',
      },
    ],
    rules: ['too-old'],
  },
  {
    id: 'no-epoch-guard',
    clause: '§9 epoch guards: what is older than reply_epoch is not answered',
    edits: [
      {
        file: GUARDS,
        before: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit;',
        after: 'return Date.parse(input.now) - oldest > limit;',
      },
    ],
    rules: ['before-epoch'],
  },
  {
    id: 'guards-on-received-at-alone',
    clause: '§9 age and epoch guards use the older of receivedAt and the comment’s created_at',
    edits: [
      {
        file: GUARDS,
        before: 'const oldest = Math.min(Date.parse(receivedAt), Date.parse(commentCreatedAt));',
        after: 'const oldest = Date.parse(receivedAt);',
      },
    ],
    rules: ['too-old', 'before-epoch'],
  },
];
