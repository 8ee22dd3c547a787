/** The faults of a run by name (interfaces §5), and what each name switches on. */
import type { FaultKind } from '../kernel/faults.ts';
import type { BusFaults } from './bus.ts';
import type { HelpdeskFaults } from './helpdesk.ts';

/** What can be asked for; each is counted when it happens. */
export const FAULT_NAMES = [
  'crash-before',
  'crash-after',
  'timeout-lost',
  'timeout-applied',
  'throttle',
  'stale-read',
  'error',
  'duplicate',
  'reorder',
  'delay',
  'zombie',
  'swap-webhooks',
  'burst',
  'flag-flip',
  'vendor-down',
  'agent-acts',
  'customer-acts',
  'clock-skew',
  'table-loss',
  'deploy',
  'replay',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** Shares of all port calls. A message makes some 120 of them; crashes come by turns on top (crashes.ts). */
const CALL_RATES: Readonly<Record<FaultKind, number>> = {
  'crash-before': 0.0002,
  'crash-after': 0.0002,
  'timeout-lost': 0.0008,
  'timeout-applied': 0.0008,
  throttle: 0.0012,
  error: 0.0008,
  delay: 0.0015,
  zombie: 0.0004,
};

/** Everything about a run that goes wrong, as shares and longest times. */
export type Mix = {
  readonly names: ReadonlySet<FaultName>;
  readonly calls: Readonly<Partial<Record<FaultKind, number>>>;
  readonly bus: BusFaults;
  readonly helpdesk: HelpdeskFaults;
  readonly queueDuplicates: number;
};

export function mixOf(chosen: 'none' | 'all' | readonly FaultName[]): Mix {
  const names = new Set<FaultName>(chosen === 'all' ? FAULT_NAMES : chosen === 'none' ? [] : chosen);
  const share = (name: FaultName, rate: number): number => (names.has(name) ? rate : 0);
  const calls = Object.fromEntries(
    Object.entries(CALL_RATES).filter(([name]) => names.has(name as FaultKind)),
  ) as Mix['calls'];
  return {
    names,
    calls,
    bus: {
      duplicate: share('duplicate', 0.05),
      reorderMs: names.has('reorder') ? 1_500 : 0,
      late: share('delay', 0.01),
      lateMs: 120_000,
      failedEntries: share('throttle', 0.003),
    },
    helpdesk: {
      staleReads: share('stale-read', 0.03),
      staleMs: 6_000,
      staleReturns: share('stale-read', 0.5),
      hidesList: false,
      lateWrites: share('timeout-applied', 0.03),
      slowWrites: share('delay', 0.06),
      replyLagMs: names.has('stale-read') ? 4_000 : 400,
    },
    queueDuplicates: share('duplicate', 0.05),
  };
}
