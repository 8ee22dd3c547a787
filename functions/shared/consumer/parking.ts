/** Waiting without spending an attempt: for how long, and until when (protocols §5). */
import type { EventName } from '../../../events/catalogue.ts';
import type { Base, Capability, Container } from '../container.ts';
import { codeOf, type RetryableError, VendorError } from '../errors.ts';
import { addParkedTime, recordKeyOf } from '../ledger/messages.ts';
import { nth } from '../times.ts';
import type { ConsumerDefinition, Named } from './definition.ts';
import { type Delivery, type Parked, timesParkedFor } from './delivery.ts';
import { about } from './lines.ts';
import { refuse } from './refusing.ts';

/** Puts the envelope into the function's own later queue; it comes back through the same front door and costs no attempt. */
export async function park<K extends Capability, C extends EventName, P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
  container: Container<K>,
  event: Named<C>,
  { parked, replayName }: Delivery,
  cause: RetryableError | VendorError,
): Promise<void> {
  const now = container.clock.now();
  const wait = waitOf(container, cause, parked);
  if (!isWithinBudget(definition, event, container, wait)) return refuse(container, event, `budget_${codeOf(cause)}`);
  const next: Parked = {
    firstAt: parked?.firstAt ?? now,
    count: (parked?.count ?? 0) + 1,
    totalMs: (parked?.totalMs ?? 0) + wait,
    code: codeOf(cause),
    causes: { ...parked?.causes, [codeOf(cause)]: timesParkedFor(parked, codeOf(cause)) + 1 },
  };
  await container.queues.later(JSON.stringify({ envelope: event, parked: next, replayName }), wait);
  if (event.metadata.conversationId)
    await addParkedTime(
      container,
      recordKeyOf(event.metadata),
      `${definition.name}:${event.metadata.eventId}:${next.count}`,
      wait,
    );
  container.log('INFO', 'consumer.event.parked', {
    ...about(event.metadata),
    result: 'retry',
    error_code: codeOf(cause),
    retry_count: next.count,
    retry_after_s: Math.ceil(wait / 1000),
  });
  container.metrics.count('consumer.parked_total');
}

export function waitOf({ waits }: Base, cause: RetryableError | VendorError, parked: Parked | null): number {
  const asked = cause instanceof VendorError ? cause.retryAfterMs : cause.afterMs;
  return Math.min(waits.parkMostMs, asked ?? nth(waits.parkMs, parked?.count ?? 0));
}

export function isWithinBudget<C extends EventName>(
  definition: Pick<ConsumerDefinition<never, C, never>, 'budgetMs'>,
  event: Named<C>,
  { clock, waits }: Base,
  wait: number,
): boolean {
  const since = Date.parse(event.metadata.receivedAt ?? event.metadata.occurredAt);
  return clock.now() + wait - since <= definition.budgetMs(event, waits);
}
