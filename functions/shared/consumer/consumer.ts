/**
 * The wrapper around every consumer: parse, claim, decide once, publish many, park what must wait (protocols §4–5).
 * It returns `(container) => handler`: nothing is bound at import.
 */
import type { CATALOGUE, Definition, EventName } from '../../../events/catalogue.ts';
import type { DataOf, EventOf } from '../../../events/define-event.ts';
import type { Metadata } from '../../../events/envelope.ts';
import type { FunctionName } from '../../../events/words.ts';
import type { Base, Capability, Container } from '../container.ts';
import { derive, type Envelope } from '../envelopes.ts';
import { codeOf, RetryableError, SafeError, VendorError } from '../errors.ts';
import { generationFrom } from '../flags/flags.ts';
import { claimEvent, type Decided, markDone, markDoneWithout, releaseClaim, storeDecided } from '../ledger/claims.ts';
import { consumerKey } from '../ledger/keys.ts';
import { addParkedTime, recordKeyOf } from '../ledger/messages.ts';
import { assertPublishable, publish } from '../publisher.ts';
import type { Item, Value } from '../store/language.ts';
import { nth, type Waits } from '../times.ts';
import { type Delivery, type Parked, readPayload, timesParkedFor } from './delivery.ts';
import { openDelivery } from './opening.ts';

type Named<N extends EventName> = EventOf<Definition<N>>;
type Notes = { readonly [name: string]: Value };

export type Context<K extends Capability, P extends EventName> = {
  readonly container: Container<K>;
  readonly claimKey: string;
  readonly owner: string;
  readonly record: Item;
  readonly generation: number;
  readonly parked: Parked | null;
  /** Under which replay this very delivery came; what is only derived from a replay has `metadata.replay`. */
  readonly replayName: string | null;
  /** When the invocation began, by the monotonic clock: its timeout counts from then. */
  readonly began: number;
  /** The event was finished before: what is done now rests on the record's state alone, and is not fenced. */
  readonly isRepeat: boolean;
  /** States a fact derived from the event; only events of `produces` are accepted. */
  state<N extends P>(
    name: N,
    data: DataOf<(typeof CATALOGUE)[N]>,
    options?: {
      readonly discriminator?: string;
      readonly eventId?: string;
      readonly about?: Partial<
        Pick<Metadata, 'messageId' | 'messageKey' | 'conversationSeq' | 'commentCreatedAt' | 'channel' | 'versions'>
      >;
    },
  ): Envelope;
};

export type ConsumerDefinition<K extends Capability, C extends EventName, P extends EventName> = {
  readonly name: FunctionName;
  readonly consumes: readonly C[];
  readonly produces: readonly P[];
  readonly uses: readonly K[];
  /** The handler part of the claim's key, where it is not the function's name. */
  readonly claimsAs?: (replayName: string | null) => string;
  /** Consumers with effects or vendor calls refuse very old events (protocols §9). */
  readonly hasEffects: boolean;
  /** How long an event of this kind may wait in the later queue, counted from `receivedAt`. */
  readonly budgetMs: (event: Named<C>, waits: Waits) => number;
  readonly handle: (event: Named<C>, context: Context<K, P>) => Promise<Decided>;
  /** What to state when the budget is used up; by default the envelope goes to the failure queue. */
  readonly onBudget?: (event: Named<C>, context: Context<K, P>, code: string) => Promise<Decided>;
  /** Between DECIDED and publishing, from what is stored; `false` publishes nothing. */
  readonly beforePublish?: (decided: Decided, event: Named<C>, context: Context<K, P>) => Promise<boolean>;
  /** After publishing, from what is stored: branches close here. */
  readonly afterPublish?: (decided: Decided, event: Named<C>, context: Context<K, P>) => Promise<void>;
  /** A function's own errand out of its later queue (the look). */
  readonly onErrand?: (errand: unknown, container: Container<K>) => Promise<void>;
  /** Acts on the record's state rather than on `csm:` DONE (protocols §7: `MessageStalled`). */
  readonly repeatsWhenDone?: (event: Named<C>) => boolean;
  /** What an attempt that died may have left to whoever comes after it, though another has finished the event (protocols §8). */
  readonly recheck?: (event: Named<C>, container: Container<K>, parked: Parked | null) => Promise<void>;
};

/** In all, as for an event that Lambda retries (platform §5.3). */
const ATTEMPTS = 3;

export type Handler = (payload: unknown) => Promise<unknown>;

/** Nothing to state, and nothing to remember. */
export const NOTHING: Decided = { facts: [], notes: {} };
/** What a handler decided: facts to publish, and notes that later steps read back from the record. */
export const decided = (facts: readonly Envelope[], notes: Notes = {}): Decided => ({ facts, notes });

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

/**
 * What fails again and again goes to the failure queue: Lambda sees to that for events of the bus, but a later queue has no
 * redrive policy and would bring it back until it expires.
 */
async function unlessPoison(container: Base, what: unknown, receives: number, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (receives < ATTEMPTS || isWorthWaiting(error)) throw error;
    await refuse(container, what, codeOf(error));
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
        // Only bugs use Lambda's attempts (protocols §5): a busy store or bus is waited for like any vendor.
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

/** Puts the envelope into the function's own later queue; it comes back through the same front door and costs no attempt. */
async function park<K extends Capability, C extends EventName, P extends EventName>(
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

function waitOf({ waits }: Base, cause: RetryableError | VendorError, parked: Parked | null): number {
  const asked = cause instanceof VendorError ? cause.retryAfterMs : cause.afterMs;
  return Math.min(waits.parkMostMs, asked ?? nth(waits.parkMs, parked?.count ?? 0));
}

function isWithinBudget<C extends EventName>(
  definition: Pick<ConsumerDefinition<never, C, never>, 'budgetMs'>,
  event: Named<C>,
  { clock, waits }: Base,
  wait: number,
): boolean {
  const since = Date.parse(event.metadata.receivedAt ?? event.metadata.occurredAt);
  return clock.now() + wait - since <= definition.budgetMs(event, waits);
}

function isWorthWaiting(error: unknown): error is RetryableError | VendorError {
  return error instanceof RetryableError || (error instanceof VendorError && error.retryable);
}

/** As it came; one out of a replay says so, which the bus tells beside an envelope and not in it: redriven, it is no live message. */
const asKept = ({ detail, replayName }: Delivery): unknown =>
  replayName === null ? detail : { envelope: detail, replayName };

/** What cannot be read or kept goes to the failure queue with its cause, and the invocation succeeds. */
async function refuse(container: Base, what: unknown, cause: string): Promise<void> {
  container.log('ERROR', 'consumer.event.invalid', { result: 'failed', error_code: cause });
  container.metrics.count('consumer.invalid_total');
  await container.queues.failure(JSON.stringify(what) ?? 'null', cause);
  container.log('ERROR', 'system.dlq.message_written', { error_code: cause });
}

function contextOf<K extends Capability, P extends EventName>(
  container: Container<K>,
  produces: readonly EventName[],
  event: { readonly metadata: Metadata },
  claim: Pick<
    Context<never, never>,
    'owner' | 'record' | 'generation' | 'parked' | 'replayName' | 'began' | 'isRepeat'
  > & {
    key: string;
  },
): Context<K, P> {
  const { functionName, release, env } = container.settings;
  // A repeat on a finished event is not fenced: what it states are facts of its own, never other bytes under a known id.
  const repeated = claim.isRepeat ? { discriminator: claim.owner } : {};
  return {
    container,
    claimKey: claim.key,
    owner: claim.owner,
    record: claim.record,
    generation: claim.generation,
    parked: claim.parked,
    replayName: claim.replayName,
    began: claim.began,
    isRepeat: claim.isRepeat,
    state: (name, data, options = {}) => {
      if (!produces.includes(name)) throw new Error(`${name} is not among what ${functionName} produces`);
      return derive(
        name,
        data,
        event.metadata,
        { producer: functionName, release, env, brandId: event.metadata.brandId },
        {
          now: container.clock.now(),
          generation: claim.generation,
          ...repeated,
          ...options,
        },
      );
    },
  };
}

function about(metadata: Metadata) {
  return {
    ticket_id: metadata.conversationId,
    message_key: metadata.messageKey,
    conversation_seq: metadata.conversationSeq,
    event_id: metadata.eventId,
    event_name: metadata.eventName,
    causation_id: metadata.causationId,
    trace_id: metadata.correlationId,
    channel: metadata.channel,
    schema_version: metadata.schemaVersion,
    ...(metadata.replay !== null && { is_replay: true }),
  };
}
