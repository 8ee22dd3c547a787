/** V1, V3, V4: the helpdesk and the model (platform §6.5, §5.6). */

import { oldestUnsettled } from './queues.ts';
import { own, rise, share } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { FOR_FIVE_MINUTES, IN_FIVE_MINUTES, runbook, watched } from './watch.ts';

const R004 = runbook('R004');
const IN_A_QUARTER_HOUR = [900, 1, 1] as const;
/** Platform §5.6: so many refusals halve the write tokens. */
const MANY_REFUSALS = 5;

export function vendorAlarms(env: string): readonly AlarmSpec[] {
  const refused = own(env, 'vendor.richpanel.rate_limited_total', 'Sum');
  const failed = own(env, 'vendor.openai.errors_total', 'Sum');
  const isOpen = (vendor: string) => own(env, 'vendor.circuit_open', 'Maximum', { vendor });
  return [
    {
      id: 'V1',
      title: 'Richpanel refuses for too many requests',
      owner: 'engineering',
      runbook: R004,
      first: 'See what asks so much: a replay, a catch-up, or somebody else with the same key.',
      watches: [
        watched('medium', '5 refusals (429) in a quarter of an hour', refused, {
          atLeast: MANY_REFUSALS,
          over: IN_A_QUARTER_HOUR,
        }),
        watched(
          'high',
          'the same while messages wait longer than before',
          {
            kind: 'when',
            condition: refused,
            atLeast: MANY_REFUSALS,
            value: rise(oldestUnsettled(env)),
            otherwise: 0,
          },
          { above: 0, over: [900, 1, 2] },
        ),
      ],
    },
    {
      id: 'V3',
      title: 'OpenAI fails',
      owner: 'engineering',
      runbook: R004,
      first:
        'Look at OpenAI’s status page; without it messages are routed by the embedded classifier and nobody is answered.',
      watches: [
        watched(
          'high',
          '5 % of the calls, ten minutes long',
          share(failed, own(env, 'vendor.openai.requests_total', 'Sum')),
          { atLeast: 0.05, over: [300, 2, 2] },
        ),
        watched('info', 'any in five minutes', failed, { atLeast: 1, over: IN_FIVE_MINUTES }),
      ],
    },
    {
      id: 'V4',
      title: 'A circuit breaker stays open',
      owner: 'engineering',
      runbook: R004,
      first: 'It probes once a minute by itself; find out whether the vendor or our own key is the cause.',
      watches: [
        watched(
          'high',
          'open in every minute of five',
          { richpanel: isOpen('richpanel'), openai: isOpen('openai') },
          { above: 0, over: FOR_FIVE_MINUTES },
        ),
      ],
    },
  ];
}
