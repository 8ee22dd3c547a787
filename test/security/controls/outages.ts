/** Outages: a vendor that fails or pushes back, and what is switched off or cannot be read. */
import type { Control } from '../control.ts';

const DOOR_TEST = 'test/behaviour/door.test.ts';
const DOOR = 'functions/responder/reply/door.ts';

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

export const OUTAGES_CONTROLS: readonly Control[] = [...OUTAGES, ...SWITCHED_OFF];
