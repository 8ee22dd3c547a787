/** States that a breaker opened or closed (platform §5.6). Belongs to no conversation. */
import type { VENDORS } from '../../../events/words.ts';
import type { Base } from '../container.ts';
import { codeOf } from '../errors.ts';
import { ownFact } from '../own-fact.ts';
import { publish } from '../publisher.ts';
import type { Change } from './breaker-state.ts';

/** The log line stands in any case: an answer that was paid for is not lost to a busy bus. */
export async function tellCircuit(
  base: Pick<Base, 'bus' | 'clock' | 'log' | 'metrics' | 'settings'>,
  vendor: (typeof VENDORS)[number],
  operationClass: string,
  { kind, errorRate, openUntil }: Change,
): Promise<void> {
  const data = {
    vendor,
    operationClass,
    errorRate,
    openUntil: openUntil === null ? null : new Date(openUntil).toISOString(),
  };
  const name = kind === 'opened' ? 'CircuitOpened' : 'CircuitClosed';
  const fact = ownFact(base, name, data, vendor, operationClass);
  const event_id = fact.metadata.eventId;
  base.metrics.observe('vendor.circuit_open', kind === 'opened' ? 1 : 0, vendor);
  base.log(kind === 'opened' ? 'ERROR' : 'WARN', `system.circuit.${kind}`, {
    event_id,
    vendor,
    operation: operationClass,
  });
  try {
    await publish(base, [fact]);
  } catch (error) {
    base.log('ERROR', 'consumer.event.failed', { error_code: codeOf(error), event_id });
  }
}
