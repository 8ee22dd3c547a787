/** Takes what the functions write, line by line: logs, metrics and spans go where they are looked for. */

import { SPAN_KEY } from '../../functions/shared/telemetry/live-span-lines.ts';
import { openLogFile } from '../platform/log-file.ts';
import { readEmf } from './emf.ts';
import type { MetricReader } from './metric-reader.ts';
import { type Measure, nativeMetrics } from './native.ts';
import type { Recorded } from './series.ts';
import { createSeries } from './series.ts';
import { keepSeries } from './series-file.ts';

export const TRACES_FILE = 'traces.log';
/** The file and the one before it: 32 MB in all. */
const TRACES_MAX_BYTES = 16 * 1024 * 1024;

export type Collected = {
  /** One line of a function. */
  take(line: string): void;
  record(recorded: Recorded): void;
  /** Hears of every value as it is recorded. Answers how to stop. */
  listen(listener: (recorded: Recorded) => void): () => void;
  /** Of the platform itself. */
  readonly measure: Measure;
  readonly metrics: MetricReader;
  close(): void;
};

export type Places = {
  /** `null` keeps nothing on disk; so for all three. */
  readonly functionsLog: string | null;
  readonly tracesLog: string | null;
  readonly metricsLog: string | null;
  readonly env: string;
  readonly timeScale: number;
};

export function collectTelemetry({ functionsLog, tracesLog, metricsLog, env, timeScale }: Places): Collected {
  const series = createSeries(timeScale);
  const kept = keepSeries(series, metricsLog);
  const log = openLogFile(functionsLog);
  const traces = openLogFile(tracesLog, TRACES_MAX_BYTES);
  const listeners = new Set<(recorded: Recorded) => void>();
  const record = (recorded: Recorded): void => {
    series.record(recorded);
    for (const listener of listeners) listener(recorded);
  };
  return {
    take(line) {
      if (line.startsWith(`{"${SPAN_KEY}"`)) return traces.write(line);
      if (line.startsWith('{"_aws"')) for (const recorded of readEmf(jsonOf(line))) record(recorded);
      log.write(line);
    },
    record,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    measure: nativeMetrics(record, env, Date.now),
    metrics: series,
    close() {
      kept.close();
      log.close();
      traces.close();
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
