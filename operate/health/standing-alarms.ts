/** The alarms of an instance: what the present state says, and what the instance itself judged over the last minutes. Pure. */
import type { Ringing } from '../../local/alarms/standing.ts';
import type { Severity } from '../../stacks/alarms/types.ts';
import type { Alarm } from './alarms.ts';

export type StandingAlarm = {
  readonly id: string;
  readonly signal: string;
  readonly severity: Severity;
  /** RFC 3339; `null` where the instance has not judged it yet. */
  readonly since: string | null;
  readonly runbook: string;
};

/** What is only to be known is posted and not listed: it asks nobody to do anything. */
const UNLISTED: readonly Severity[] = ['info'];
/** Who may wait for the next day finds a well instance. */
const HARMLESS: readonly Severity[] = ['info', 'ticket'];

/** The present comes first: it knows of a trouble before the instance has its minutes of proof, and how it stands. */
export function standingAlarms(present: readonly Alarm[], judged: readonly Ringing[]): StandingAlarm[] {
  const now = present.map((alarm) => ({ ...alarm, since: judged.find(({ id }) => id === alarm.id)?.since ?? null }));
  const others = judged
    .filter(({ id, severity }) => !UNLISTED.includes(severity) && present.every((alarm) => alarm.id !== id))
    .map(({ id, signal, severity, since, runbook }) => ({ id, signal, severity, since, runbook }));
  return [...now, ...others];
}

export function needsAttention(alarms: readonly Pick<StandingAlarm, 'severity'>[]): boolean {
  return alarms.some(({ severity }) => !HARMLESS.includes(severity));
}
