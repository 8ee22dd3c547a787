/** A fault that hardly ever fired proves nothing (issue 7): what a long run must have met, and did not. */
import type { Report } from '../report.ts';
import { FAULT_NAMES } from '../world/faults.ts';
import type { RunTask } from './worlds.ts';

/** From so many conversations on a run is long. */
export const LONG_RUN = 20_000;
export const LEAST_FIRED = 100;
/** What is called so seldom that it would die at more than every so-manieth call has to die at every so-manieth. */
const SPARED = 20;

/**
 * @param operations  how often each operation of each function was called
 * @returns one line for each fault kind and crash point that fired too rarely; none for a run that is not long
 */
export function vacuousIn(
  { faults: chosen, conversations }: RunTask,
  report: Pick<Report, 'faults' | 'crashPoints'>,
  operations: Readonly<Record<string, number>>,
): string[] {
  if (chosen === 'none' || conversations < LONG_RUN) return [];
  const names = chosen === 'all' ? FAULT_NAMES : chosen;
  const kinds = names.flatMap((name) => tooRare(`fault ${name}`, report.faults[name] ?? 0));
  const crashes = names.filter((name) => name.startsWith('crash-'));
  const points = Object.entries(operations).flatMap(([operation, calls]) =>
    crashes.flatMap((kind) => {
      const fired = report.crashPoints[`${kind} ${operation}`] ?? 0;
      return tooRare(
        `crash point ${kind} ${operation} (${calls} calls)`,
        fired,
        Math.min(LEAST_FIRED, Math.floor(calls / SPARED)),
      );
    }),
  );
  return [...kinds, ...points.sort()];
}

const tooRare = (what: string, fired: number, least = LEAST_FIRED): string[] =>
  fired < Math.floor(least) ? [`${what} fired ${fired} times, fewer than ${Math.floor(least)}`] : [];
