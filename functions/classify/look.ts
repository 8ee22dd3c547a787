/** The look: does the ticket hold a customer comment that no claim holds? (protocols §2) */
import * as v from 'valibot';
import { Metadata } from '../../events/envelope.ts';
import type { Container } from '../shared/container.ts';
import type { Envelope } from '../shared/envelopes.ts';
import { codeOf, RetryableError, VendorError } from '../shared/errors.ts';
import { readMessage } from '../shared/ledger/messages.ts';
import { stateIfMissed } from '../shared/missed.ts';
import { all, eq, type Item, present } from '../shared/store/language.ts';
import { nth, TIMES } from '../shared/times.ts';

/**
 * `origin` is that of the copy of the root that queued the look: what is found for a replay follows from one, and is not answered.
 * A release before this one queued none.
 */
const Look = v.object({
  recordKey: v.string(),
  conversationId: v.string(),
  tries: v.number(),
  /** The last webhook merged into the record when this was queued, as it stands there. */
  seenWebhookAt: v.optional(v.number()),
  origin: v.optional(v.pick(v.object(Metadata.entries), ['channel', 'brandId', 'replay'])),
});
type Look = v.InferOutput<typeof Look>;
const Errand = v.object({ look: Look });

/**
 * Puts one look into the later queue, due 20 s after the last webhook merged into the record, and never before 20 s have
 * gone by in the queue: the one wait that no clock of ours can shorten.
 */
export async function queueLook(container: Container, look: Look, record: Item): Promise<void> {
  if (record.looked_at !== undefined) return;
  const seenWebhookAt = lastWebhookOf(record);
  const due = seenWebhookAt + container.waits.lookAfterMs;
  await send(container, { ...look, seenWebhookAt }, Math.max(container.waits.lookAfterMs, due - container.clock.now()));
}

const lastWebhookOf = (record: Item): number => Number(record.last_webhook_at ?? record.received_at);

function send(container: Container, look: Look, waitMs: number): Promise<void> {
  return container.queues.later(JSON.stringify({ errand: { look } }), waitMs);
}

/** A second look is harmless: what is stated hangs on ids that are computed. */
export async function look(errand: unknown, container: Container<'helpdesk'>): Promise<void> {
  const parsed = v.safeParse(Errand, errand);
  if (!parsed.success) return container.queues.failure(JSON.stringify(errand) ?? 'null', 'unreadable_errand');
  const due = parsed.output.look;
  const { recordKey, conversationId } = due;
  const record = await readMessage(container, recordKey);
  if (!record || record.looked_at !== undefined) return;
  const origin = due.origin ?? originOf(record);
  if (!origin) return;
  const lastWebhook = lastWebhookOf(record);
  // One that was merged since has not waited its 20 s in the queue, whatever our clock says.
  const isYoung =
    due.seenWebhookAt !== lastWebhook || container.clock.now() < lastWebhook + container.waits.lookAfterMs;
  if (isYoung) return queueLook(container, due, record);
  try {
    const ticket = await container.helpdesk.ticket(conversationId);
    const since = Number(record.received_at) - TIMES.lookBackMs;
    // Like the reconciler's, a replay's look is for who waits: on what is closed it would only write.
    const isEnded = origin.replay !== null && ticket?.status === 'closed';
    for (const comment of isEnded ? [] : (ticket?.comments ?? []))
      if (comment.author === 'customer' && comment.createdAt >= since)
        await stateIfMissed(container, conversationId, comment, origin);
  } catch (error) {
    if (!(error instanceof VendorError || error instanceof RetryableError)) throw error;
    return lookLater(container, due, Number(record.received_at), error);
  }
  const seen = record.last_webhook_at === undefined ? present('received_at') : eq('last_webhook_at', lastWebhook);
  const done = await container.store.update(
    'idempotency',
    { key: recordKey },
    { set: { looked_at: container.clock.now() } },
    all(present('event_id'), seen),
  );
  if (!done) {
    const again = await readMessage(container, recordKey);
    if (again) await queueLook(container, due, again);
  }
}

/** A record that was rebuilt may have no root. */
function originOf({ root }: Item): Look['origin'] {
  return typeof root === 'string' ? (JSON.parse(root) as Envelope).metadata : undefined;
}

/** A look waits as long as its message could be classified (protocols §5); then a person sees it in the failure queue. */
function lookLater(
  container: Container,
  look: Look,
  receivedAt: number,
  cause: VendorError | RetryableError,
): Promise<void> {
  if (container.clock.now() - receivedAt > container.waits.classifyBudgetMs)
    return container.queues.failure(JSON.stringify({ errand: { look } }), `budget_${codeOf(cause)}`);
  const asked = cause instanceof VendorError ? cause.retryAfterMs : cause.afterMs;
  return send(container, { ...look, tries: look.tries + 1 }, asked ?? nth(container.waits.parkMs, look.tries));
}
