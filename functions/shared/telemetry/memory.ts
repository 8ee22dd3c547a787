/** Telemetry kept in memory, for tests and the simulator. */
import type { FunctionName } from '../../../events/words.ts';
import type { LogLine, Telemetry } from './doors.ts';
import type { MetricName } from './metrics.ts';
import type { SpanName } from './spans.ts';

export function memoryTelemetry(name: FunctionName): Telemetry & {
  readonly lines: LogLine[];
  readonly counts: Map<MetricName, number>;
  readonly spans: Set<SpanName>;
} {
  const spans = new Set<SpanName>();
  const lines: LogLine[] = [];
  const counts = new Map<MetricName, number>();
  return {
    lines,
    counts,
    spans,
    log: (level, event, fields) => void lines.push({ level, event, function: name, fields: fields ?? {} }),
    metrics: {
      count: (metric, value = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + value),
      observe: (metric) => void counts.set(metric, (counts.get(metric) ?? 0) + 1),
    },
    trace: async (span, _fields, run) => {
      spans.add(span);
      return run(() => {});
    },
  };
}
