/** The look: does the ticket hold a customer comment that no claim holds? (protocols §2) */
import * as v from 'valibot';
import type { Container } from '../shared/container.ts';
import type { Envelope } from '../shared/envelopes.ts';
import { codeOf, RetryableError, VendorError } from '../shared/errors.ts';
import { readMessage } from '../shared/ledger/messages.ts';
import { stateIfMissed } from '../shared/missed.ts';
import { all, eq, type Item, present } from '../shared/store/language.ts';
import { nth, TIMES } from '../shared/times.ts';

const Look = v.object({ look: v.object({ recordKey: v.string(), conversationId: v.string(), tries: v.number() }) });

/**
 * Puts one look into the later queue, due 20 s after the last webhook merged into the record, and never before 20 s have
 * gone by in the queue: the one wait that no clock of ours can shorten.
 */
export async function queueLook(
  container: Container,
  recordKey: string,
  conversationId: string,
  record: Item,
  tries = 0,
): Promise<void> {
  if (record.looked_at !== undefined) return;
  const due = Number(record.last_webhook_at ?? record.received_at) + container.waits.lookAfterMs;
  await send(
    container,
    { recordKey, conversationId, tries },
    Math.max(container.waits.lookAfterMs, due - container.clock.now()),
  );
}

function send(
  container: Container,
  look: { recordKey: string; conversationId: string; tries: number },
  waitMs: number,
): Promise<void> {
  return container.queues.later(JSON.stringify({ errand: { look } }), waitMs);
}

/** A second look is harmless: what is stated hangs on ids that are computed. */
export async function look(errand: unknown, container: Container<'helpdesk'>): Promise<void> {
  const parsed = v.safeParse(Look, errand);
  if (!parsed.success) return container.queues.failure(JSON.stringify(errand) ?? 'null', 'unreadable_errand');
  const { recordKey, conversationId, tries } = parsed.output.look;
  const record = await readMessage(container, recordKey);
  // A ledger that was lost knows the message no more, or knows only that it ended: the reconciler looks instead.
  if (!record || record.root === undefined || record.looked_at !== undefined) return;
  const lastWebhook = Number(record.last_webhook_at ?? record.received_at);
  if (container.clock.now() < lastWebhook + container.waits.lookAfterMs)
    return queueLook(container, recordKey, conversationId, record, tries);
  try {
    const ticket = await container.helpdesk.ticket(conversationId);
    const since = Number(record.received_at) - TIMES.lookBackMs;
    for (const comment of ticket?.comments ?? [])
      if (comment.author === 'customer' && comment.createdAt >= since)
        await stateIfMissed(container, conversationId, comment, (JSON.parse(String(record.root)) as Envelope).metadata);
  } catch (error) {
    if (!(error instanceof VendorError || error instanceof RetryableError)) throw error;
    return lookLater(container, { recordKey, conversationId, tries }, Number(record.received_at), error);
  }
  const seen = record.last_webhook_at === undefined ? present('received_at') : eq('last_webhook_at', lastWebhook);
  const done = await container.store.update(
    'idempotency',
    { key: recordKey },
    { set: { looked_at: container.clock.now() } },
    all(present('root'), seen),
  );
  if (!done) {
    const again = await readMessage(container, recordKey);
    if (again) await queueLook(container, recordKey, conversationId, again, tries);
  }
}

/** A look waits as long as its message could be classified (protocols §5); then a person sees it in the failure queue. */
function lookLater(
  container: Container,
  look: { recordKey: string; conversationId: string; tries: number },
  receivedAt: number,
  cause: VendorError | RetryableError,
): Promise<void> {
  if (container.clock.now() - receivedAt > container.waits.classifyBudgetMs)
    return container.queues.failure(JSON.stringify({ errand: { look } }), `budget_${codeOf(cause)}`);
  const asked = cause instanceof VendorError ? cause.retryAfterMs : cause.afterMs;
  return send(container, { ...look, tries: look.tries + 1 }, asked ?? nth(container.waits.parkMs, look.tries));
}
