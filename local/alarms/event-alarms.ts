/** Alarms that are events: told when the bus, or the stand-in for CloudTrail, says what their patterns ask for. */
import type { AlarmSpec, EventWatch } from '../../stacks/alarms/types.ts';
import { type CompiledPattern, compilePattern } from '../aws/eventbridge/pattern.ts';
import type { Transition } from './standing.ts';

/** An event as EventBridge shows it to a rule. */
export type HeardEvent = { readonly source: string; readonly 'detail-type': string; readonly detail: unknown };

type Pattern = { readonly alarm: AlarmSpec; readonly watch: EventWatch; readonly matches: CompiledPattern };

/** Answers what an event on a bus rings. */
export function eventAlarms(
  alarms: readonly AlarmSpec[],
): (bus: EventWatch['bus'], event: HeardEvent, nowMs: number) => Transition[] {
  const patterns: Pattern[] = alarms.flatMap((alarm) =>
    alarm.watches
      .filter((watch): watch is EventWatch => watch.kind === 'event')
      .map((watch) => ({ alarm, watch, matches: compilePattern(watch.pattern) })),
  );
  return (bus, event, nowMs) =>
    patterns
      .filter(({ watch, matches }) => watch.bus === bus && matches(event))
      .map(({ alarm, watch }) => ({
        state: 'event',
        id: alarm.id,
        title: alarm.title,
        severity: watch.severity,
        signal: `${alarm.title}: ${watch.says}`,
        value: null,
        threshold: null,
        runbook: alarm.runbook.page,
        since: new Date(nowMs).toISOString(),
      }));
}
