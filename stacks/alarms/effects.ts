/** P1, P2: what the door to the customer says of itself (platform §6.5). */
import { own } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { runbook, watched } from './watch.ts';

export function effectAlarms(env: string): readonly AlarmSpec[] {
  return [
    {
      id: 'P1',
      title: 'Many second sends were stopped',
      owner: 'engineering',
      runbook: runbook('R001'),
      first: 'Nobody was answered twice; find what comes twice: the helpdesk’s rules, a redelivery, a replay of ours.',
      watches: [
        watched(
          'medium',
          'more than 10 in ten minutes',
          own(env, 'responder.duplicate_action_prevented_total', 'Sum'),
          { above: 10, over: [600, 1, 1] },
        ),
      ],
    },
    {
      id: 'P2',
      title: 'Nobody knows whether a reply arrived',
      owner: 'engineering',
      runbook: runbook('R003'),
      first: 'The ticket is with its team and is not written to again; read it and see whether the reply stands there.',
      watches: [
        watched('medium', 'any in a quarter of an hour', own(env, 'responder.reply_unknown_total', 'Sum'), {
          atLeast: 1,
          over: [900, 1, 1],
        }),
      ],
    },
  ];
}
