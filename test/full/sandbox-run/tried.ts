/** A run in which a fault never fired or a switch never stood proves nothing about it. */
import type { Totals } from './run.ts';

/** Each fault and each value, in a run of 5,000 conversations. */
const LEAST_FAULTS = 20;
const LEAST_SHOPS = 50;
/** The share of the full run that this one is. */
const FULL_SHOPS = 864;

export function untried({ shops, faults, values, pairsMissing, pressed }: Totals): string[] {
  const share = Math.min(1, shops / FULL_SHOPS);
  const least = (full: number): number => Math.max(1, Math.floor(full * share));
  return [
    ...[...faults].filter(([, count]) => count < least(LEAST_FAULTS)).map(([name, count]) => `fault ${name}: ${count}`),
    ...[...values].filter(([, count]) => count < least(LEAST_SHOPS)).map(([name, count]) => `${name}: ${count} shops`),
    ...(share === 1 ? pairsMissing : []),
    ...(pressed === 0 ? ['the budget was never asked for more than it has'] : []),
  ];
}
