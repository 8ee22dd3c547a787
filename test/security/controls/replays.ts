/** Replays: each guard that alone keeps a replay from sending. */
import type { Control } from '../control.ts';

const REPLAY_GUARDS = 'test/behaviour/replay-guards.test.ts';
const DOOR = 'functions/responder/reply/door.ts';
const GUARDS = 'policy/gates/guards.ts';

export const REPLAYS_CONTROLS: readonly Control[] = [
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
