/** Judges the alarms of the stage once a minute, keeps what rings, and tells what begins and what ends. */
import type { AlarmSpec, EventWatch, Watch } from '../../stacks/alarms/types.ts';
import type { Timing } from '../aws/time.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';
import { readRinging, writeRinging } from './alarms-file.ts';
import { eventAlarms, type HeardEvent } from './event-alarms.ts';
import type { Poster } from './poster.ts';
import { judgeAll, type Ringing, type Transition } from './standing.ts';

export type AlarmWatch = {
  /** What rings now, the events of the last hour included. */
  ringing(): readonly Ringing[];
  hear(bus: EventWatch['bus'], event: HeardEvent): void;
  stop(): void;
};

export type AlarmOptions = {
  readonly alarms: readonly AlarmSpec[];
  readonly reader: MetricReader;
  readonly timing: Timing;
  /** Whether the shop's own customers write to the instance. */
  readonly hasCustomers: boolean;
  /** Of `alarms.json`; `null` keeps nothing on disk. */
  readonly file: string | null;
  /** `null` where nobody is told but by the log and `status`. */
  readonly poster: Poster | null;
  readonly onTransition: (transition: Transition) => void;
  readonly onTrouble: (what: string) => void;
};

const MINUTE_MS = 60_000;
/** What was recorded in a minute is read a little after its end. */
const SETTLING_MS = 2_000;
/** An event is over when it is told; it is shown for an hour, so that who looks later sees it. */
const SHOWN_MS = 3_600_000;

export function startAlarms(options: AlarmOptions): AlarmWatch {
  const { alarms, reader, timing, hasCustomers, file, poster, onTransition, onTrouble } = options;
  const { timeScale } = timing;
  const eventsOf = eventAlarms(alarms);
  const kept = file === null ? [] : readRinging(file);
  const keptOf = (kind: Watch['kind']): readonly Ringing[] =>
    kept.filter(({ id }) =>
      alarms.some((alarm) => alarm.id === id && alarm.watches.some((watch) => watch.kind === kind)),
    );
  let ringing = keptOf('metric');
  let events = keptOf('event');
  let isStopped = false;
  let cancel = (): void => {};

  function tell(transitions: readonly Transition[]): void {
    for (const transition of transitions) {
      onTransition(transition);
      poster?.post(transition);
    }
  }

  function keep(): void {
    if (file === null) return;
    try {
      writeRinging(file, standing());
    } catch {
      onTrouble('what rings could not be written to the data folder: status shows an older state');
    }
  }

  function standing(): readonly Ringing[] {
    const oldest = timing.now() - SHOWN_MS * timeScale;
    events = events.filter(({ since }) => Date.parse(since) > oldest);
    return [...ringing, ...events];
  }

  function round(): void {
    if (isStopped) return;
    try {
      const shown = standing().length;
      const next = judgeAll(alarms, ringing, { reader, nowMs: timing.now(), timeScale }, hasCustomers);
      ringing = next.ringing;
      tell(next.transitions);
      if (next.transitions.length > 0 || next.ringing.length > 0 || shown !== standing().length) keep();
    } catch {
      onTrouble('the alarms could not be judged; tried again in a minute');
    }
    schedule();
  }

  function schedule(): void {
    const minuteMs = MINUTE_MS * timeScale;
    const next = (Math.floor(timing.now() / minuteMs) + 1) * minuteMs + SETTLING_MS * timeScale;
    cancel = timing.setTimer(round, next - timing.now());
  }

  // What a former process left is judged by its own first round; what it told is not told again.
  keep();
  schedule();
  return {
    ringing: standing,
    hear(bus, event) {
      const heard = eventsOf(bus, event, timing.now());
      if (heard.length === 0) return;
      const isNew = ({ signal }: Ringing): boolean => heard.every((one) => one.signal !== signal);
      events = [...events.filter(isNew), ...heard.map(({ state: _, ...shown }) => shown)];
      tell(heard);
      keep();
    },
    stop() {
      isStopped = true;
      cancel();
      poster?.stop();
    },
  };
}
