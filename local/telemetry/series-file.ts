/** The series in the data folder: lines of what was recorded since the last one; read back they add up to what there was. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { openLogFile } from '../platform/log-file.ts';
import type { Series } from './series.ts';

export const METRICS_FILE = 'metrics.log';

/** The file and the one before it: 16 MB in all, a day of a busy instance. */
const MAX_BYTES = 8 * 1024 * 1024;
/** A death loses no more than this. */
const WRITE_MS = 5_000;

const Numbers = v.number();
const Line = v.array(
  v.tuple([
    v.string(),
    v.string(),
    v.record(v.string(), v.string()),
    Numbers,
    v.object({ count: Numbers, sum: Numbers, min: Numbers, max: Numbers, values: v.array(Numbers) }),
  ]),
);

/**
 * Reads what is there and keeps what comes. Lines that cannot be read are passed over: they are measurements.
 *
 * @param file  `null` keeps nothing on disk
 */
export function keepSeries(series: Series, file: string | null): { close(): void } {
  if (file === null) return { close: () => {} };
  readSeries(series, file);
  const log = openLogFile(file, MAX_BYTES);
  const write = (): void => {
    const taken = series.takeNew();
    if (taken.length === 0) return;
    log.write(
      JSON.stringify(
        taken.map(({ name, minuteAt, cell }) => [name.namespace, name.metric, name.dimensions, minuteAt, cell]),
      ),
    );
  };
  const timer = setInterval(write, WRITE_MS);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      write();
      log.close();
    },
  };
}

/** Adds what stands in the file and in the one before it. */
export function readSeries(series: Pick<Series, 'restore'>, file: string): void {
  for (const line of [...linesOf(`${file}.1`), ...linesOf(file)]) addLine(series, line);
}

/** Adds one line of it. */
export function addLine(series: Pick<Series, 'restore'>, line: string): void {
  const read = v.safeParse(Line, jsonOf(line));
  if (!read.success) return;
  for (const [namespace, metric, dimensions, minuteAt, cell] of read.output)
    series.restore({ namespace, metric, dimensions }, minuteAt, cell);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
