/** What cannot be read, and what fails again and again: it rests in the failure queue, where people find it (protocols §5). */
import type { Base } from '../container.ts';
import { codeOf, isWorthWaiting } from '../errors.ts';
import type { Delivery } from './delivery.ts';

/** In all, as for an event that Lambda retries (platform §5.3). */
const ATTEMPTS = 3;

/**
 * What fails again and again goes to the failure queue: Lambda sees to that for events of the bus, but a later queue has no
 * redrive policy and would bring it back until it expires.
 */
export async function unlessPoison(
  container: Base,
  what: unknown,
  receives: number,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (receives < ATTEMPTS || isWorthWaiting(error)) throw error;
    await refuse(container, what, codeOf(error));
  }
}

/** As it came; one out of a replay says so, which the bus tells beside an envelope and not in it: redriven, it is no live message. */
export const asKept = ({ detail, replayName }: Delivery): unknown =>
  replayName === null ? detail : { envelope: detail, replayName };

/** What cannot be read or kept goes to the failure queue with its cause, and the invocation succeeds. */
export async function refuse(container: Base, what: unknown, cause: string): Promise<void> {
  container.log('ERROR', 'consumer.event.invalid', { result: 'failed', error_code: cause });
  container.metrics.count('consumer.invalid_total');
  await container.queues.failure(JSON.stringify(what) ?? 'null', cause);
  container.log('ERROR', 'system.dlq.message_written', { error_code: cause });
}
