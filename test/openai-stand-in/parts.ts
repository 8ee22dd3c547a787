/** The adapters' parts over the real SDK and the stand-in, with waits a hundredth or so as long. */
import { SHIPPED } from '../../config/shipped.testing.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { storeBreaker } from '../../functions/shared/limits/breaker.ts';
import type { Change } from '../../functions/shared/limits/breaker-state.ts';
import type { OpenAiParts } from '../../functions/shared/openai/asking.ts';
import { sdkTransport } from '../../functions/shared/openai/live-sdk.ts';
import type { Clock, Store } from '../../functions/shared/ports.ts';
import { scaledClock } from '../../functions/shared/stage/live-local.ts';
import { scaledWaits } from '../../functions/shared/stage/scale.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import type { LogLine } from '../../functions/shared/telemetry/doors.ts';
import { memoryTelemetry } from '../../functions/shared/telemetry/memory.ts';
import type { MetricName } from '../../functions/shared/telemetry/metrics.ts';
import { STAND_IN_KEY } from './server.ts';

export type TestParts = OpenAiParts & {
  readonly lines: readonly LogLine[];
  readonly counts: ReadonlyMap<MetricName, number>;
  readonly changes: readonly Change[];
  /** What was slept, before any scale. */
  readonly slept: readonly number[];
};

export function testParts(
  url: string,
  { scale = 0.05, store, clock = liveClock() }: { scale?: number; store?: Store; clock?: Clock } = {},
): TestParts {
  const telemetry = memoryTelemetry('classify');
  const waits = scaledWaits(scale);
  const changes: Change[] = [];
  const slept: number[] = [];
  const scaled = scaledClock(clock, scale);
  return {
    transport: sdkTransport(url, async () => STAND_IN_KEY, liveClock()),
    breaker: storeBreaker(store ?? memoryStore(clock), clock, waits, 'openai', async (change) => {
      changes.push(change);
    }),
    clock: {
      ...scaled,
      sleep: (ms, until) => {
        slept.push(ms);
        return scaled.sleep(ms, until);
      },
    },
    ids: seededIds(11),
    waits,
    config: SHIPPED.config,
    log: telemetry.log,
    metrics: telemetry.metrics,
    lines: telemetry.lines,
    counts: telemetry.counts,
    changes,
    slept,
  };
}
