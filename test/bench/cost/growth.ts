/** Has anything grown against the table that was looked over? Names path and operation. Pure. */
import type { Counted, Counts } from '../../../config/cost/counts.ts';

export type Measured = Pick<Counts, 'paths' | 'extras' | 'runs'>;

export type Change = {
  /** `path`, `extra` or `run`, and its name. */
  readonly of: string;
  /** An operation with what was counted of it, or a kind of bytes. */
  readonly what: string;
  readonly was: number;
  readonly is: number;
};

/** Ids and times differ from run to run, and an item may cross the border of a unit. */
const UNIT_SLACK = 1;
/** The sealer asks for one hour more or less by the minute at which it runs: of 48. */
const REQUEST_SLACK = 0.03;
/**
 * Good calls to a vendor are counted for its breaker every so often, and flags are read anew when they are old: more of either where
 * the machine is slow, by one for each function that calls a vendor, or twice as many.
 */
const BY_THE_CLOCK = /^ssm\.| vendor_limits$/;
const CALLERS = 6;
const BYTE_SLACK = 0.05;
/** Of a KB nobody has to know; what is kept counts by its days, 180 at most. */
const BYTES_OF_NO_MATTER = 1_024;
const MOST_DAYS = 180;

/** What is more than it was, first; then what is less, which the table should say too. */
export function changesFrom(table: Measured, now: Measured): { readonly grown: Change[]; readonly shrunk: Change[] } {
  const all = (['paths', 'extras', 'runs'] as const).flatMap((group) =>
    Object.entries(now[group]).flatMap(([name, counted]) =>
      between(`${group.slice(0, -1)} ${name}`, (table[group] as Record<string, Counted>)[name], counted),
    ),
  );
  return { grown: all.filter(({ was, is }) => is > was), shrunk: all.filter(({ was, is }) => is < was) };
}

export function changeText({ of, what, was, is }: Change): string {
  return `${of}: ${what}: ${was} → ${is}`;
}

function between(of: string, table: Counted | undefined, now: Counted): Change[] {
  const names = [...new Set([...Object.keys(table?.operations ?? {}), ...Object.keys(now.operations)])].toSorted();
  const operations = names.flatMap((name): Change[] => {
    const [wasRequests, wasUnits] = table?.operations[name] ?? [0, 0];
    const [requests, units] = now.operations[name] ?? [0, 0];
    const isAsOften = Math.abs(requests - wasRequests) <= slackOf(name, wasRequests);
    const isAsMuch = Math.abs(units - wasUnits) <= (isAsOften ? requests * UNIT_SLACK : 0);
    return [
      ...(isAsOften ? [] : [{ of, what: `${name}, requests`, was: wasRequests, is: requests }]),
      ...(isAsMuch ? [] : [{ of, what: `${name}, units`, was: wasUnits, is: units }]),
    ];
  });
  const bytes = Object.entries(now.bytes).flatMap(([kind, is]): Change[] => {
    const was = table?.bytes[kind as keyof Counted['bytes']] ?? 0;
    const slack = was * BYTE_SLACK + BYTES_OF_NO_MATTER * (kind.endsWith('_days') ? MOST_DAYS : 1);
    return Math.abs(is - was) <= slack ? [] : [{ of, what: `bytes, ${kind}`, was, is }];
  });
  return [...operations, ...bytes];
}

function slackOf(name: string, was: number): number {
  return BY_THE_CLOCK.test(name) ? Math.max(was, CALLERS) : Math.floor(was * REQUEST_SLACK);
}
