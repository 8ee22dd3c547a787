/** Delivery: replays, duplicates, loops, outages, poison events, and what a role may do. */
import type { Control } from '../control.ts';

const REPLAY_GUARDS = 'test/behaviour/replay-guards.test.ts';
const DOOR = 'functions/responder/reply/door.ts';
const GUARDS = 'policy/gates/guards.ts';

export const DELIVERY_CONTROLS: readonly Control[] = [
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
    id: 'replay-guard-code',
    threats: ['T6'],
    control:
      'The sender refuses whatever came under a replay’s name or was derived from a replay, at the door and by gate G33.',
    test: REPLAY_GUARDS,
    removal: [
      { file: DOOR, before: 'if (event.metadata.replay !== null)', after: "if (event.metadata.replay?.name === '')" },
      { file: GUARDS, before: "if (ages.isReplay) codes.push('replay_suppressed');", after: '' },
    ],
  },
  {
    id: 'replay-guard-ledger',
    threats: ['T6', 'T2', 'T12'],
    control: 'What was answered stands in the ledger for 90 days: the same approval does not begin again.',
    test: REPLAY_GUARDS,
    removal: [
      {
        file: 'functions/responder/reply/handler.ts',
        before: "if (standing?.status === 'CLAIMED') return NOTHING;",
        after: "if (standing?.status === 'CLAIMED') return goThrough(event, context).then(() => NOTHING);",
      },
      {
        file: 'functions/shared/ledger/actions.ts',
        before: "any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),",
        after: "any(absent('key'), eq('status', 'CLAIMED')),",
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
];
