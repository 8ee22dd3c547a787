/** W1, W2: whether the functions do their work (platform §6.5). */
import { FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';
import { functionName } from '../topology-names.ts';
import { native, rise, type Signal, share } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { IN_FIVE_MINUTES, runbook, watched } from './watch.ts';

/** All but `ingest`, whose trouble is A1 to A3. */
const WORKERS = FUNCTION_SETTINGS.map(({ name }) => name).filter((name) => name !== 'ingest');

export function functionAlarms(env: string): readonly AlarmSpec[] {
  const of = (signalOf: (about: { readonly FunctionName: string }) => Signal): Readonly<Record<string, Signal>> =>
    Object.fromEntries(WORKERS.map((name) => [name, signalOf({ FunctionName: functionName(env, name) })]));
  return [
    {
      id: 'W1',
      title: 'A function fails',
      owner: 'engineering',
      runbook: runbook('R004'),
      first: 'Read its `consumer.event.failed` lines: a vendor’s code leads to R004, a bug of ours to R001.',
      watches: [
        watched(
          'high',
          '5 errors in five minutes',
          of((about) => native('AWS/Lambda', 'Errors', 'Sum', about)),
          {
            atLeast: 5,
            over: IN_FIVE_MINUTES,
            name: 'burst',
          },
        ),
        watched(
          'high',
          'more than 5 % of its runs, a quarter of an hour long',
          of((about) =>
            share(native('AWS/Lambda', 'Errors', 'Sum', about), native('AWS/Lambda', 'Invocations', 'Sum', about)),
          ),
          { above: 0.05, over: [300, 3, 3], name: 'rate' },
        ),
      ],
    },
    {
      id: 'W2',
      title: 'A function is throttled and falls behind',
      owner: 'engineering',
      runbook: runbook('R005'),
      first: 'A short burst is absorbed; if the age keeps rising for half an hour, follow catch-up in R005.',
      watches: [
        watched(
          'medium',
          'throttled within five minutes while the age of what waits rises',
          of((about) => ({
            kind: 'when',
            condition: native('AWS/Lambda', 'Throttles', 'Sum', about),
            atLeast: 1,
            value: rise(native('AWS/Lambda', 'AsyncEventAge', 'Maximum', about)),
            otherwise: 0,
          })),
          { above: 0, over: [300, 1, 2] },
        ),
      ],
    },
  ];
}
