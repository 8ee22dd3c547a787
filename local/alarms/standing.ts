/** Which alarms ring, from judgement to judgement: what began, what grew worse, what is over. Pure. */
import type { AlarmSpec, MetricWatch, Severity } from '../../stacks/alarms/types.ts';
import { SEVERITIES } from '../../stacks/alarms/types.ts';
import { judge, type Moment } from './judge.ts';

/** An alarm that rings. No customer, no ticket and no text is in it. */
export type Ringing = {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What is wrong, with the part it is wrong with. */
  readonly signal: string;
  /** `null` where nothing was recorded at all. */
  readonly value: number | null;
  readonly threshold: number | null;
  readonly runbook: string;
  /** RFC 3339: when it began, at whatever severity. */
  readonly since: string;
};

export type Transition = { readonly state: 'alarm' | 'ok' | 'event' } & Ringing;

export type Standing = { readonly ringing: readonly Ringing[]; readonly transitions: readonly Transition[] };

/**
 * Judges every alarm anew. The worst severity of an alarm is the one that counts; a change of severity is a transition too.
 *
 * @param before  what rang until now
 * @param hasCustomers  whether the shop's own customers write to the instance
 */
export function judgeAll(
  alarms: readonly AlarmSpec[],
  before: readonly Ringing[],
  moment: Moment,
  hasCustomers: boolean,
): Standing {
  const ringing: Ringing[] = [];
  const transitions: Transition[] = [];
  for (const alarm of alarms) {
    const former = before.find(({ id }) => id === alarm.id);
    const now = ringingNow(alarm, former, moment, hasCustomers);
    if (now !== null) ringing.push(now);
    if (now !== null && now.severity !== former?.severity) transitions.push({ state: 'alarm', ...now });
    if (now === null && former !== undefined) transitions.push({ state: 'ok', ...former });
  }
  return { ringing, transitions };
}

function ringingNow(
  alarm: AlarmSpec,
  former: Ringing | undefined,
  moment: Moment,
  hasCustomers: boolean,
): Ringing | null {
  for (const severity of SEVERITIES.toReversed()) {
    const troubles = alarm.watches
      .filter((watch): watch is MetricWatch => watch.kind === 'metric' && watch.severity === severity)
      .filter((watch) => hasCustomers || !watch.needsCustomers)
      .flatMap((watch) => troublesOf(watch, moment, former?.severity === severity));
    const [first] = troubles;
    if (first === undefined) continue;
    return {
      id: alarm.id,
      title: alarm.title,
      severity,
      signal: signalOf(alarm, troubles),
      value: first.value,
      threshold: first.watch.threshold,
      runbook: alarm.runbook.page,
      since: former?.since ?? new Date(moment.nowMs).toISOString(),
    };
  }
  return null;
}

type Trouble = { readonly watch: MetricWatch; readonly part: string; readonly value: number | null };

function troublesOf(watch: MetricWatch, moment: Moment, wasRinging: boolean): Trouble[] {
  return watch.parts.flatMap(({ part, signal }) => {
    const { state, value } = judge(watch, signal, moment);
    return state === 'trouble' || (state === 'keep' && wasRinging) ? [{ watch, part, value }] : [];
  });
}

function signalOf({ title }: AlarmSpec, troubles: readonly Trouble[]): string {
  const parts = [...new Set(troubles.map(({ part }) => part).filter((part) => part !== ''))];
  const says = [...new Set(troubles.map(({ watch }) => watch.says))].join('; ');
  return `${title}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}: ${says}`;
}
