/** The series of a data folder, kept while a process asks for them again and again: only what came since is read. */
import { join } from 'node:path';
import { createSeries, type Series } from '../../local/telemetry/series.ts';
import { addLine, METRICS_FILE } from '../../local/telemetry/series-file.ts';
import { lineReader } from './lines.ts';

type Kept = { readonly series: Series; readonly take: () => string[] };
const kept = new Map<string, Kept>();

export function keptSeries(dataDir: string, timeScale: number): Series {
  const key = `${timeScale} ${dataDir}`;
  const one = kept.get(key) ?? {
    series: createSeries(timeScale),
    take: lineReader(join(dataDir, METRICS_FILE)),
  };
  kept.set(key, one);
  for (const line of one.take()) addLine(one.series, line);
  return one.series;
}
