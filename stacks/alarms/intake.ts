/** A1–A5, S1: whether what customers write gets in (platform §6.5). */
import { CONFIG } from '../../config/generated/config.ts';
import { functionName } from '../topology-names.ts';
import { hoursInUtc } from './hours.ts';
import { native, own, type Series, share } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { FOR_FIVE_MINUTES, IN_FIVE_MINUTES, runbook, watched } from './watch.ts';

/** Stands for the id that AWS gives the HTTP API. */
export const API_ID = '{api}';

export const accepted = (env: string): Series => own(env, 'ingress.requests_total', 'Sum', { result: 'accepted' });

const R001 = runbook('R001');
const OPEN_FROM = 9;
const OPEN_UNTIL = 21;

export function intakeAlarms(env: string): readonly AlarmSpec[] {
  const api = { ApiId: API_ID };
  const failed = native('AWS/ApiGateway', '5xx', 'Sum', api);
  const ingest = { FunctionName: functionName(env, 'ingest') };
  const errors = native('AWS/Lambda', 'Errors', 'Sum', ingest);
  const throttles = native('AWS/Lambda', 'Throttles', 'Sum', ingest);
  return [
    {
      id: 'A1',
      title: 'The webhook answers 5xx',
      owner: 'engineering',
      runbook: R001,
      first:
        'See whether messages still come in (dashboard A); if not, tell Support Ops that new tickets are not routed.',
      watches: [
        watched('high', '5xx in every minute of five', failed, { above: 0, over: FOR_FIVE_MINUTES }),
        watched(
          'page',
          'more than 1 % of requests in every minute of five',
          share(failed, native('AWS/ApiGateway', 'Count', 'Sum', api)),
          { above: 0.01, over: FOR_FIVE_MINUTES },
        ),
      ],
    },
    {
      id: 'A2',
      title: 'ingest fails',
      owner: 'engineering',
      runbook: R001,
      first: 'Read the last `ingress.publish.failed` lines: their `error_code` names what does not answer.',
      watches: [
        watched('high', 'an error in every minute of five', errors, {
          atLeast: 1,
          over: FOR_FIVE_MINUTES,
          name: 'sustained',
        }),
        watched('high', '5 errors in five minutes', errors, { atLeast: 5, over: IN_FIVE_MINUTES, name: 'burst' }),
      ],
    },
    {
      id: 'A3',
      title: 'ingest is throttled',
      owner: 'engineering',
      runbook: R001,
      first: 'Compare the account’s concurrency in use with its limit: `ingest` has no reservation of its own.',
      watches: [
        watched('medium', 'throttled in every minute of five', throttles, { above: 0, over: FOR_FIVE_MINUTES }),
        // The text names two severities and one threshold: a burst passes, a quarter of an hour does not.
        watched('high', 'throttled in every minute of fifteen', throttles, { above: 0, over: [60, 15, 15] }),
      ],
    },
    {
      id: 'A4',
      title: 'A message could not be recorded or published',
      owner: 'engineering',
      runbook: R001,
      first: 'Look at DynamoDB and the bus; what was answered 500 comes again, or the reconciler finds it.',
      watches: [
        watched('high', '1 in five minutes', own(env, 'ingress.publish_failed_total', 'Sum'), {
          atLeast: 1,
          over: IN_FIVE_MINUTES,
        }),
      ],
    },
    {
      id: 'A5',
      title: 'No message comes in',
      owner: 'engineering',
      runbook: R001,
      first:
        'Write into the helpdesk yourself and see whether the webhook rings; then look at its rule in the helpdesk.',
      watches: [
        watched(
          'high',
          `nothing accepted in 30 minutes between ${OPEN_FROM}:00 and ${OPEN_UNTIL}:00`,
          {
            kind: 'hours',
            hours: hoursInUtc(CONFIG.business.zone, OPEN_FROM, OPEN_UNTIL),
            of: accepted(env),
            otherwise: 1,
          },
          // Silence is the trouble: a door that is gone records nothing either.
          { below: 1, over: [300, 6, 6], missing: 'trouble', needsCustomers: true },
        ),
      ],
    },
    {
      id: 'S1',
      title: 'Strangers ring at the webhook',
      owner: 'security',
      runbook: R001,
      first: 'Compare the addresses with the helpdesk’s; if a secret may be known, rotate it (R011).',
      watches: [
        watched(
          'high',
          'more than 20 refused a minute, five minutes long',
          own(env, 'ingress.auth_invalid_total', 'Sum'),
          {
            above: 20,
            over: FOR_FIVE_MINUTES,
          },
        ),
      ],
    },
  ];
}
