/** How alarms are held against platform §6.5. */
import { describe, expect, it } from 'vitest';
import { arnOf, graphOf, resourceOf } from '../testing.ts';
import { judgeAlarms } from './alarms.ts';

const wanted = [
  {
    id: 'A4',
    spec: 'platform §6.5',
    what: 'publish failed',
    runbook: 'R001',
    watches: [{ severity: 'high', fires: '>= 1', seconds: 300 }],
  },
];
const alarm = {
  name: 'frontdesk-dev-A4-high',
  alarmDescription: 'Runbook R001: docs/runbooks/R001.md.',
  alarmActions: [arnOf('sns', 'frontdesk-dev-alarms-high')],
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 0,
  period: 60,
  evaluationPeriods: 5,
};
const judged = (changes: object) =>
  judgeAlarms(graphOf([resourceOf('aws:cloudwatch/metricAlarm:MetricAlarm', { ...alarm, ...changes })]), wanted);

describe('an alarm', () => {
  it('that fires at the threshold, over the time, is heard and guides', () => {
    expect(judged({})).toEqual([]);
  });

  it.each([
    { changes: { threshold: 5 }, says: 'none fires at >= 1 over 300 s' },
    { changes: { comparisonOperator: 'LessThanThreshold' }, says: 'none fires at >= 1 over 300 s' },
    { changes: { evaluationPeriods: 15 }, says: 'none fires at >= 1 over 300 s' },
    { changes: { alarmActions: [] }, says: 'nothing rings high for high' },
    { changes: { alarmActions: [arnOf('sns', 'frontdesk-dev-alarms-info')] }, says: 'nothing rings high for high' },
    { changes: { alarmDescription: 'Look at it' }, says: 'frontdesk-dev-A4-high names no R001' },
    { changes: { name: 'frontdesk-dev-A5-high' }, says: 'nothing rings high for high' },
  ])('with $changes is told', ({ changes, says }) => {
    expect(judged(changes)).toEqual([`A4 (platform §6.5): ${says}`]);
  });
});
