/** A line in CloudWatch's embedded metric format, as values of series. Pure. */
import * as v from 'valibot';
import type { Recorded } from './series.ts';

const Line = v.object({
  _aws: v.object({
    Timestamp: v.number(),
    CloudWatchMetrics: v.array(
      v.object({
        Namespace: v.string(),
        Dimensions: v.array(v.array(v.string())),
        Metrics: v.array(v.object({ Name: v.string() })),
      }),
    ),
  }),
});

/** Nothing where the line is none. */
export function readEmf(line: unknown): Recorded[] {
  const read = v.safeParse(Line, line);
  if (!read.success) return [];
  const { Timestamp: at, CloudWatchMetrics } = read.output._aws;
  const values = line as Readonly<Record<string, unknown>>;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(values[name])]));
      return Metrics.flatMap(({ Name: metric }) =>
        [values[metric]]
          .flat()
          .filter((value) => typeof value === 'number')
          .map((value) => ({ namespace, metric, dimensions, value, at })),
      );
    }),
  );
}
