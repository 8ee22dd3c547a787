/** Was the ticket resolved after the reply? Then no route is written (protocols §8). */
import type { Base } from '../../shared/container.ts';
import { RetryableError } from '../../shared/errors.ts';
import { readAction } from '../../shared/ledger/actions.ts';
import { expiresAt, resolveKey } from '../../shared/ledger/keys.ts';
import { absent } from '../../shared/store/language.ts';
import { TIMES } from '../../shared/times.ts';

/**
 * Where nobody has begun to close it, nobody may any more: a sender that comes back would close what is being routed.
 *
 * @throws RetryableError while a close is in flight: the sweeper names it after 120 s, and then it is over either way.
 */
export async function isResolvedForGood(
  container: Pick<Base, 'store' | 'waits' | 'clock'>,
  conversationId: string,
  commentId: string,
): Promise<boolean> {
  const key = resolveKey(conversationId, commentId);
  const now = container.clock.now();
  await container.store.put(
    'idempotency',
    {
      key,
      status: 'FAILED',
      conversation_id: conversationId,
      ended_at: now,
      received_at: now,
      expires_at: expiresAt(now, TIMES.ttl.act),
    },
    absent('key'),
  );
  const action = await readAction(container, key);
  if (action?.status === 'CLAIMED') throw new RetryableError('close_in_flight', container.waits.parkMs[1]);
  return action?.status === 'DONE';
}
