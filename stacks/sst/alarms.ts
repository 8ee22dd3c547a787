/// <reference path="../../.sst/platform/config.d.ts" />
import { API_ID } from '../alarms/intake.ts';
import {
  compositeRule,
  describe,
  type PlannedAlarm,
  type PlannedComposite,
  type PlannedRule,
  planOf,
} from '../alarms/plan.ts';
import type { Series } from '../alarms/signal.ts';
import { type Comparison, type Missing, type Severity, TOPIC_OF } from '../alarms/types.ts';
import { alarmsOf } from '../topology-alarms.ts';
import type { Place } from '../topology-names.ts';
import type { Topics } from './topics.ts';

type Surroundings = {
  readonly topics: Topics;
  readonly bus: sst.aws.Bus;
  readonly api: aws.apigatewayv2.Api;
  /** Where runbooks can be opened; `null` where no repository is known. */
  readonly repository: string | null;
  /** Takes an event of an alarm that its topic could not be given. */
  readonly deadLetters: aws.sqs.Queue;
};

const COMPARISONS: Readonly<Record<Comparison, string>> = {
  above: 'GreaterThanThreshold',
  atLeast: 'GreaterThanOrEqualToThreshold',
  below: 'LessThanThreshold',
};
const MISSING: Readonly<Record<Missing, string>> = {
  ok: 'notBreaching',
  trouble: 'breaching',
  keep: 'ignore',
  unknown: 'missing',
};

/** Every alarm of platform §6.5 but the budgets, from its declaration. */
export function createAlarms({ env }: Place, around: Surroundings): void {
  const { metricAlarms, composites, rules } = planOf(env, alarmsOf(env));
  const made = new Map<string, $util.Resource>();
  for (const planned of metricAlarms) made.set(planned.name, metricAlarm(planned, around));
  for (const planned of composites) made.set(planned.name, compositeAlarm(planned, around, made));
  for (const planned of rules) eventAlarm(planned, around);
}

function ringing(
  { topics }: Surroundings,
  severity: Severity,
): { alarmActions: $util.Input<string>[]; okActions?: $util.Input<string>[] } {
  const topic = topics.get(TOPIC_OF[severity]);
  if (topic === undefined) throw new Error(`no topic for ${severity}`);
  // Nobody waits for the end of what was only to be known.
  return severity === 'info' ? { alarmActions: [topic.arn] } : { alarmActions: [topic.arn], okActions: [topic.arn] };
}

function metricAlarm({ name, alarm, watch, math, rings }: PlannedAlarm, around: Surroundings): $util.Resource {
  const { comparison, threshold, datapoints, periodSeconds, missing, severity } = watch;
  const [datapointsToAlarm, evaluationPeriods] = datapoints;
  const [only] = math.series;
  return new aws.cloudwatch.MetricAlarm(`Alarm-${idOf(name)}`, {
    name,
    alarmDescription: describe(alarm, watch.says, around.repository),
    comparisonOperator: COMPARISONS[comparison],
    threshold,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: MISSING[missing],
    ...(rings && ringing(around, severity)),
    ...(math.expression === null && only !== undefined
      ? single(only.series, periodSeconds, around)
      : {
          metricQueries: [
            ...math.series.map((one) => queried(one, periodSeconds, around)),
            {
              id: 'signal',
              expression: math.expression ?? '',
              label: alarm.title,
              returnData: true,
            },
          ],
        }),
  });
}

function single(series: Series, period: number, { api }: Surroundings) {
  const { namespace, metric, statistic } = series;
  return {
    namespace,
    metricName: metric,
    dimensions: dimensionsOf(series, api),
    period,
    ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
  };
}

function queried({ id, series }: { id: string; series: Series }, period: number, { api }: Surroundings) {
  const { namespace, metric, statistic } = series;
  const dimensions = dimensionsOf(series, api);
  return { id, metric: { namespace, metricName: metric, dimensions, period, stat: statistic }, returnData: false };
}

function dimensionsOf({ dimensions }: Series, api: aws.apigatewayv2.Api): Record<string, $util.Input<string>> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, value]) => [name, value === API_ID ? api.id : value]),
  );
}

const isPercentile = (statistic: string): boolean => /^p\d+$/.test(statistic);

function compositeAlarm(
  { name, alarm, severity, anyOf, noneOf }: PlannedComposite,
  around: Surroundings,
  made: ReadonlyMap<string, $util.Resource>,
): $util.Resource {
  const says = alarm.watches.filter((watch) => watch.severity === severity).map((watch) => watch.says);
  return new aws.cloudwatch.CompositeAlarm(
    `Alarm-${idOf(name)}`,
    {
      alarmName: name,
      alarmDescription: describe(alarm, says.join('; or '), around.repository),
      alarmRule: compositeRule({ anyOf, noneOf }),
      ...ringing(around, severity),
    },
    // CloudWatch refuses a rule about an alarm that is not there yet.
    { dependsOn: [...anyOf, ...noneOf].flatMap((child) => made.get(child) ?? []) },
  );
}

function eventAlarm({ name, shortName, alarm, watch }: PlannedRule, around: Surroundings): void {
  const { topics, bus, deadLetters } = around;
  const topic = topics.get(TOPIC_OF[watch.severity]);
  if (topic === undefined) throw new Error(`no topic for ${watch.severity}`);
  const rule = new aws.cloudwatch.EventRule(`Rule-${shortName}`, {
    name,
    description: `${alarm.id} ${alarm.title}: ${watch.says}. Runbook ${alarm.runbook.id}.`,
    ...(watch.bus === 'frontdesk' && { eventBusName: bus.name }),
    eventPattern: JSON.stringify(watch.pattern),
  });
  new aws.cloudwatch.EventTarget(`Target-${shortName}`, {
    rule: rule.name,
    targetId: 'topic',
    ...(watch.bus === 'frontdesk' && { eventBusName: bus.name }),
    arn: topic.arn,
    deadLetterConfig: { arn: deadLetters.arn },
    // Codes and ids alone; who did it stands in CloudTrail and in the flag's history.
    inputTransformer: {
      inputPaths: { event: '$.id', at: '$.time' },
      inputTemplate: JSON.stringify(
        `${alarm.id} (${watch.severity}) ${describe(alarm, watch.says, around.repository)} Event <event> at <at>.`,
      ),
    },
  });
}

/** `frontdesk-prod-Q3-high` → `Q3-high`: the stage stands in every name already. */
function idOf(name: string): string {
  return name.replace(`frontdesk-${$app.stage}-`, '');
}
