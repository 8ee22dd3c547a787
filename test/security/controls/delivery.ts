/** Delivery: duplicates, loops and poison events. */
import type { Control } from '../control.ts';

const DOOR_TEST = 'test/behaviour/door.test.ts';
const DECIDING_TEST = 'functions/shared/consumer/deciding.test.ts';
const OPENING_TEST = 'functions/shared/consumer/opening.test.ts';
const DOOR = 'functions/responder/reply/door.ts';
const GUARDS = 'policy/gates/guards.ts';
const CONSUMER = 'functions/shared/consumer/consumer.ts';
const OPENING = 'functions/shared/consumer/opening.ts';

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
        file: 'functions/shared/consumer/refusing.ts',
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

export const DELIVERY_CONTROLS: readonly Control[] = [...DUPLICATES, ...LOOPS, ...POISON];
