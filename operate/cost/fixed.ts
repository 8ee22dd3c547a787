/** What a stage costs in a month in which nobody writes: what stands there, and what runs by the clock. Pure. */
import { RUNS } from '../../config/cost/counts.ts';
import type { Meter } from '../../config/cost/prices.ts';
import { planOf } from '../../stacks/alarms/plan.ts';
import { alarmsOf } from '../../stacks/topology-alarms.ts';
import type { Topology } from '../../stacks/topology-types.ts';
import { added, billOf, type Quantities, scaled, usdOf } from './bill.ts';
import { type Terms, withCompute } from './estimate.ts';

export type FixedLine = { readonly what: string; readonly usd: number };

const MONTH_SECONDS = 30 * 86_400;
/** Lambda polls a queue with five long polls of 20 s each, whether anything is in it or not. */
const POLLS_A_MINUTE = 15;
/** Dashboards A–G (platform §6.4). */
const DASHBOARDS = 7;
/** One list of rules in front of the door in production (platform §1.2), with what a small one has. */
const WAF = { acls: 1, rules: 4 };
/** One customer key a stage (platform §4.6). */
const KEYS = 1;
/** A function that works with a table asks for its data key anew after five minutes, at most. */
const DATA_KEY_SECONDS = 300;
/** The stage that is reckoned: it has the most. */
const STAGE = 'prod';

/** Needs the topology whole: its secrets, tables, functions and their schedules. */
export function fixedMonth(terms: Terms, topology: Pick<Topology, 'secrets' | 'tables' | 'functions'>): FixedLine[] {
  const { secrets, tables, functions } = topology;
  const later = functions.filter(({ laterQueue }) => laterQueue).length;
  const { metricAlarms, composites } = planOf(STAGE, alarmsOf(STAGE));
  const alarms = metricAlarms.reduce((sum, { math }) => sum + math.series.length, 0);
  const dataKeys = (tables.length * functions.length * MONTH_SECONDS) / DATA_KEY_SECONDS;
  const polls = (later * POLLS_A_MINUTE * MONTH_SECONDS) / 60;
  const line = (what: string, quantities: Quantities): FixedLine => ({
    what,
    usd: usdOf(billOf(quantities, terms.prices)),
  });
  const one = (what: string, meter: Meter, amount: number): FixedLine => line(what, { [meter]: amount });
  return [
    one(`${alarms} metrics of ${metricAlarms.length} alarms`, 'cloudwatch.alarm_month', alarms),
    one(`${composites.length} composite alarms`, 'cloudwatch.composite_month', composites.length),
    one(`${DASHBOARDS} dashboards`, 'cloudwatch.dashboard_month', DASHBOARDS),
    one(
      `${terms.counts.metrics} custom metrics, as seen in the counted run`,
      'cloudwatch.metric_month',
      terms.counts.metrics,
    ),
    one(`${secrets.length} secrets`, 'secrets.secret_month', secrets.length),
    line(`${KEYS} key and at most ${Math.round(dataKeys / 1000)},000 data keys`, {
      'kms.key_month': KEYS,
      'kms.request': dataKeys,
    }),
    line(`${WAF.acls} web ACL with ${WAF.rules} rules`, { 'waf.acl_month': WAF.acls, 'waf.rule_month': WAF.rules }),
    one(`polls of ${later} later queues`, 'sqs.request', polls),
    ...RUNS.map((name) => {
      const every = functions.find((spec) => spec.name === name)?.scheduleSeconds;
      if (every === null || every === undefined) throw new Error(`${name} has no schedule`);
      const runs = MONTH_SECONDS / every;
      return line(
        `${runs} runs of ${name} with nothing to do`,
        scaled(added(withCompute(terms.counts.runs[name], terms)), runs),
      );
    }),
  ];
}
