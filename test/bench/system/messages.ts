/** What the process of the system under test and the one that measures it say to each other. */
import type { ReadyObject } from '../../../local/platform/ready-file.ts';

export type Settings = {
  readonly dataDir: string;
  /** Counts what is asked of the endpoint and of the helpdesk. */
  readonly isCounting: boolean;
  /** Folder for the function host's CPU profiles. */
  readonly profileDir: string | null;
};

/** Root event id of a message, and when its settling was accepted by the bus (epoch milliseconds). */
export type Settled = readonly [root: string, at: number];

export type FromSystem =
  | { readonly type: 'ready'; readonly ready: ReadyObject; readonly hostPid: number | null }
  | { readonly type: 'settled'; readonly batch: readonly Settled[] }
  | { readonly type: 'counted'; readonly requests: Readonly<Record<string, number>>; readonly unfinished: number };

export type ToSystem = { readonly type: 'count' } | { readonly type: 'stop' };

/** Epoch milliseconds with a fraction, the same clock in every process of the machine. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}
