/** Q1–Q4, D1, P3: what waits, what nobody could finish, and whether the way back is kept (platform §6.5). */
import type { FunctionName } from '../../events/words.ts';
import { FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { busDeadLetterQueueName, deadLetterQueueName, failureQueueName, functionName } from '../topology-names.ts';
import { DECLARATIONS, rulesOf } from '../topology-rules.ts';
import { accepted } from './intake.ts';
import { native, own, type Series, type Signal, sum } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { FOR_FIVE_MINUTES, IN_FIVE_MINUTES, IN_ONE_MINUTE, runbook, watched } from './watch.ts';

const R005 = runbook('R005');
const NAMES: readonly FunctionName[] = FUNCTION_SETTINGS.map(({ name }) => name);
const RULES = DECLARATIONS.flatMap(rulesOf);

export const oldestUnsettled = (env: string): Series => own(env, 'bus.oldest_unsettled_age_s', 'Maximum');

/** What the archive `recovery` took in: EventBridge keeps it up to date by a rule of its own, named like this. */
export function archived(env: string): Series {
  return native('AWS/Events', 'Invocations', 'Sum', {
    EventBusName: `frontdesk-${env}`,
    RuleName: `Events-Archive-frontdesk-${env}-recovery`,
  });
}

export function queueAlarms(env: string): readonly AlarmSpec[] {
  return [
    {
      id: 'Q1',
      title: 'Live chat waits',
      owner: 'engineering',
      runbook: R005,
      first: 'Tell the live-chat team to read new chats by hand; then see which function’s age rises.',
      watches: [
        watched(
          'high',
          'the oldest open chat is older than 30 s, three minutes long',
          own(env, 'bus.oldest_unsettled_age_s', 'Maximum', { channel: 'livechat' }),
          { above: 30, over: [60, 3, 3] },
        ),
      ],
    },
    {
      id: 'Q2',
      title: 'Messages wait',
      owner: 'engineering',
      runbook: R005,
      first: 'See on dashboard A where the age rises: a vendor (R004), a function that fails, or too much at once.',
      watches: [
        watched('high', 'the oldest is older than 120 s, five minutes long', oldestUnsettled(env), {
          above: 120,
          over: FOR_FIVE_MINUTES,
        }),
        // Nobody else tells the age: without the sweeper Q1 and Q2 hear nothing, which would pass for no trouble.
        watched(
          'high',
          'the sweeper, which tells their age, has not run in two quarters of an hour with messages',
          {
            kind: 'when',
            condition: accepted(env),
            atLeast: 1,
            value: sum(native('AWS/Lambda', 'Invocations', 'Sum', { FunctionName: functionName(env, 'sweeper') })),
            otherwise: 1,
          },
          // Two: a stage that has just started had a message before the first run.
          { below: 1, over: [900, 2, 2], name: 'unwatched' },
        ),
        watched('page', 'the oldest is older than 300 s', oldestUnsettled(env), { above: 300, over: IN_ONE_MINUTE }),
      ],
    },
    {
      id: 'Q3',
      title: 'Dead letters',
      owner: 'engineering',
      runbook: R005,
      first: 'Run `npx frontdesk dlq list`: the cause comes before any redrive.',
      watches: [
        watched('high', 'one in a queue', deadLettersOf(env), { atLeast: 1, over: IN_ONE_MINUTE }),
        watched('page', 'five of a function', deadLettersOf(env), { atLeast: 5, over: IN_ONE_MINUTE }),
      ],
    },
    {
      id: 'Q4',
      title: 'An event was given up before any run of it',
      owner: 'engineering',
      runbook: R005,
      first:
        'Find out which rule or function by the name of the alarm, and whether the event stands in its dead letters.',
      watches: [
        watched('high', 'dropped from the queue of a function, or lost on the way to its failure queue', dropped(env), {
          above: 0,
          over: IN_FIVE_MINUTES,
          name: 'dropped',
        }),
        watched('high', 'sent to the dead letters by the bus', undelivered(env), {
          above: 0,
          over: IN_FIVE_MINUTES,
          name: 'undelivered',
        }),
      ],
    },
    {
      id: 'D1',
      title: 'A table is throttled',
      owner: 'engineering',
      runbook: R005,
      first: 'See whether one key is written again and again; tables on demand give way by themselves within minutes.',
      watches: [
        watched('medium', 'throttled in every minute of five', throttlesOf(env), {
          above: 0,
          over: FOR_FIVE_MINUTES,
        }),
      ],
    },
    {
      id: 'P3',
      title: 'The archive takes nothing in',
      owner: 'engineering',
      runbook: R005,
      first: 'Look at the archive and its pattern at once: it is what a replay after a loss would read.',
      watches: [
        watched(
          'high',
          'an hour with messages and without an archived event',
          { kind: 'when', condition: accepted(env), atLeast: 1, value: sum(archived(env)), otherwise: 1 },
          // A metric of the archive that is gone is as bad as one that says nothing.
          { below: 1, over: [3_600, 1, 1], missing: 'trouble', needsCustomers: true },
        ),
      ],
    },
  ];
}

function each(signalOf: (name: FunctionName) => Signal): Readonly<Record<string, Signal>> {
  return Object.fromEntries(NAMES.map((name) => [name, signalOf(name)]));
}

/** Both queues of a function, of which it has one where no rule targets it; the bus has one. */
export function deadLettersOf(env: string): Readonly<Record<string, Signal>> {
  const visible = (queue: string): Series =>
    native('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', { QueueName: queue });
  const targeted = new Set(RULES.map(({ target }) => target));
  return {
    ...each((name) => {
      const failures = visible(failureQueueName(env, name));
      return targeted.has(name) ? sum(visible(deadLetterQueueName(env, name)), failures) : failures;
    }),
    bus: visible(busDeadLetterQueueName(env)),
  };
}

/** Where nothing may be put into the failure queue, what it would have held is nowhere. */
function dropped(env: string): Readonly<Record<string, Signal>> {
  return each((name) => {
    const about = { FunctionName: functionName(env, name) };
    return sum(
      native('AWS/Lambda', 'AsyncEventsDropped', 'Sum', about),
      native('AWS/Lambda', 'DestinationDeliveryFailures', 'Sum', about),
    );
  });
}

/** By the function that the rules target. */
function undelivered(env: string): Readonly<Record<string, Signal>> {
  const bus = `frontdesk-${env}`;
  const ofRule = ({ name, bus: where }: (typeof RULES)[number]): Series =>
    native(
      'AWS/Events',
      'InvocationsSentToDlq',
      'Sum',
      where === 'default' ? { RuleName: `${bus}-${name}` } : { EventBusName: bus, RuleName: name },
    );
  const targets = [...new Set(RULES.map(({ target }) => target))];
  return Object.fromEntries(
    targets.map((target) => [target, sum(...RULES.filter((rule) => rule.target === target).map(ofRule))]),
  );
}

export function throttlesOf(env: string): Readonly<Record<string, Signal>> {
  const names = Object.keys(TABLE_KEYS);
  return Object.fromEntries(
    names.map((name) => {
      const table = { TableName: `frontdesk_${env}_${name}` };
      const reads = native('AWS/DynamoDB', 'ReadThrottleEvents', 'Sum', table);
      return [name, sum(reads, native('AWS/DynamoDB', 'WriteThrottleEvents', 'Sum', table))];
    }),
  );
}
