/** Delivery: replays, duplicates, loops, outages, poison events, and what a role may do. */
import type { Control } from '../control.ts';

const REPLAY_GUARDS = 'test/behaviour/replay-guards.test.ts';
const DOOR_TEST = 'test/behaviour/door.test.ts';
const DECIDING_TEST = 'functions/shared/consumer/deciding.test.ts';
const OPENING_TEST = 'functions/shared/consumer/opening.test.ts';
const PERMISSIONS_TEST = 'stacks/topology-permissions.test.ts';
const ROLES_TEST = 'stacks/topology-function-roles.test.ts';
const BUS_TEST = 'stacks/topology-bus-policy.test.ts';

const DOOR = 'functions/responder/reply/door.ts';
const GUARDS = 'policy/gates/guards.ts';
const CONSUMER = 'functions/shared/consumer/consumer.ts';
const OPENING = 'functions/shared/consumer/opening.ts';
const PERMISSIONS = 'stacks/topology-permissions.ts';

const REPLAYS: readonly Control[] = [
  {
    id: 'replay-guard-rules',
    threats: ['T6'],
    control: 'Live rules demand that the top-level `replay-name` is absent, so a replay reaches none of them.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: 'stacks/topology-rules.ts',
        before: "pattern: { ...heard(declaration), 'replay-name': acceptance(purpose) },",
        after:
          "pattern: { ...heard(declaration), ...(purpose === null ? {} : { 'replay-name': acceptance(purpose) }) },",
      },
    ],
  },
  {
    id: 'replay-guard-twin',
    threats: ['T6'],
    control: 'The sender’s rule has no twin: under no purpose does a replay reach it.',
    test: REPLAY_GUARDS,
    removal: [{ file: 'functions/responder/reply/rules.ts', before: 'replay: [],', after: "replay: ['recovery']," }],
  },
  {
    id: 'replay-guard-code',
    threats: ['T6'],
    control: 'The sender refuses what came under a replay’s name or was derived from one, at the door and by gate G33.',
    test: REPLAY_GUARDS,
    removal: [
      { file: DOOR, before: 'if (event.metadata.replay !== null)', after: "if (event.metadata.replay?.name === '')" },
      { file: GUARDS, before: "if (ages.isReplay) codes.push('replay_suppressed');", after: '' },
    ],
  },
  {
    id: 'replay-guard-ledger',
    threats: ['T6', 'T2', 'T12'],
    control: 'The claim on an answer never becomes a new one, whoever died with it: it is not answered again.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: 'functions/responder/reply/handler.ts',
        before: "if (standing?.status === 'CLAIMED') return NOTHING;",
        after: '',
      },
      {
        file: 'functions/shared/ledger/actions.ts',
        before: "any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),",
        after: "any(absent('key'), all(eq('status', 'CLAIMED'))),",
      },
    ],
  },
  {
    id: 'replay-guard-conversation',
    threats: ['T6', 'T12'],
    control:
      'The conversation remembers which message was answered last; nothing up to it is answered by another approval.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: 'functions/shared/conversation/conversation.ts',
        before: "any(absent('last_reply_seq'), lt('last_reply_seq', commit.seq)),",
        after: "any(absent('last_reply_seq'), lt('last_reply_seq', commit.seq), eq('last_reply_seq', commit.seq)),",
      },
    ],
  },
  {
    id: 'replay-guard-age',
    threats: ['T6', 'T2'],
    control:
      'Nothing older than 2 hours (live chat 15 minutes) is answered, counted from the older of receipt and comment.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: GUARDS,
        before: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit;',
        after: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit + 30 * 86_400_000;',
      },
    ],
  },
  {
    id: 'replay-guard-epoch',
    threats: ['T6'],
    control: 'Nothing received before `reply_epoch` is answered; without a readable epoch nothing at all.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: GUARDS,
        before: 'return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit;',
        after: 'return Date.parse(input.now) - oldest > limit;',
      },
    ],
  },
  {
    id: 'replay-guard-ticket',
    threats: ['T6', 'T12', 'T11'],
    control:
      'The ticket is read again at the door: closed, answered by an agent, or bearing our tag, it gets no reply.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: DOOR,
        before: 'if (isTaggedAnswered(reading.ticket, event.data.answersCommentId))',
        after: 'if (isTaggedAnswered({ ...reading.ticket, tags: [] }, event.data.answersCommentId))',
      },
    ],
  },
  {
    id: 'replay-guard-permissions',
    threats: ['T6', 'T15', 'LLM03'],
    control: 'One function is given what sends to a customer, and no other.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: 'stacks/topology-grants.ts',
        before: "uses: ['helpdesk', 'tagger', 'noter', 'digests', 'secrets'],",
        after: "uses: ['helpdesk', 'tagger', 'noter', 'digests', 'secrets', 'sender'],",
      },
    ],
  },
];

const DUPLICATES: readonly Control[] = [
  {
    id: 'event-claimed-once',
    threats: ['T2', 'T12'],
    control: 'Every consumer claims an event in the ledger: a second delivery has no effect.',
    test: DECIDING_TEST,
    removal: [
      {
        file: CONSUMER,
        before: "if (claim.kind === 'done' && !definition.repeatsWhenDone?.(event)) {",
        after: "if (claim.kind === 'done' && definition.name === 'auditor') {",
      },
    ],
  },
  {
    id: 'decided-once',
    threats: ['T12'],
    control: 'What was decided is stored before anything is published, and repeated from there, never decided again.',
    test: DECIDING_TEST,
    removal: [
      {
        file: 'functions/shared/ledger/claims.ts',
        before: "    any(\n      firstWriter('key', nowSeconds(now)),",
        after: "    any(\n      eq('status', 'DECIDED'),\n      firstWriter('key', nowSeconds(now)),",
      },
    ],
  },
  {
    id: 'reply-claimed-once',
    threats: ['T12'],
    control: 'The claim to answer a comment is its owner’s alone and never expires into a new one.',
    test: 'functions/shared/ledger/actions.test.ts',
    removal: [
      {
        file: 'functions/shared/ledger/actions.ts',
        before: "any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),",
        after: "any(absent('key'), all(eq('status', 'CLAIMED'))),",
      },
    ],
  },
  {
    id: 'unknown-is-the-end',
    threats: ['T12'],
    control: 'A send whose outcome nobody knows is looked for by reading and never made again.',
    test: DOOR_TEST,
    removal: [
      {
        file: 'functions/responder/reply/send.ts',
        before: "if (error.applied === 'unknown') return { kind: 'unknown', code: error.kind };",
        after: '',
      },
    ],
  },
];

const LOOPS: readonly Control[] = [
  {
    id: 'no-answer-to-operators',
    threats: ['T11'],
    control: 'Only a customer’s words are answered; an author who cannot be told counts as an operator.',
    test: 'functions/classify/turn.test.ts',
    removal: [
      {
        file: 'functions/classify/turn.ts',
        before: "comment.author === 'customer' && comment.createdAt >= since)",
        after: 'comment.createdAt >= since)',
      },
    ],
  },
  {
    id: 'cooldown',
    threats: ['T11', 'LLM06'],
    control: 'Ten minutes between two replies in a conversation.',
    test: DOOR_TEST,
    removal: [
      {
        file: GUARDS,
        before: "if (ours.some((at) => isWithin(cooldown, at, now))) codes.push('cooldown_10m');",
        after: '',
      },
      {
        file: DOOR,
        before: "if (now.replies.some((reply) => reply.at > at - TIMES.cooldownMs)) return 'cooldown_10m';",
        after: '',
      },
    ],
  },
  {
    id: 'customer-cap',
    threats: ['T11', 'T4', 'LLM06'],
    control: 'Five replies to a customer in 24 hours, over all conversations.',
    test: 'functions/shared/conversation/customers.test.ts',
    removal: [
      {
        file: 'functions/shared/conversation/customers.ts',
        before: 'if (slots.length >= CAPS.customerIn24h) return false;',
        after: '',
      },
    ],
  },
  {
    id: 'hops',
    threats: ['T11', 'T20'],
    control: 'An event more than 12 hops from its origin is refused.',
    test: OPENING_TEST,
    removal: [
      {
        file: OPENING,
        before: "if (metadata.hops > MAX_HOPS) return { ok: false, cause: 'too_many_hops' };",
        after: '',
      },
    ],
  },
];

const OUTAGES: readonly Control[] = [
  {
    id: 'circuit-breaker',
    threats: ['T18', 'LLM06'],
    control: 'A vendor that fails more than half of 20 calls is left alone for a minute; one probe finds out.',
    test: 'functions/shared/limits/breaker-state.test.ts',
    removal: [
      {
        file: 'functions/shared/limits/breaker-state.ts',
        before: 'return opened(errorRate, now + openMs);',
        after: 'return { state: { ...state, slots }, change: null };',
      },
    ],
  },
  {
    id: 'shared-429',
    threats: ['T18'],
    control: 'Whoever is told to wait by a vendor closes the budget for all functions.',
    test: 'functions/shared/limits/limited-transport.test.ts',
    removal: [
      {
        file: 'functions/shared/limits/limited-transport.ts',
        before: "await limits.take('richpanel', classOf(request, readsAs), now + asked);",
        after: "await limits.take('richpanel', classOf(request, readsAs));",
      },
    ],
  },
  {
    id: 'retry-after',
    threats: ['T18'],
    control: 'Nobody comes back before `Retry-After`, nor more often than the policy says.',
    test: 'functions/shared/retrying.test.ts',
    removal: [
      {
        file: 'functions/shared/retrying.ts',
        before: 'if (error.retryAfterMs !== undefined) return',
        after: 'if (error.retryAfterMs === -1) return',
      },
    ],
  },
  {
    id: 'no-answer-routes',
    threats: ['T18', 'LLM10'],
    control: 'A classifier that gives no usable answer leads to routing by rules and people, never to a reply.',
    test: 'policy/scenarios.test.ts',
    removal: [
      {
        file: 'policy/gates/risk.ts',
        before: 'if (failure !== null) return objection([REASON_OF_FAILURE[failure]]);',
        after: 'if (failure !== null) return PASS;',
      },
    ],
  },
];

const SWITCHED_OFF: readonly Control[] = [
  {
    id: 'flags-fresh-at-the-door',
    threats: ['T19'],
    control: 'Flags are read fresh between the claim and the send; what the approval saw is history.',
    test: DOOR_TEST,
    removal: [
      {
        file: DOOR,
        before: 'if (!isSameReply(event, judged)) return ended(await withhold(event, context, judged));',
        after: '',
      },
      {
        file: DOOR,
        before: 'last && isSameReply(event, last)',
        after: 'last && approvedReply(reply.judged?.decision ?? last.decision)',
      },
    ],
  },
  {
    id: 'flags-unreadable',
    threats: ['T19'],
    control: 'Flags that cannot be read, or say anything but the exact words, are the safe ones: nothing is sent.',
    test: 'functions/shared/flags/unreadable.test.ts',
    removal: [
      {
        file: 'functions/shared/flags/flags.ts',
        before: 'return interpret({}, options.writesPhrase, false);',
        after: 'return cached?.snapshot ?? interpret({}, options.writesPhrase, false);',
      },
    ],
  },
];

const POISON: readonly Control[] = [
  {
    id: 'poison-parsed-first',
    threats: ['T20', 'T5'],
    control:
      'An event is parsed before anything is done with it; what is none goes to the failure queue with its cause.',
    test: OPENING_TEST,
    removal: [
      { file: OPENING, before: "if (data === null) return { ok: false, cause: 'invalid_data' };", after: '' },
      {
        file: OPENING,
        before: 'event: { metadata: marked, data } };',
        after: 'event: { metadata: marked, data: data ?? {} } };',
      },
    ],
  },
  {
    id: 'poison-not-forever',
    threats: ['T20'],
    control: 'What fails three times out of a later queue goes to the failure queue.',
    test: 'functions/shared/consumer/failing.test.ts',
    removal: [
      {
        file: CONSUMER,
        before: '    await refuse(container, what, codeOf(error));\n',
        after: '',
      },
    ],
  },
  {
    id: 'unknown-major-refused',
    threats: ['T20'],
    control: 'An event of another major version is not read by guessing.',
    test: OPENING_TEST,
    removal: [
      {
        file: OPENING,
        before:
          "if (Number(metadata.schemaVersion.split('.')[0]) !== definition.major) return { ok: false, cause: 'unknown_major' };",
        after: '',
      },
    ],
  },
  {
    id: 'producer-checked',
    threats: ['T5'],
    control: 'A consumer refuses a fact whose producer its declaration does not name.',
    test: OPENING_TEST,
    removal: [
      {
        file: OPENING,
        before: 'if (!(definition.producers as readonly string[]).includes(metadata.producer))',
        after: 'if (metadata.producer === undefined)',
      },
    ],
  },
];

const ROLES: readonly Control[] = [
  {
    id: 'bus-denies-others',
    threats: ['T5'],
    control: 'The bus denies whoever is not a role of ours, and each source to all but the roles that state it.',
    test: BUS_TEST,
    removal: [
      { file: 'stacks/topology-bus-policy.ts', before: "    effect: 'Deny',\n", after: "    effect: 'Allow',\n" },
    ],
  },
  {
    id: 'no-table-read-whole',
    threats: ['T15'],
    control: 'No function scans a table, writes a flag, touches a rule or makes a role.',
    test: ROLES_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "  list: ['dynamodb:Query'],",
        after: "  list: ['dynamodb:Query', 'dynamodb:Scan'],",
      },
    ],
  },
  {
    id: 'account-guard',
    threats: ['T15', 'T21'],
    control: 'A command with `--target aws` refuses credentials of another account or region than the stage’s.',
    test: 'operate/instance/own-place.test.ts',
    removal: [
      {
        file: 'operate/instance/own-place.ts',
        before: "  if (context.target === 'local') return;",
        after: '  if (context.target !== null) return;',
      },
    ],
  },
  {
    id: 'approval-by-verify-alone',
    threats: ['T5', 'T15'],
    control: 'Each role may put its own events under its own name; an approval can be stated by `verify` alone.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: 'values: [...new Set(pairs.filter((pair) => pair.source === source).map(({ event }) => event))],',
        after: 'values: [...EVENT_NAMES],',
      },
    ],
  },
  {
    id: 'detail-type-demanded',
    threats: ['T5', 'T15'],
    control: 'A `PutEvents` without detail-type is refused, since an empty set satisfies “for all values”.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "      { test: 'Null', variable: 'events:detail-type', values: ['false'] },\n",
        after: '',
      },
    ],
  },
  {
    id: 'keys-by-prefix',
    threats: ['T15'],
    control: 'Tables are granted by key prefix, an index by the value asked for.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "...(prefix !== '' && { conditions: [leadingKey, isNamed] }),",
        after: "...(prefix === 'none' && { conditions: [leadingKey, isNamed] }),",
      },
    ],
  },
  {
    id: 'own-queues',
    threats: ['T15'],
    control: 'A function uses its own queues, never another’s.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: 'const queues = [named.queue(failureQueueName(place.env, spec.name))];',
        after: "const queues = [named.queue(failureQueueName(place.env, spec.name)), named.queue('*')];",
      },
    ],
  },
  {
    id: 'nothing-idle-granted',
    threats: ['T15'],
    control: 'Functions run with clients that refuse what is not granted, and no grant is idle.',
    test: 'test/privileges/privileges.test.ts',
    removal: [
      {
        file: 'stacks/topology-grants.ts',
        before:
          "ingest: { uses: ['secrets', 'digests'], duties: ['intake', 'feedback'], secrets: ['richpanel/webhook_token'] },",
        after:
          "ingest: { uses: ['secrets', 'digests'], duties: ['intake', 'feedback', 'readConversation'], secrets: ['richpanel/webhook_token', 'richpanel/api_key'] },",
      },
    ],
  },
];

export const DELIVERY_CONTROLS: readonly Control[] = [
  ...REPLAYS,
  ...DUPLICATES,
  ...LOOPS,
  ...OUTAGES,
  ...SWITCHED_OFF,
  ...POISON,
  ...ROLES,
];
