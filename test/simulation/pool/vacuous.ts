/** A fault that hardly ever fired proves nothing (issue 7): what a long run must have met, and did not. */
import type { Report } from '../report.ts';
import { FAULT_NAMES } from '../world/faults.ts';
import type { RunTask } from './worlds.ts';

/** From so many conversations on a run is long. */
export const LONG_RUN = 20_000;
export const LEAST_FIRED = 100;

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
  const points = Object.keys(operations).flatMap((operation) =>
    crashes.flatMap((kind) =>
      tooRare(`crash point ${kind} ${operation}`, report.crashPoints[`${kind} ${operation}`] ?? 0),
    ),
  );
  return [...kinds, ...points.sort()];
}

const tooRare = (what: string, fired: number): string[] =>
  fired < LEAST_FIRED ? [`${what} fired ${fired} times, fewer than ${LEAST_FIRED}`] : [];
