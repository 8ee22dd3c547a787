/** Every alarm of platform §6.5 and §9.6, declared once: CloudWatch, the one-machine platform, `status` and docs/alarms.md follow from it. */
import { costAlarms } from './alarms/cost.ts';
import { driftAlarms } from './alarms/drift.ts';
import { effectAlarms } from './alarms/effects.ts';
import { feedbackAlarms } from './alarms/feedback.ts';
import { functionAlarms } from './alarms/functions.ts';
import { intakeAlarms } from './alarms/intake.ts';
import { queueAlarms } from './alarms/queues.ts';
import { safetyAlarms } from './alarms/safety.ts';
import type { AlarmSpec, MetricWatch, Severity } from './alarms/types.ts';
import { vendorAlarms } from './alarms/vendors.ts';

/** The alarms of a stage. @param env  which names its resources have */
export function alarmsOf(env: string): readonly AlarmSpec[] {
  return [
    intakeAlarms,
    queueAlarms,
    functionAlarms,
    vendorAlarms,
    safetyAlarms,
    feedbackAlarms,
    effectAlarms,
    costAlarms,
    driftAlarms,
  ].flatMap((alarms) => alarms(env));
}

/** The threshold that an alarm has for a severity. Throws when there is none: a misspelt id is a bug. */
export function thresholdOf(id: string, severity: Severity): number {
  const found = alarmsOf('any')
    .find((alarm) => alarm.id === id)
    ?.watches.find((watch): watch is MetricWatch => watch.kind === 'metric' && watch.severity === severity);
  if (found === undefined) throw new Error(`no alarm ${id} has a threshold for ${severity}`);
  return found.threshold;
}

/** The page of an alarm's runbook. Throws when there is no such alarm. */
export function runbookOf(id: string): string {
  const found = alarmsOf('any').find((alarm) => alarm.id === id);
  if (found === undefined) throw new Error(`no alarm ${id}`);
  return found.runbook.page;
}
