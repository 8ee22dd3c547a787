/** Expectations: platform §6.5 by hand; CloudWatch's own limits; what the metrics' declarations say of themselves. */
import { describe, expect, it } from 'vitest';
import { isMetricName, METRICS, type MetricDeclaration } from '../functions/shared/telemetry/metrics.ts';
import { compilePattern } from '../local/aws/eventbridge/pattern.ts';
import { metricMath } from './alarms/expression.ts';
import { hoursInUtc } from './alarms/hours.ts';
import { compositeRule, describe as described, planOf } from './alarms/plan.ts';
import { native, own, type Series, type Signal, seriesOf, share, sum } from './alarms/signal.ts';
import type { AlarmSpec, EventWatch, MetricWatch } from './alarms/types.ts';
import { dashboardBody } from './dashboards/body.ts';
import { alarmsOf, runbookOf, thresholdOf } from './topology-alarms.ts';
import { dashboardsOf } from './topology-dashboards.ts';

const ALARMS = alarmsOf('prod');
const PLAN = planOf('prod', ALARMS);

/** Id, severities, runbook: the table of platform §6.5, and the two pages of §9.6. */
const TABLE = `
A1 page,high R001 | A2 high R001 | A3 high,medium R001 | A4 high R001 | A5 high R001
Q1 high R005 | Q2 page,high R005 | Q3 page,high R005 | Q4 high R005
W1 high R004 | W2 medium R005 | D1 medium R005
V1 high,medium R004 | V3 high,info R004 | V4 high R004
S1 high R001 | S2 high R003 | S3 critical break-glass | S4 critical R003 | S5 critical R003 | S6 critical,info R005
S7 high R003 | S8 high R003 | S9 info kill-switch
F1 page R003 | F2 page R008
P1 medium R001 | P2 medium R003 | P3 high R005
C1 medium R006 | C2 high,medium,info R006
M1 ticket R002 | M2 ticket R002 | M3 ticket R002 | M4 ticket R002 | M5 ticket R002 | M6 ticket R002`;

const ORDER = ['critical', 'page', 'high', 'medium', 'ticket', 'info'];
const rowOf = ({ id, watches, runbook }: AlarmSpec): string => {
  const severities = ORDER.filter((one) => watches.some(({ severity }) => severity === one));
  return `${id} ${severities.join(',')} ${runbook.id.replace(' ', '-')}`;
};

describe('the alarms', () => {
  it('are those of platform §6.5, with their severities and runbooks', () => {
    const rows = TABLE.trim()
      .split(/[|\n]/)
      .map((row) => row.trim());
    expect(ALARMS.map(rowOf).sort()).toEqual(rows.sort());
  });

  it('look at metrics that are declared, by a dimension that these have, with a statistic that says something', () => {
    const graphs = dashboardsOf('prod').flatMap(({ graphs: all }) =>
      all.flatMap((graph) => (graph.kind === 'logs' ? [] : graph.lines.map(({ signal }) => signal))),
    );
    const watched = ALARMS.flatMap(({ watches }) => watches)
      .filter((watch): watch is MetricWatch => watch.kind === 'metric')
      .flatMap(({ parts }) => parts.map(({ signal }) => signal));
    const ours = [...graphs, ...watched].flatMap(seriesOf).filter(({ namespace }) => namespace === 'frontdesk');
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.flatMap(objectionTo)).toEqual([]);
  });

  it.each([
    ['Q2', 'high', 120],
    ['Q2', 'page', 300],
    ['Q3', 'high', 1],
    ['Q3', 'page', 5],
    ['S8', 'high', 3],
    ['P1', 'medium', 10],
  ] as const)('%s is %s from %d on', (id, severity, threshold) => expect(thresholdOf(id, severity)).toBe(threshold));

  it('name no threshold and no page of an alarm that is not there', () => {
    expect(() => thresholdOf('Q9', 'high')).toThrow('no alarm Q9');
    expect(() => thresholdOf('Q2', 'info')).toThrow('Q2');
    expect(() => runbookOf('Q9')).toThrow('no alarm Q9');
  });

  it('fail closed where silence is the trouble (A5, P3)', () => {
    const treatment = (id: string) =>
      ALARMS.find((alarm) => alarm.id === id)?.watches.map((watch) => watch.kind === 'metric' && watch.missing);
    expect([treatment('A5'), treatment('P3')]).toEqual([['trouble'], ['trouble']]);
  });
});

describe('who watches the watchers', () => {
  const signalOf = (id: string, name: string, part: string): Signal => {
    const watches = ALARMS.find((alarm) => alarm.id === id)?.watches ?? [];
    const found = watches.find((watch): watch is MetricWatch => watch.kind === 'metric' && watch.name === name);
    const signal = found?.parts.find((one) => one.part === part)?.signal;
    if (signal === undefined) throw new Error(`${id} has no ${name} ${part}`);
    return signal;
  };

  it('a sweeper that does not run is trouble, since nobody else tells how long messages wait (Q2)', () => {
    const unwatched = signalOf('Q2', 'unwatched', '');
    expect(metricMath(unwatched).expression).toBe('IF(FILL(m1, 0) >= 1, (FILL(m2, 0)), 1)');
    expect(seriesOf(unwatched).map(({ metric, dimensions }) => [metric, dimensions])).toEqual([
      ['ingress.requests_total', { env: 'prod', result: 'accepted' }],
      ['Invocations', { FunctionName: 'frontdesk-prod-sweeper' }],
    ]);
  });

  it('what cannot even be put into a failure queue is heard of (Q4)', () => {
    const metrics = seriesOf(signalOf('Q4', 'dropped', 'classify')).map(({ metric }) => metric);
    expect(metrics).toEqual(['AsyncEventsDropped', 'DestinationDeliveryFailures']);
  });
});

/** What a metric's own declaration has against a series of it. */
function objectionTo({ metric, dimensions, statistic }: Series): string[] {
  if (!isMetricName(metric)) return [`${metric} is not declared`];
  const { by, kind }: MetricDeclaration = METRICS[metric];
  const { env: _, ...others } = dimensions;
  const strange = Object.keys(others).filter((name) => name !== by);
  const fits = { count: ['Sum', 'p95'], distribution: ['p95', 'p99'], gauge: ['Maximum', 'Sum'] }[kind];
  return [
    ...strange.map((name) => `${metric} has no dimension ${name}`),
    ...(fits.includes(statistic) ? [] : [`${metric} is a ${kind}: ${statistic} says little`]),
  ];
}

describe('what CloudWatch is asked for', () => {
  it('keeps to its limits', () => {
    for (const { name, alarm, watch, math } of PLAN.metricAlarms) {
      const range = watch.periodSeconds * watch.datapoints[1];
      expect(math.series.length, name).toBeLessThanOrEqual(10);
      expect((math.expression ?? '').length, name).toBeLessThanOrEqual(1024);
      expect(described(alarm, watch.says, null).length, name).toBeLessThanOrEqual(1024);
      expect(range, name).toBeLessThanOrEqual(watch.periodSeconds >= 3_600 ? 7 * 86_400 : 86_400);
      expect(watch.datapoints[0], name).toBeLessThanOrEqual(watch.datapoints[1]);
      expect(watch.periodSeconds % 60, name).toBe(0);
    }
    for (const composite of PLAN.composites) {
      expect(composite.anyOf.length + composite.noneOf.length, composite.name).toBeLessThanOrEqual(100);
      expect(compositeRule(composite).length, composite.name).toBeLessThanOrEqual(10_240);
    }
  });

  it('rings once a severity, and not for the lesser one while the worse one rings', () => {
    const names = [...PLAN.metricAlarms, ...PLAN.composites, ...PLAN.rules].map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const ringing = [...PLAN.metricAlarms.filter(({ rings }) => rings), ...PLAN.composites].map(({ name }) => name);
    const severities = ALARMS.flatMap(({ id, watches }) =>
      ORDER.filter((one) => watches.some((watch) => watch.kind === 'metric' && watch.severity === one)).map(
        (severity) => `frontdesk-prod-${id}-${severity}`,
      ),
    );
    expect(ringing.sort()).toEqual(severities.sort());
    const lesser = PLAN.composites.find(({ name }) => name === 'frontdesk-prod-Q2-high');
    expect(lesser && compositeRule(lesser)).toBe(
      '(ALARM("frontdesk-prod-Q2-high-signal") OR ALARM("frontdesk-prod-Q2-high-unwatched")) AND NOT (ALARM("frontdesk-prod-Q2-page"))',
    );
  });

  it('asks only production about customers, and for the break-glass role', () => {
    const dev = planOf('dev', alarmsOf('dev'));
    const missing = (id: string) => [...dev.metricAlarms, ...dev.rules].every(({ alarm }) => alarm.id !== id);
    expect(['A5', 'P3', 'S3', 'S7', 'M6', 'A4'].map(missing)).toEqual([true, true, true, true, true, false]);
  });

  it('tells what, what first, which page and whose', () => {
    const [alarm] = ALARMS.filter(({ id }) => id === 'A4');
    expect(alarm && described(alarm, '1 in five minutes', null)).toBe(
      'A message could not be recorded or published: 1 in five minutes. First: Look at DynamoDB and the bus; what was ' +
        'answered 500 comes again, or the reconciler finds it. Runbook R001: docs/runbooks/R001.md. Owner: engineering.',
    );
    expect(alarm && described(alarm, '', 'shop/frontdesk')).toContain(
      'https://github.com/shop/frontdesk/blob/main/docs/runbooks/R001.md',
    );
  });

  it('writes a signal as metric math', () => {
    const errors = native('AWS/Lambda', 'Errors', 'Sum', { FunctionName: 'f' });
    const runs = native('AWS/Lambda', 'Invocations', 'Sum', { FunctionName: 'f' });
    expect(metricMath(errors)).toEqual({ series: [{ id: 'm1', series: errors }], expression: null });
    expect(metricMath(share(errors, runs, 5)).expression).toBe('IF(FILL(m2, 0) >= 5, FILL(m1, 0) / FILL(m2, 0), 0)');
    expect(metricMath(sum(errors, runs, errors))).toMatchObject({
      series: [{ id: 'm1' }, { id: 'm2' }],
      expression: '(FILL(m1, 0) + FILL(m2, 0) + FILL(m1, 0))',
    });
    expect(metricMath({ kind: 'rise', of: runs }).expression).toBe('DIFF(m1)');
    expect(metricMath({ kind: 'when', condition: errors, atLeast: 1, value: runs, otherwise: 0 }).expression).toBe(
      'IF(FILL(m1, 0) >= 1, m2, 0)',
    );
    expect(metricMath({ kind: 'hours', hours: [14, 15], of: runs, otherwise: 1 }).expression).toBe(
      'IF(HOUR(m1) == 14 OR HOUR(m1) == 15, FILL(m1, 0), 1)',
    );
  });
});

describe('hours of the shop’s day', () => {
  it.each([
    // New York is 5 hours behind in winter and 4 in summer: 9:00 is 14:00 or 13:00, 21:00 is 2:00 or 1:00.
    ['America/New_York', [0, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]],
    ['UTC', [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]],
    ['Asia/Tokyo', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ])('%s', (zone, hours) => expect(hoursInUtc(zone, 9, 21)).toEqual(hours));
});

describe('events that are alarms', () => {
  const rung = (bus: EventWatch['bus'], event: object) =>
    PLAN.rules.filter(({ watch }) => watch.bus === bus && compilePattern(watch.pattern)(event)).map(({ name }) => name);
  const call = (source: string, eventName: string, requestParameters: object) => ({
    source: `aws.${source}`,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: `${source}.amazonaws.com`, eventName, requestParameters },
  });
  const arn = (resource: string) => `arn:aws:events:us-east-2:000000000000:${resource}`;
  const replay = (filterArns: readonly string[] | null, archive = 'frontdesk-prod-facts') =>
    call('events', 'StartReplay', {
      replayName: 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      eventSourceArn: arn(`archive/${archive}`),
      destination: { arn: arn('event-bus/frontdesk-prod'), ...(filterArns && { filterArns }) },
    });
  const rule = (name: string) => arn(`rule/frontdesk-prod/${name}`);

  it.each([
    ['reaches a twin', [rule('auditor-all-replay')], ['started']],
    ['reaches a rule that is none', [rule('responder-reply')], ['astray']],
    ['reaches one of each', [rule('auditor-all-replay'), rule('responder-reply')], ['started', 'astray']],
    ['names no rule', null, ['unbounded']],
  ] as const)('a replay that %s', (_, rules, names) => {
    expect(rung('default', replay(rules))).toEqual(names.map((name) => `frontdesk-prod-alarm-S6-${name}`));
  });

  it('another stage’s replay is not ours', () =>
    expect(rung('default', replay([rule('responder-reply')], 'frontdesk-dev-facts'))).toEqual([]));

  it('taking the break-glass role rings, any other role does not', () => {
    const taken = (role: string) =>
      rung('default', call('sts', 'AssumeRole', { roleArn: `arn:aws:iam::000000000000:role/${role}` }));
    expect(taken('prod-breakglass-admin')).toEqual(['frontdesk-prod-alarm-S3-assumed']);
    expect(taken('frontdesk-prod-operator-flags')).toEqual([]);
  });

  it('what is changed with the break-glass role rings wherever it was taken, with any other role it does not', () => {
    const changed = (role: string) => {
      const { detail, ...event } = call('ssm', 'PutParameter', { name: '/frontdesk/prod/safe_mode' });
      const issuer = { type: 'Role', arn: `arn:aws:iam::000000000000:role/${role}`, userName: role };
      const userIdentity = { type: 'AssumedRole', sessionContext: { sessionIssuer: issuer } };
      return rung('default', { ...event, detail: { ...detail, userIdentity } });
    };
    expect(changed('prod-breakglass-admin')).toEqual(['frontdesk-prod-alarm-S3-used']);
    expect(changed('frontdesk-prod-operator-flags')).toEqual([]);
  });

  it('a switch that is set is told, its replay is not', () => {
    const set = { source: 'frontdesk.flag-watcher', 'detail-type': 'SafeModeChanged', detail: {} };
    expect(rung('frontdesk', set)).toEqual(['alarm-S9-changed']);
    expect(rung('frontdesk', { ...set, 'replay-name': 'rebuild-1' })).toEqual([]);
  });

  it('what an agent reports of personal data or a chargeback pages, whoever states it; other feedback does not', () => {
    const told = (tag: string, source = 'frontdesk.reconciler') =>
      rung('frontdesk', {
        source,
        'detail-type': 'AgentFeedbackReceived',
        detail: { data: { tagCodes: [tag], appliedAt: '2026-01-31T09:30:00.000Z' } },
      });
    expect(told('mw:feedback:pii_risk')).toEqual(['alarm-F1-reported']);
    expect(told('mw:feedback:pii_risk', 'frontdesk.ingest')).toEqual(['alarm-F1-reported']);
    expect(told('mw:feedback:chargeback_mishandled')).toEqual(['alarm-F2-reported']);
    expect(told('mw:feedback:misroute')).toEqual([]);
  });
});

describe('the dashboards', () => {
  it('are A to G, with something on each', () => {
    const dashboards = dashboardsOf('prod');
    expect(dashboards.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    for (const { id, graphs } of dashboards) {
      expect(graphs.length, id).toBeGreaterThanOrEqual(3);
      const { widgets } = dashboardBody({ graphs }, 'us-east-2');
      expect(widgets).toHaveLength(graphs.length);
      expect(JSON.stringify({ widgets }).length, id).toBeLessThan(1_000_000);
    }
  });

  it('become widgets, three a row, with ids of their own for each line', () => {
    const a = own('prod', 'verify.approved_total', 'Sum');
    const b = own('prod', 'verify.denied_total', 'Sum');
    const lines = [
      { label: 'share', signal: share(a, b) },
      { label: 'plain', signal: a },
    ];
    const graph = { kind: 'lines', title: 'Verdicts', periodSeconds: 300, lines } as const;
    const { widgets } = dashboardBody({ graphs: [graph, graph, graph, graph] }, 'us-east-2');
    expect(widgets[3]).toEqual({
      type: 'metric',
      x: 0,
      y: 6,
      width: 8,
      height: 6,
      properties: {
        title: 'Verdicts',
        region: 'us-east-2',
        period: 300,
        view: 'timeSeries',
        stacked: false,
        metrics: [
          ['frontdesk', 'verify.approved_total', 'env', 'prod', { id: 'l1m1', stat: 'Sum', visible: false }],
          ['frontdesk', 'verify.denied_total', 'env', 'prod', { id: 'l1m2', stat: 'Sum', visible: false }],
          [{ id: 'l1e', expression: 'IF(FILL(l1m2, 0) >= 1, FILL(l1m1, 0) / FILL(l1m2, 0), 0)', label: 'share' }],
          ['frontdesk', 'verify.approved_total', 'env', 'prod', { id: 'l2m1', stat: 'Sum', label: 'plain' }],
        ],
      },
    });
  });
});
