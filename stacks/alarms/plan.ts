/**
 * From the declarations to what CloudWatch and EventBridge are asked for: names, metric alarms, and composites. A severity of
 * an alarm rings once, however many parts it has, and stays silent while a worse severity of the same alarm rings. Pure.
 */
import { type MetricMath, metricMath } from './expression.ts';
import { type AlarmSpec, type EventWatch, type MetricWatch, SEVERITIES, type Severity } from './types.ts';

export type PlannedAlarm = {
  readonly name: string;
  readonly alarm: AlarmSpec;
  readonly watch: MetricWatch;
  readonly math: MetricMath;
  /** A child of a composite, which rings in its place, rings nobody. */
  readonly rings: boolean;
};
export type PlannedComposite = {
  readonly name: string;
  readonly alarm: AlarmSpec;
  readonly severity: Severity;
  /** Names of alarms that are planned before it. */
  readonly anyOf: readonly string[];
  readonly noneOf: readonly string[];
};
export type PlannedRule = {
  /** On its bus; the default bus is the whole account's, so our name stands in front there. */
  readonly name: string;
  /** As the topology's rules are named, for whoever makes an ARN of it. */
  readonly shortName: string;
  readonly alarm: AlarmSpec;
  readonly watch: EventWatch;
};

export type Plan = {
  readonly metricAlarms: readonly PlannedAlarm[];
  readonly composites: readonly PlannedComposite[];
  readonly rules: readonly PlannedRule[];
};

/** The one stage to which the shop's own customers write. */
const WITH_CUSTOMERS = 'prod';

export function planOf(env: string, alarms: readonly AlarmSpec[]): Plan {
  const plans = alarms.map((alarm) => planned(env, alarm));
  return {
    metricAlarms: plans.flatMap(({ metricAlarms }) => metricAlarms),
    composites: plans.flatMap(({ composites }) => composites),
    rules: plans.flatMap(({ rules }) => rules),
  };
}

/**
 * Everything a person needs who has nothing but the message: what, what first, which page, whose.
 *
 * @param repository  `owner/name` on GitHub, where the page can be opened; `null` where none is known
 */
export function describe({ title, first, runbook, owner }: AlarmSpec, says: string, repository: string | null): string {
  const page = repository === null ? runbook.page : `https://github.com/${repository}/blob/main/${runbook.page}`;
  return `${title}: ${says}. First: ${first} Runbook ${runbook.id}: ${page}. Owner: ${owner}.`;
}

/** CloudWatch's language for the states of other alarms. */
export function compositeRule({ anyOf, noneOf }: Pick<PlannedComposite, 'anyOf' | 'noneOf'>): string {
  const stated = (names: readonly string[]): string => names.map((name) => `ALARM("${name}")`).join(' OR ');
  return noneOf.length === 0 ? stated(anyOf) : `(${stated(anyOf)}) AND NOT (${stated(noneOf)})`;
}

function planned(env: string, alarm: AlarmSpec): Plan {
  const watches = alarm.watches.filter(
    (watch): watch is MetricWatch => watch.kind === 'metric' && (env === WITH_CUSTOMERS || !watch.needsCustomers),
  );
  const metricAlarms: PlannedAlarm[] = [];
  const composites: PlannedComposite[] = [];
  const louder: string[] = [];
  // The worst first: the others name it.
  for (const severity of SEVERITIES.toReversed()) {
    const own = watches.filter((watch) => watch.severity === severity);
    if (own.length === 0) continue;
    const name = `frontdesk-${env}-${alarm.id}-${severity}`;
    const copies = own.flatMap((watch) => watch.parts.map((part) => ({ watch, ...part })));
    const isAlone = copies.length === 1 && louder.length === 0;
    const children = copies.map(
      ({ watch, part, signal }): PlannedAlarm => ({
        name: isAlone ? name : [name, watch.name ?? 'signal', part].filter((word) => word !== '').join('-'),
        alarm,
        watch,
        math: metricMath(signal),
        rings: isAlone,
      }),
    );
    metricAlarms.push(...children);
    if (!isAlone)
      composites.push({ name, alarm, severity, anyOf: children.map((child) => child.name), noneOf: [...louder] });
    louder.push(name);
  }
  const rules = alarm.watches
    .filter((watch): watch is EventWatch => watch.kind === 'event')
    .filter(({ stages }) => stages === undefined || stages.includes(env))
    .map((watch): PlannedRule => {
      const shortName = `alarm-${alarm.id}-${watch.name}`;
      return { name: watch.bus === 'default' ? `frontdesk-${env}-${shortName}` : shortName, shortName, alarm, watch };
    });
  return { metricAlarms, composites, rules };
}
