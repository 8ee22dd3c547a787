/**
 * The wrapper around every consumer: parse, claim, decide once, publish many, park what must wait (protocols §4–5).
 * It returns `(container) => handler`: nothing is bound at import.
 */
import type { EventName } from '../../../events/catalogue.ts';
import type { Metadata } from '../../../events/envelope.ts';
import type { Base, Capability, Container } from '../container.ts';
import { codeOf, isWorthWaiting, RetryableError, SafeError } from '../errors.ts';
import { generationFrom } from '../flags/flags.ts';
import { claimEvent, type Decided, markDone, markDoneWithout, releaseClaim, storeDecided } from '../ledger/claims.ts';
import { consumerKey } from '../ledger/keys.ts';
import { assertPublishable, publish } from '../publisher.ts';
import type { Value } from '../store/language.ts';
import { contextOf } from './context.ts';
import type { ConsumerDefinition, Context, Handler, Named } from './definition.ts';
import { type Delivery, readPayload } from './delivery.ts';
import { about } from './lines.ts';
import { openDelivery } from './opening.ts';
import { isWithinBudget, park, waitOf } from './parking.ts';
import { asKept, refuse, unlessPoison } from './refusing.ts';

/** Binds a definition to the wrapper; every call with a container makes a handler of its own. */
export function consumer<const K extends Capability, const C extends EventName, const P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
): ((container: Container<K>) => Handler) & { readonly definition: ConsumerDefinition<K, C, P> } {
  const bind =
    (container: Container<K>): Handler =>
    (payload) =>
      receive(definition, container, payload);
  return Object.assign(bind, { definition });
}

/** What is being handled, for the line about its failure. */
type Hand = { event: Metadata | null };

async function receive<K extends Capability, C extends EventName, P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
  container: Container<K>,
  payload: unknown,
): Promise<void> {
  const began = container.clock.monotonic();
  const hand: Hand = { event: null };
  try {
    const reading = readPayload(payload);
    if (reading.kind === 'errand' && definition.onErrand)
      return await unlessPoison(container, { errand: reading.errand }, reading.receives, async () => {
        await definition.onErrand?.(reading.errand, container);
      });
    if (reading.kind !== 'deliveries') return await refuse(container, payload, 'unreadable_payload');
    for (const delivery of reading.deliveries)
      await unlessPoison(container, asKept(delivery), delivery.receives, () =>
        frontDoor(definition, container, delivery, began, hand),
      );
  } catch (error) {
    container.log('ERROR', 'consumer.event.failed', {
      ...(hand.event && about(hand.event)),
      result: 'failed',
      error_code: codeOf(error),
      latency_ms: since(container, began),
    });
    container.metrics.count('consumer.failed_total');
    throw new SafeError(codeOf(error));
  }
}

async function frontDoor<K extends Capability, C extends EventName, P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
  container: Container<K>,
  delivery: Delivery,
  began: number,
  hand: Hand,
): Promise<void> {
  const opened = openDelivery(definition.consumes, delivery, container.clock.now(), definition.hasEffects);
  if (!opened.ok) return refuse(container, asKept(delivery), opened.cause);
  const event = opened.event as Named<C>;
  const { metadata } = event;
  hand.event = metadata;
  container.log('INFO', 'consumer.event.start', about(metadata));
  if (metadata.replay) {
    container.log('INFO', 'system.replay.observed', about(metadata));
    container.metrics.count('bus.replayed_events_total');
  }
  container.metrics.count('consumer.started_total');
  container.metrics.observe(
    'consumer.event_lag_ms',
    Math.max(0, container.clock.now() - Date.parse(metadata.occurredAt)),
  );
  const owner = container.ids.hex(8);
  const fields = { ticket_id: metadata.conversationId, event: metadata.eventName, event_id: metadata.eventId };
  return container.trace(
    'consumer',
    fields,
    async (annotate) => {
      try {
        await process(definition, container, event, owner, delivery, began);
      } catch (error) {
        if (!isWorthWaiting(error)) throw error;
        await park(definition, container, event, delivery, error);
        annotate({ result: 'retry' });
      }
    },
    metadata,
  );
}

async function process<K extends Capability, C extends EventName, P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
  container: Container<K>,
  event: Named<C>,
  owner: string,
  { parked, replayName }: Delivery,
  began: number,
): Promise<void> {
  const { metadata } = event;
  const handler = definition.claimsAs?.(replayName) ?? definition.name;
  const key = consumerKey(definition.name, handler, metadata.eventId);
  const flags = await container.flags.read();
  const generation = generationFrom(flags, container.clock.now());
  const claim = await claimEvent(container, key, owner, generation);
  if (claim.kind === 'foreign') throw new RetryableError('foreign_lease');
  const recheck = async (attempts: Value | undefined): Promise<void> => {
    const isLive = metadata.replay === null && replayName === null;
    // A copy that was parked may have written before the ledger that counted its attempt was lost.
    if (isLive && (Number(attempts) > 1 || parked !== null)) await definition.recheck?.(event, container, parked);
  };
  if (claim.kind === 'done' && !definition.repeatsWhenDone?.(event)) {
    container.log('INFO', 'consumer.event.duplicate', { ...about(metadata), idempotency_key: key, result: 'skipped' });
    container.metrics.count('consumer.duplicates_total');
    return recheck(claim.attempts);
  }
  // No record of ours says under which generation it was stated the first time.
  if (claim.kind === 'done' && flags.ledgerGeneration === null) throw new RetryableError('flags_unreadable');
  const record = claim.kind === 'done' ? { generation, attempts: claim.attempts } : claim.record;
  const isRepeat = claim.kind === 'done';
  const context = contextOf(container, definition.produces, event, {
    key,
    owner,
    record,
    generation: Number(record.generation),
    parked,
    replayName,
    began,
    isRepeat,
  });
  if (claim.kind === 'decided') {
    container.log('WARN', 'consumer.event.republished', about(metadata));
    await finish(definition, event, context, claim.decided);
    return recheck(claim.record.attempts);
  }
  let result: Decided;
  try {
    result = await definition.handle(event, context);
    assertPublishable(result.facts, container.clock.now());
  } catch (error) {
    const mayWait =
      isWorthWaiting(error) && isWithinBudget(definition, event, container, waitOf(container, error, parked));
    if (!isWorthWaiting(error) || mayWait || !definition.onBudget) {
      if (claim.kind === 'mine') await releaseClaim(container, key, owner);
      throw error;
    }
    result = await definition.onBudget(event, context, codeOf(error));
    assertPublishable(result.facts, container.clock.now());
  }
  if (claim.kind === 'done') return finish(definition, event, context, result);
  const isSilent = result.facts.length === 0 && Object.keys(result.notes).length === 0;
  if (isSilent && (await markDoneWithout(container, key, owner))) return complete(context, event, 0);
  const stored = await storeDecided(container, key, owner, result);
  if (stored.kind === 'decided') return finish(definition, event, context, stored.decided);
  if (stored.kind === 'done') return;
  throw new RetryableError('lost_lease');
}

async function finish<K extends Capability, C extends EventName, P extends EventName>(
  definition: ConsumerDefinition<K, C, P>,
  event: Named<C>,
  context: Context<K, P>,
  result: Decided,
): Promise<void> {
  const { container } = context;
  const mayPublish = (await definition.beforePublish?.(result, event, context)) ?? true;
  if (mayPublish) {
    await publish(container, result.facts);
    await definition.afterPublish?.(result, event, context);
  }
  await markDone(container, context.claimKey, result);
  complete(context, event, result.facts.length);
}

function complete(
  { container, claimKey, began }: Pick<Context<never, never>, 'container' | 'claimKey' | 'began'>,
  event: { readonly metadata: Metadata },
  facts: number,
): void {
  container.log('INFO', 'consumer.event.complete', {
    ...about(event.metadata),
    idempotency_key: claimKey,
    result: 'success',
    latency_ms: since(container, began),
    count: facts,
  });
  container.metrics.count('consumer.succeeded_total');
}

/** Whole milliseconds since the invocation began. */
function since({ clock }: Base, began: number): number {
  return Math.max(0, Math.round(clock.monotonic() - began));
}
