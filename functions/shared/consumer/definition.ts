/** What a consumer is: what it hears and states, what it may use, how long it waits, and what it does (protocols §4–5). */
import type { CATALOGUE, Definition, EventName } from '../../../events/catalogue.ts';
import type { DataOf, EventOf } from '../../../events/define-event.ts';
import type { Metadata } from '../../../events/envelope.ts';
import type { FunctionName } from '../../../events/words.ts';
import type { Capability, Container } from '../container.ts';
import type { Envelope } from '../envelopes.ts';
import type { Decided } from '../ledger/claims.ts';
import type { Item, Value } from '../store/language.ts';
import type { Waits } from '../times.ts';
import type { Parked } from './delivery.ts';

export type Named<N extends EventName> = EventOf<Definition<N>>;
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

export type Handler = (payload: unknown) => Promise<unknown>;

/** Nothing to state, and nothing to remember. */
export const NOTHING: Decided = { facts: [], notes: {} };
/** What a handler decided: facts to publish, and notes that later steps read back from the record. */
export const decided = (facts: readonly Envelope[], notes: Notes = {}): Decided => ({ facts, notes });
