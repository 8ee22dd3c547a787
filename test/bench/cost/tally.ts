/** Counts of several runs as one: what a path needs. Pure. */
import type { Counted } from '../../../config/cost/counts.ts';

type Bytes = Counted['bytes'];

/**
 * The least of each, over runs of the same path: a cache that was just renewed, or work of another message that came between,
 * is no part of the path.
 */
export function leastOf(runs: readonly Counted[]): Counted {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('nothing was counted');
  return others.reduce(
    (least, run) => ({
      operations: Object.fromEntries(
        Object.entries(least.operations).flatMap(([name, [requests, units]]) => {
          const other = run.operations[name];
          return other === undefined ? [] : [[name, [Math.min(requests, other[0]), Math.min(units, other[1])]]];
        }),
      ),
      bytes: overBytes(least.bytes, run.bytes, Math.min),
    }),
    first,
  );
}

/** What the second does not have: never less than nothing. */
export function beyond(whole: Counted, base: Counted): Counted {
  return {
    operations: Object.fromEntries(
      Object.entries(whole.operations).flatMap(([name, [requests, units]]) => {
        const [fewer, less] = base.operations[name] ?? [0, 0];
        return requests <= fewer && units <= less
          ? []
          : [[name, [Math.max(0, requests - fewer), Math.max(0, units - less)]]];
      }),
    ),
    bytes: overBytes(whole.bytes, base.bytes, (a, b) => Math.max(0, a - b)),
  };
}

export function together(left: Counted, right: Counted): Counted {
  const names = [...new Set([...Object.keys(left.operations), ...Object.keys(right.operations)])].toSorted();
  return {
    operations: Object.fromEntries(
      names.map((name) => {
        const [a = 0, b = 0] = left.operations[name] ?? [];
        const [c = 0, d = 0] = right.operations[name] ?? [];
        return [name, [a + c, b + d]];
      }),
    ),
    bytes: overBytes(left.bytes, right.bytes, (a, b) => a + b),
  };
}

/** Only operations that pass. */
export function only({ operations }: Counted, passes: (name: string) => boolean): Counted {
  return {
    operations: Object.fromEntries(Object.entries(operations).filter(([name]) => passes(name))),
    bytes: { logs: 0, archived: 0, archive_byte_days: 0, table_byte_days: 0 },
  };
}

function overBytes(left: Bytes, right: Bytes, by: (a: number, b: number) => number): Bytes {
  return {
    logs: by(left.logs, right.logs),
    archived: by(left.archived, right.archived),
    archive_byte_days: by(left.archive_byte_days, right.archive_byte_days),
    table_byte_days: by(left.table_byte_days, right.table_byte_days),
  };
}
