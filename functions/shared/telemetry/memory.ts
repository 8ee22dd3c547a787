/** Telemetry kept in memory, for tests and the simulator. */
import type { FunctionName } from '../../../events/words.ts';
import type { LogLine, Telemetry } from './doors.ts';
import type { MetricName } from './metrics.ts';

export function memoryTelemetry(
  name: FunctionName,
): Telemetry & { readonly lines: LogLine[]; readonly counts: Map<MetricName, number> } {
  const lines: LogLine[] = [];
  const counts = new Map<MetricName, number>();
  return {
    lines,
    counts,
    log: (level, event, fields) => void lines.push({ level, event, function: name, fields: fields ?? {} }),
    metrics: {
      count: (metric, value = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + value),
      observe: (metric) => void counts.set(metric, (counts.get(metric) ?? 0) + 1),
    },
    trace: (_span, _fields, run) => run(),
  };
}
