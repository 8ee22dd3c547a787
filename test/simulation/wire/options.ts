/** What a run on the wire can be asked for, and which faults have a meaning there. */
import { FAULT_NAMES, type FaultName } from '../world/faults.ts';

export type WireOptions = {
  readonly seed: string | number;
  readonly conversations?: number;
  readonly faults?: 'none' | 'all' | readonly FaultName[];
  /** Nothing new begins after that long; what has begun is settled, replayed and judged. */
  readonly minutes?: number;
  /** How many processes are killed; one for every 25 conversations by default. */
  readonly kills?: number;
  /** Of every wait of the product, and of what people do; see `FRONTDESK_TIME_SCALE`. */
  readonly timeScale?: number;
  /** A line about how far it is. */
  readonly tell?: (line: string) => void;
};

export const DEFAULT_CONVERSATIONS = 200;
/** Below it the floor of 1 s makes all timeouts alike (docs/decisions.md, "Time scale"). */
export const DEFAULT_TIME_SCALE = 0.1;

/**
 * The others belong to one thread: which of two deliveries comes first, how late, when a frozen sender wakes and what a clock
 * shows cannot be told real processes, and a lost table is a drill (docs/recovery.md).
 */
export const WIRE_FAULTS = [
  'crash-before',
  'crash-after',
  'timeout-lost',
  'timeout-applied',
  'throttle',
  'stale-read',
  'error',
  'duplicate',
  'swap-webhooks',
  'burst',
  'flag-flip',
  'vendor-down',
  'agent-acts',
  'customer-acts',
  'deploy',
  'replay',
] as const satisfies readonly FaultName[];

/** The faults of a run; a string is the line that refuses one. `all` are those of the wire. */
export function wireFaults(chosen: WireOptions['faults'] = 'all'): ReadonlySet<FaultName> | string {
  if (chosen === 'none') return new Set();
  if (chosen === 'all') return new Set(WIRE_FAULTS);
  const known: readonly FaultName[] = WIRE_FAULTS;
  const other = chosen.filter((name) => !known.includes(name));
  if (other.length === 0) return new Set(chosen);
  const rest = FAULT_NAMES.filter((name) => !known.includes(name));
  return `--wire has no ${other.join(', ')} (nor ${rest.filter((name) => !other.includes(name)).join(', ')}); it has: none, all, ${WIRE_FAULTS.join(', ')}`;
}
