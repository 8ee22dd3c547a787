/**
 * Which alarms of platform §6.5 can be told from the present state alone, at once and on any stage, by the thresholds of their
 * declarations. Pure. What takes minutes of history is judged by whoever has it: CloudWatch, or the running instance.
 */
import { runbookOf, thresholdOf } from '../../stacks/topology-alarms.ts';

export type Alarm = {
  readonly id: string;
  readonly signal: string;
  readonly severity: 'high' | 'page';
  /** Where it says what to do, relative to the repository. */
  readonly runbook: string;
};

export type Signals = {
  readonly oldestUnsettledS: number;
  readonly deadLetters: number;
  readonly flagsReadable: boolean;
  readonly openBreakers: readonly string[];
};

export function alarmsNow({ oldestUnsettledS, deadLetters, flagsReadable, openBreakers }: Signals): Alarm[] {
  const alarm = (id: string, signal: string, severity: Alarm['severity'] = 'high'): Alarm => ({
    id,
    signal,
    severity,
    runbook: runbookOf(id),
  });
  const waits = `oldest unsettled message ${oldestUnsettledS} s`;
  const dead = `dead letters ${deadLetters}`;
  const alarms: (Alarm | false)[] = [
    oldestUnsettledS > thresholdOf('Q2', 'high') &&
      alarm('Q2', waits, oldestUnsettledS > thresholdOf('Q2', 'page') ? 'page' : 'high'),
    deadLetters >= thresholdOf('Q3', 'high') &&
      alarm('Q3', dead, deadLetters >= thresholdOf('Q3', 'page') ? 'page' : 'high'),
    !flagsReadable && alarm('S8', 'flags unreadable: everything behaves as in safe mode'),
    ...openBreakers.map((vendor) => alarm('V4', `circuit breaker open: ${vendor}`)),
  ];
  return alarms.filter((one) => one !== false);
}
