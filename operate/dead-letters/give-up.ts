/**
 * A letter that has no way back: its ticket is tagged, its message ends, and the fact is stated (platform §5.9). Never believes
 * what somebody else than its producer put on the bus: who could forge an event could end a message under way.
 */
import type { Metadata } from '../../events/envelope.ts';
import { derive, type Envelope } from '../../functions/shared/envelopes.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import type { FlagSnapshot } from '../../functions/shared/flags/flags.ts';
import { uuidV5 } from '../../functions/shared/ids.ts';
import { recordKeyOf } from '../../functions/shared/ledger/messages.ts';
import { ownFact } from '../../functions/shared/own-fact.ts';
import type { Bus, Clock, HelpdeskTagger, Store } from '../../functions/shared/ports.ts';
import { asProducer } from '../../functions/shared/producer.ts';
import { publish } from '../../functions/shared/publisher.ts';
import { any, eq } from '../../functions/shared/store/language.ts';
import { Failure } from '../failure.ts';
import type { Letter } from './letter.ts';
import { foreignCauseOf, hasEffects, onlyWatches } from './plan.ts';

export type GivingUp = {
  readonly clock: Clock;
  readonly store: Store;
  readonly bus: Bus;
  readonly tagger: HelpdeskTagger;
  readonly flags: () => Promise<FlagSnapshot>;
  readonly env: string;
  readonly release: string;
};

export type GivenUp = {
  /** `false` where it was not safe, or the letter names no ticket. */
  readonly isTagged: boolean;
  /** The message's record is DEAD; one that is over, or that only the auditor missed, stays as it is. */
  readonly isDead: boolean;
  /** Neither the ticket nor the record that it names was touched. */
  readonly isForeign: boolean;
};

export const ATTENTION_TAG = 'mw-error-needs-attention';

/** In this order, so that whoever dies on the way leaves the letter, and the next time all of it is done again. */
export async function giveUp(parts: GivingUp, letter: Letter, why: string): Promise<GivenUp> {
  const isForeign = foreignCauseOf(letter, parts.clock.now()) !== null;
  // What a consumer that only watches has missed is brought back by a backfill; its letter goes, and nothing else happens.
  if (onlyWatches(letter.function)) return { isTagged: false, isDead: false, isForeign };
  const believed = isForeign ? null : letter.metadata;
  const isTagged = await tag(parts, believed);
  const isDead = await endMessage(parts, letter, believed);
  const cause = isForeign || letter.cause === 'unknown' ? why : letter.cause;
  await publish(parts, [await deadLettered(parts, letter, cause, believed)]);
  return { isTagged, isDead, isForeign };
}

/** A helpdesk that does not answer keeps the letter where it is: a message must not end without a sign on its ticket. */
async function tag({ tagger, flags }: GivingUp, metadata: Metadata | null): Promise<boolean> {
  const conversationId = metadata?.conversationId ?? null;
  const { values } = await flags();
  if (conversationId === null || values.shadow_mode || values.richpanel_read_only) return false;
  try {
    await tagger.addTags(conversationId, [ATTENTION_TAG]);
    return true;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    // A ticket that is gone can carry no tag.
    if (error.kind === 'not_found') return false;
    throw new Failure(
      'not_tagged',
      `the helpdesk did not take the tag (${error.kind})`,
      'the letter stays where it is; try again when the helpdesk answers',
    );
  }
}

async function endMessage({ store }: GivingUp, letter: Letter, metadata: Metadata | null): Promise<boolean> {
  if (!metadata?.conversationId || !metadata.intakeKey || !hasEffects(letter.function)) return false;
  return store.change(
    'idempotency',
    { key: recordKeyOf(metadata) },
    { set: { status: 'DEAD' }, remove: ['open', 'next_sweep_at'] },
    any(eq('status', 'RECEIVED'), eq('status', 'CLASSIFIED'), eq('status', 'DEAD')),
  );
}

/**
 * The id follows from the letter, so that a second statement is the first one again.
 *
 * @param parent  what is believed of the message; without it the fact belongs to no conversation
 */
async function deadLettered(
  { clock, flags, env, release }: GivingUp,
  letter: Letter,
  cause: string,
  parent: Metadata | null,
): Promise<Envelope> {
  const { ledgerGeneration: generation } = await flags();
  if (generation === null)
    throw new Failure('flags_unreadable', 'the flags cannot be read', 'the letter stays where it is; try again');
  const data = {
    function: asProducer(letter.function),
    originalEventName: letter.metadata?.eventName ?? 'Unreadable',
    originalEventId: letter.metadata?.eventId ?? uuidV5('letter', letter.id),
    cause,
    attempts: letter.attempts,
  };
  const eventId = uuidV5(letter.function, letter.id, 'DeadLettered', generation);
  if (parent === null) {
    const settings = { functionName: 'drain-tool', env, release, brandId: 'main' } as const;
    const fact = ownFact({ clock, settings }, 'DeadLettered', data, letter.id);
    return { ...fact, metadata: { ...fact.metadata, eventId, causationId: eventId } };
  }
  const origin = { producer: 'drain-tool', release, env, brandId: parent.brandId } as const;
  return derive('DeadLettered', data, parent, origin, { now: clock.now(), generation, eventId });
}
