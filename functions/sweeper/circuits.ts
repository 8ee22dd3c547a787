/** Timers of the circuit breakers: one that nobody tries is closed in time, and the gauge stands while one is open (platform §5.6). */
import type { Base } from '../shared/container.ts';
import { storeBreaker } from '../shared/limits/breaker.ts';
import { tellCircuit } from '../shared/limits/circuit-fact.ts';

type Circuit = {
  readonly vendor: 'richpanel' | 'openai';
  readonly operation: string;
  /** Of the item in `vendor_limits`. */
  readonly name: string;
  /** A message to a customer is never the call that finds out whether the vendor is back, so writes are left to a probe. */
  readonly mayLapse: boolean;
};
const CIRCUITS: readonly Circuit[] = [
  { vendor: 'richpanel', operation: 'reads', name: 'richpanel#reads', mayLapse: true },
  { vendor: 'richpanel', operation: 'orders', name: 'richpanel#orders', mayLapse: true },
  { vendor: 'richpanel', operation: 'writes', name: 'richpanel#writes', mayLapse: false },
  { vendor: 'openai', operation: 'responses', name: 'openai', mayLapse: true },
];

export async function watchCircuits(base: Base): Promise<void> {
  const open = { richpanel: 0, openai: 0 };
  for (const { vendor, operation, name, mayLapse } of CIRCUITS) {
    const tell = (change: Parameters<typeof tellCircuit>[3]) => tellCircuit(base, vendor, operation, change);
    const breaker = storeBreaker(base.store, base.clock, base.waits, name, tell);
    if (await breaker.watch(mayLapse)) open[vendor] += 1;
  }
  for (const vendor of ['richpanel', 'openai'] as const)
    base.metrics.observe('vendor.circuit_open', open[vendor], vendor);
}
