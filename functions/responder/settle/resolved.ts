/** Was the ticket resolved after the reply? Then no route is written (protocols §8). */
import type { Base } from '../../shared/container.ts';
import { RetryableError } from '../../shared/errors.ts';
import { readAction } from '../../shared/ledger/actions.ts';
import { resolveKey } from '../../shared/ledger/keys.ts';

/** @throws RetryableError while a close is in flight: the sweeper names it after 120 s, and then it is over either way. */
export async function isResolved(
  container: Pick<Base, 'store' | 'waits'>,
  conversationId: string,
  commentId: string,
): Promise<boolean> {
  const action = await readAction(container, resolveKey(conversationId, commentId));
  if (action?.status === 'CLAIMED') throw new RetryableError('close_in_flight', container.waits.parkMs[1]);
  return action?.status === 'DONE';
}
