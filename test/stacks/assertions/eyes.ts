/** What is watched, and who hears of it (platform §6.3–6.5). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { METRIC_NAMESPACE, METRICS } from '../../../functions/shared/telemetry/metrics.ts';
import { NATIVE_METRICS } from '../../../stacks/alarms/native-metrics.ts';
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { all, asList, at, lastOf, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

const ROOT = join(import.meta.dirname, '../../..');

export const EYES: readonly Assertion[] = [
  {
    name: 'dashboards-show-what-is-told',
    spec: 'platform §6.3, §6.4',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.Dashboard').flatMap((dashboard) =>
        seriesOf(dashboard)
          .filter(([namespace, metric]) => !isTold(namespace, metric))
          .map(([namespace, metric]) => `${nameOf(dashboard)} shows ${namespace} ${metric}, which nobody tells`),
      ),
  },
  {
    name: 'bells-ring-somewhere',
    spec: 'platform §6.5',
    problems: ({ graph }) =>
      bells(graph)
        .filter(({ properties }) => !actionsOf(properties).every((arn) => topicsOf(graph).includes(lastOf(arn))))
        .map((alarm) => `${alarmName(alarm)} rings a topic that is not there`),
  },
  {
    name: 'alarms-are-heard',
    spec: 'platform §6.5',
    problems: ({ graph }) => {
      const rules = all(graph, 'cloudwatch.CompositeAlarm')
        .map(({ properties }) => text(properties, 'alarmRule'))
        .join('\n');
      return all(graph, 'cloudwatch.MetricAlarm')
        .filter((alarm) => actionsOf(alarm.properties).length === 0 && !rules.includes(`"${nameOf(alarm)}"`))
        .map((alarm) => `${nameOf(alarm)} rings nowhere and is part of no other alarm`);
    },
  },
  {
    name: 'composites-name-what-is-there',
    spec: 'platform §6.5',
    problems: ({ graph }) => {
      const known = [...all(graph, 'cloudwatch.MetricAlarm'), ...all(graph, 'cloudwatch.CompositeAlarm')].map(
        alarmName,
      );
      return all(graph, 'cloudwatch.CompositeAlarm').flatMap((alarm) =>
        [...text(alarm.properties, 'alarmRule').matchAll(/ALARM\("([^"]+)"\)/g)]
          .filter(([, name = '']) => !known.includes(name))
          .map(([, name]) => `${alarmName(alarm)} listens to ${name}, which is not there`),
      );
    },
  },
  {
    name: 'alarms-name-a-runbook-and-an-owner',
    spec: 'platform §6.5',
    problems: ({ graph }) =>
      [...all(graph, 'cloudwatch.MetricAlarm'), ...bells(graph)]
        .filter(
          ({ properties }) =>
            !/Runbook \S+: \S*docs\/\S+\.md\. Owner: [a-z-]+\./.test(text(properties, 'alarmDescription')),
        )
        .map((alarm) => `${alarmName(alarm)} names no runbook, or nobody who owns it`),
  },
  {
    name: 'runbooks-are-pages',
    spec: 'platform §6.5',
    problems: ({ graph }) => {
      const pages = messages(graph).flatMap((says) => [...says.matchAll(/docs\/\S+?\.md/g)].map(([page]) => page));
      return [...new Set(pages)].filter((page) => !existsSync(join(ROOT, page))).map((page) => `${page} is not there`);
    },
  },
  {
    name: 'alarms-watch-what-is-told',
    spec: 'platform §6.3',
    problems: ({ graph }) =>
      watched(graph)
        .filter(({ namespace, metric }) => !isTold(namespace, metric))
        .map(({ of, namespace, metric }) => `${of} watches ${namespace} ${metric}, which nobody tells`),
  },
  {
    name: 'alarms-watch-what-is-there',
    spec: 'platform §6.5',
    problems: ({ graph }) => {
      const names: Readonly<Record<string, readonly string[]>> = {
        FunctionName: all(graph, 'lambda.Function').map(nameOf),
        QueueName: all(graph, 'sqs.Queue').map(nameOf),
        TableName: all(graph, 'dynamodb.Table').map(nameOf),
        EventBusName: all(graph, 'cloudwatch.EventBus').map(nameOf),
      };
      return watched(graph).flatMap(({ of, dimensions }) =>
        Object.entries(dimensions)
          .filter(([key, value]) => names[key] !== undefined && value !== 'default' && !names[key].includes(value))
          .map(([key, value]) => `${of} watches ${key} ${value}, which is not there`),
      );
    },
  },
  {
    name: 'every-dead-letter-queue-is-watched',
    spec: 'platform §6.5 Q3',
    problems: ({ graph }) => {
      const seen = new Set(watched(graph).map(({ dimensions }) => dimensions.QueueName));
      return all(graph, 'sqs.Queue')
        .map(nameOf)
        .filter((name) => /-(dlq|failures)$/.test(name) && !seen.has(name))
        .map((name) => `nobody would hear of dead letters in ${name}`);
    },
  },
  {
    name: 'somebody-listens',
    spec: 'platform §6.5',
    problems: ({ graph }) =>
      ['critical', 'high']
        .filter(
          (severity) =>
            !all(graph, 'sns.TopicSubscription').some(({ properties }) => text(properties, 'topic').endsWith(severity)),
        )
        .map((severity) => `nobody listens to what is ${severity}`),
  },
  {
    name: 'topics-are-not-public',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'sns.TopicPolicy')
        .filter(({ properties }) =>
          asList(at(properties, 'policy', 'Statement') as object[]).some(
            (one) =>
              JSON.stringify(at(one, 'Principal')).includes('*') ||
              (at(one, 'Condition') === undefined && !isEventBridgeRinging(one, properties.arn)),
          ),
        )
        .map(({ name }) => `${name} lets everybody ring`),
  },
  {
    name: 'budgets-are-heard-of',
    spec: 'platform §1.1',
    problems: ({ graph }) =>
      all(graph, 'budgets.Budget')
        .filter(({ properties }) =>
          asList(properties.notifications as object[] | undefined).some((one) =>
            [at(one, 'subscriberEmailAddresses'), at(one, 'subscriberSnsTopicArns')].every(
              (list) => asList(list as string[] | undefined).length === 0,
            ),
          ),
        )
        .map((budget) => `${nameOf(budget)}: nobody hears that it goes`),
  },
];

type Watched = {
  readonly of: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

function watched(graph: Graph): Watched[] {
  return all(graph, 'cloudwatch.MetricAlarm').flatMap((alarm) => {
    const { properties } = alarm;
    const queries = asList(properties.metricQueries as object[] | undefined).flatMap(
      (query) => at(query, 'metric') ?? [],
    );
    const series = text(properties, 'metricName') === '' ? queries : [properties];
    return series.map((one) => ({
      of: nameOf(alarm),
      namespace: text(one, 'namespace'),
      metric: text(one, 'metricName'),
      dimensions: (at(one, 'dimensions') ?? {}) as Record<string, string>,
    }));
  });
}

/** Namespace and metric of everything that a dashboard draws. */
function seriesOf({ properties }: Resource): (readonly [string, string])[] {
  const widgets = asList(at(properties, 'dashboardBody', 'widgets') as object[] | undefined);
  const lines = widgets.flatMap((widget) => asList(at(widget, 'properties', 'metrics') as unknown[][] | undefined));
  return lines.flatMap(([namespace, metric]) =>
    typeof namespace === 'string' && typeof metric === 'string' ? [[namespace, metric] as const] : [],
  );
}

function isTold(namespace: string, metric: string): boolean {
  if (namespace === METRIC_NAMESPACE) return metric in METRICS;
  return ((NATIVE_METRICS as Readonly<Record<string, readonly string[]>>)[namespace] ?? []).includes(metric);
}

/** What people are told: by alarms, and by events that go to a topic. */
function messages(graph: Graph): string[] {
  const alarms = [...all(graph, 'cloudwatch.MetricAlarm'), ...all(graph, 'cloudwatch.CompositeAlarm')];
  return [
    ...alarms.map(({ properties }) => text(properties, 'alarmDescription')),
    ...all(graph, 'cloudwatch.EventTarget').map(({ properties }) =>
      text(properties, 'inputTransformer', 'inputTemplate'),
    ),
  ];
}

/** Alarms that ring. */
function bells(graph: Graph): Resource[] {
  return [...all(graph, 'cloudwatch.MetricAlarm'), ...all(graph, 'cloudwatch.CompositeAlarm')].filter(
    ({ properties }) => actionsOf(properties).length > 0,
  );
}

function actionsOf(properties: unknown): readonly string[] {
  return asList(at(properties, 'alarmActions') as string[] | undefined);
}

const topicsOf = (graph: Graph): string[] => all(graph, 'sns.Topic').map(nameOf);

const alarmName = (alarm: Resource): string => text(alarm.properties, 'alarmName') || nameOf(alarm);

/** EventBridge answers no condition of a topic's policy: it may publish there, alone, and nothing else. */
function isEventBridgeRinging(statement: object, topic: unknown): boolean {
  return (
    isDeepStrictEqual(at(statement, 'Principal'), { Service: ['events.amazonaws.com'] }) &&
    isDeepStrictEqual(at(statement, 'Action'), ['sns:Publish']) &&
    isDeepStrictEqual(at(statement, 'Resource'), [topic])
  );
}
