/** Schedules: rate rules whose target is a function, invoked asynchronously like any event. */
import { randomUUID } from 'node:crypto';
import type { EnqueueInvocation } from '../eventbridge/deliveries.ts';
import { createAlarm, realTiming, type Timing } from '../time.ts';

export type Schedules = {
  /** All of them, once, beside their rate. */
  ring(): void;
  stop(): void;
};

export type Schedule = {
  readonly ruleArn: string;
  readonly functionArn: string;
  readonly everySeconds: number;
};

/**
 * Every schedule rings once at the start (architecture §10, ruling 28), then at its rate. Rings that were missed, as while
 * the machine slept, are not made up for.
 */
export function startSchedules(
  schedules: readonly Schedule[],
  context: {
    readonly enqueue: EnqueueInvocation;
    readonly accountId: string;
    readonly region: string;
    readonly timing?: Timing;
    readonly newId?: () => string;
  },
): Schedules {
  const timing = context.timing ?? realTiming();
  const newId = context.newId ?? randomUUID;
  const alarms = schedules.map((schedule) => {
    const periodMs = schedule.everySeconds * 1_000 * timing.timeScale;
    let planned = timing.now();
    const alarm = createAlarm(timing, () => {
      const now = timing.now();
      // A long period outlasts one timer; it rings early and waits on.
      if (now >= planned) {
        invoke(schedule);
        planned += periodMs * (Math.floor((now - planned) / periodMs) + 1);
      }
      alarm.at(planned);
    });
    alarm.at(planned);
    return alarm;
  });

  function invoke(schedule: Schedule): void {
    const payload = scheduledEvent(schedule, timing.now());
    context.enqueue({ functionArn: schedule.functionArn, payload, delayMs: 0 });
  }

  function scheduledEvent(schedule: Schedule, now: number): string {
    return JSON.stringify({
      version: '0',
      id: newId(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: context.accountId,
      time: `${new Date(now).toISOString().slice(0, 19)}Z`,
      region: context.region,
      resources: [schedule.ruleArn],
      detail: {},
    });
  }

  return {
    ring() {
      for (const schedule of schedules) invoke(schedule);
    },
    stop() {
      for (const alarm of alarms) alarm.stop();
    },
  };
}
