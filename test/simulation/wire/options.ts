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
 * Those without a meaning there belong to one thread: which of two deliveries comes first, how late, when a frozen sender wakes and
 * what a clock shows cannot be told real processes, and a lost table is a drill (docs/recovery.md).
 */
const NOT_ON_THE_WIRE: readonly FaultName[] = ['reorder', 'delay', 'zombie', 'clock-skew', 'table-loss'];
export const WIRE_FAULTS: readonly FaultName[] = FAULT_NAMES.filter((name) => !NOT_ON_THE_WIRE.includes(name));

/** The faults of a run; a string is the line that refuses one. `all` are those of the wire. */
export function wireFaults(chosen: WireOptions['faults'] = 'all'): ReadonlySet<FaultName> | string {
  if (chosen === 'none') return new Set();
  if (chosen === 'all') return new Set(WIRE_FAULTS);
  const other = chosen.filter((name) => !WIRE_FAULTS.includes(name));
  if (other.length === 0) return new Set(chosen);
  const rest = NOT_ON_THE_WIRE.filter((name) => !other.includes(name));
  return `--wire has no ${other.join(', ')} (nor ${rest.join(', ')}); it has: none, all, ${WIRE_FAULTS.join(', ')}`;
}
