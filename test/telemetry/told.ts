/** Names of what was logged, measured and traced, gathered from several runs. */
import type { LogLine } from '../../functions/shared/telemetry/doors.ts';

export type Told = { readonly lines: Set<string>; readonly metrics: Set<string>; readonly spans: Set<string> };

/** As memory telemetry keeps it, or part of it. */
type Kept = {
  readonly lines?: readonly LogLine[];
  readonly counts?: ReadonlyMap<string, number>;
  readonly measured?: ReadonlySet<string>;
  readonly spans?: ReadonlySet<string>;
};

export function gather(kept: readonly Kept[]): Told {
  return {
    lines: new Set(kept.flatMap(({ lines = [] }) => lines.map(({ event }) => event))),
    metrics: new Set(kept.flatMap(({ counts, measured }) => [...(counts?.keys() ?? []), ...(measured ?? [])])),
    spans: new Set(kept.flatMap(({ spans }) => [...(spans ?? [])])),
  };
}
