/** Holds the alarms against platform §6.5: threshold, time, severity, runbook, and that somebody hears them. */
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { all, asList, at, text } from '../query.ts';
import type { AlarmExpectation, AlarmWatch } from './types.ts';

/** A page wakes the same people as what is critical; a ticket waits like what is medium. */
const TOPIC: Readonly<Record<string, string>> = { page: 'critical', ticket: 'medium' };

export function judgeAlarms(graph: Graph, alarms: readonly AlarmExpectation[]): string[] {
  return alarms.flatMap((alarm) => {
    const watches = alarm.watches.filter(({ on }) => on === undefined || on.includes(graph.stage));
    return watches.flatMap((watch) => judgeWatch(graph, alarm, watch)).map((problem) => `${alarm.id} (${alarm.spec}): ${problem}`);
  });
}

function judgeWatch(graph: Graph, alarm: AlarmExpectation, watch: AlarmWatch): string[] {
  const wanted = TOPIC[watch.severity] ?? watch.severity;
  const bells = bellsOf(graph, alarm.id).filter(({ topics }) => topics.some((arn) => arn.endsWith(wanted)));
  if (bells.length === 0) return [`nothing rings ${wanted} for ${watch.severity}`];
  const pages = new RegExp(alarm.runbook === 'security' ? 'break-?glass|security' : alarm.runbook);
  const unguided = alarm.runbook === 'none' ? [] : bells.filter(({ says }) => !pages.test(says));
  const misjudged = watch.fires === undefined || signalsOf(graph, alarm.id).some((one) => fits(one, watch));
  return [
    ...unguided.map(({ name }) => `${name} names no ${alarm.runbook}`),
    ...(misjudged ? [] : [`none fires at ${watch.fires}${watch.seconds ? ` over ${watch.seconds} s` : ''}`]),
  ];
}

type Bell = { readonly name: string; readonly says: string; readonly topics: readonly string[] };

/** What rings: alarms with actions, and rules with a topic as target. */
function bellsOf(graph: Graph, id: string): Bell[] {
  const isOf = (name: string) => name.startsWith(`frontdesk-${graph.stage}-${id}-`) || name === `frontdesk-${graph.stage}-${id}`;
  const alarms = [...all(graph, 'cloudwatch.MetricAlarm'), ...all(graph, 'cloudwatch.CompositeAlarm')].map(
    ({ properties }) => ({
      name: text(properties, 'name') || text(properties, 'alarmName'),
      says: text(properties, 'alarmDescription'),
      topics: asList(at(properties, 'alarmActions') as string[] | undefined),
    }),
  );
  const targets = all(graph, 'cloudwatch.EventTarget').map(({ properties }) => ({
    name: text(properties, 'rule'),
    says: text(properties, 'inputTransformer', 'inputTemplate'),
    topics: [text(properties, 'arn')].filter((arn) => arn.includes(':sns:')),
  }));
  return [...alarms, ...targets].filter(({ name, topics }) => isOf(name) && topics.length > 0);
}

function signalsOf(graph: Graph, id: string): Resource[] {
  return all(graph, 'cloudwatch.MetricAlarm').filter(({ properties }) =>
    `${text(properties, 'name')}-`.startsWith(`frontdesk-${graph.stage}-${id}-`),
  );
}

/** Whether an alarm fires at what is wanted: the same bound, the same time. */
function fits({ properties }: Resource, { fires = '', seconds, period, datapoints }: AlarmWatch): boolean {
  const [, sign = '', number = ''] = /^([<>]=?) ([\d.]+)$/.exec(fires) ?? [];
  const bound = boundOf(text(properties, 'comparisonOperator'), Number(at(properties, 'threshold')));
  const every = Number(at(properties, 'period') ?? periodOf(properties));
  const times = Number(at(properties, 'evaluationPeriods'));
  return (
    bound === boundOf(sign, Number(number)) &&
    (seconds === undefined || every * times === seconds) &&
    (period === undefined || every === period) &&
    (datapoints === undefined || Number(at(properties, 'datapointsToAlarm') ?? times) === datapoints)
  );
}

function periodOf(properties: unknown): unknown {
  const queries = asList(at(properties, 'metricQueries') as object[] | undefined);
  return queries.map((query) => at(query, 'metric', 'period')).find((found) => found !== undefined);
}

/** For whole numbers "more than 0" and "at least 1" are one bound. */
function boundOf(sign: string, number: number): string {
  const [direction, isIncluded] = SIGNS[sign] ?? [sign, true];
  const isWhole = Number.isInteger(number);
  if (direction === 'above' && !isIncluded && isWhole) return `above ${number + 1}`;
  return `${direction} ${number}${isIncluded || isWhole ? '' : ' alone'}`;
}

const SIGNS: Readonly<Record<string, readonly [string, boolean]>> = {
  '>': ['above', false],
  '>=': ['above', true],
  '<': ['below', false],
  GreaterThanThreshold: ['above', false],
  GreaterThanOrEqualToThreshold: ['above', true],
  LessThanThreshold: ['below', false],
};
