/** Short ways to say how a signal is watched. */
import type { Signal } from './signal.ts';
import type { MetricWatch, Missing, Runbook, Severity } from './types.ts';

type Bound =
  | { readonly above: number; readonly atLeast?: never; readonly below?: never }
  | { readonly atLeast: number; readonly above?: never; readonly below?: never }
  | { readonly below: number; readonly above?: never; readonly atLeast?: never };

type How = Bound & {
  /** Seconds of one period, and how many of how many periods: `[300, 1, 1]`. */
  readonly over: readonly [periodSeconds: number, datapoints: number, periods: number];
  readonly missing?: Missing;
  readonly name?: string;
  readonly needsCustomers?: true;
};

/** In every minute of five, which is how platform §6.5's "for 5 min" is read. */
export const FOR_FIVE_MINUTES = [60, 5, 5] as const;
/** Within five minutes as one. */
export const IN_FIVE_MINUTES = [300, 1, 1] as const;
export const IN_ONE_MINUTE = [60, 1, 1] as const;

export function watched(
  severity: Severity,
  says: string,
  signals: Signal | Readonly<Record<string, Signal>>,
  how: How,
): MetricWatch {
  const { over, missing = 'ok', name, needsCustomers } = how;
  const [periodSeconds, datapoints, periods] = over;
  return {
    kind: 'metric',
    severity,
    says,
    parts: isSignal(signals)
      ? [{ part: '', signal: signals }]
      : Object.entries(signals).map(([part, signal]) => ({ part, signal })),
    ...boundOf(how),
    periodSeconds,
    datapoints: [datapoints, periods],
    missing,
    ...(name !== undefined && { name }),
    ...(needsCustomers && { needsCustomers }),
  };
}

function boundOf({ above, atLeast, below }: Bound): Pick<MetricWatch, 'comparison' | 'threshold'> {
  if (above !== undefined) return { comparison: 'above', threshold: above };
  if (atLeast !== undefined) return { comparison: 'atLeast', threshold: atLeast };
  return { comparison: 'below', threshold: below };
}

function isSignal(given: Signal | Readonly<Record<string, Signal>>): given is Signal {
  return typeof given.kind === 'string';
}

export function runbook(id: string): Runbook {
  return { id, page: `docs/runbooks/${id}.md` };
}
