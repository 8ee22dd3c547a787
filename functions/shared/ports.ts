/**
 * Everything a function may await. Each port is a type with a live and a memory adapter held to one contract suite; the
 * simulator stands in between, so every await on a port is a point where a run may crash, time out or be overtaken.
 */

import type { DecisionInput, Features, Scores, VerifierInput } from '../../events/decision.ts';
import type { Spend } from '../../events/fields.ts';
import type { Channel, Intent, Team } from '../../events/words.ts';
import type { Unasked } from '../../policy/embedded/unasked.ts';
import type { FactRecord } from './records/table.ts';
import type { Restricted } from './restricted.ts';
import type { Changes, Condition, Item, Key, TableName } from './store/language.ts';

export type Clock = {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Never jumps, milliseconds from an arbitrary start. */
  monotonic(): number;
  /** Waits for `ms` before any scale: one machine may make it shorter (FRONTDESK_TIME_SCALE). A signal ends it early. */
  sleep(ms: number, until?: AbortSignal): Promise<void>;
};

export type Ids = {
  /** UUID v7 of the given instant, for a root event. */
  uuidV7(now: number): string;
  ulid(now: number): string;
  /** Lower-case hex of so many random bytes. */
  hex(bytes: number): string;
  /** 0 ≤ x < 1, for full jitter. */
  jitter(): number;
};

/** One conditional single-item request each; strongly consistent (protocols §1). Throws `VendorError` when unreachable. */
export type Store = {
  /** `null` when absent or expired. */
  get(table: TableName, key: Key): Promise<Item | null>;
  /** `false` when the condition does not hold. */
  put(table: TableName, item: Item, condition?: Condition): Promise<boolean>;
  /** The item after the change; `null` when the condition does not hold. Creates the item when it is absent. */
  update(table: TableName, key: Key, changes: Changes, condition?: Condition): Promise<Item | null>;
  /** The same where nobody reads the item: `false` when the condition does not hold. */
  change(table: TableName, key: Key, changes: Changes, condition?: Condition): Promise<boolean>;
  remove(table: TableName, key: Key): Promise<void>;
  query(table: TableName, query: StoreQuery): Promise<Item[]>;
};
export type StoreQuery = {
  readonly index?: string;
  readonly partition: string;
  /** Sort key at most / at least, inclusive. */
  readonly upTo?: string | number;
  readonly from?: string | number;
  readonly limit: number;
  readonly newestFirst?: boolean;
};

export type BusEntry = { readonly source: string; readonly detailType: string; readonly detail: string };
/** `PutEvents`: answered entry by entry; a success may hold failures (protocols §2). */
export type Bus = {
  putEvents(
    entries: readonly BusEntry[],
  ): Promise<{ readonly failed: readonly { readonly index: number; readonly code: string }[] }>;
};

/** The rule that hands what came in to `classify`; throws `VendorError` when the bus does not say. */
export type IntakeRule = { isEnabled(): Promise<boolean> };

/** Rows for people's questions, kept at least once: whoever reads them counts each `event_id` once. Throws `VendorError`. */
export type Records = { put(row: FactRecord): Promise<void> };

export type Queues = {
  /**
   * Puts a parked envelope into the function's own `-later` queue; ≤ 15 min a hop.
   *
   * @param delayMs  of the clock
   */
  later(body: string, delayMs: number): Promise<void>;
  /** Puts what cannot be read or finished into the function's failure queue, with a cause code. */
  failure(body: string, cause: string): Promise<void>;
};

/** Parameters below `/frontdesk/<env>/`, raw; `null` where a name is missing. Throws when unreadable. */
export type Parameters = { read(names: readonly string[]): Promise<Readonly<Record<string, string | null>>> };

/** Secrets by short name, e.g. `richpanel/webhook_token`. Throws when unreadable. */
export type Secrets = { read(name: string): Promise<string> };

/** Sealed with the environment's key; L3 data at rest lives here alone. */
export type Cipher = { seal(text: string): Promise<string>; open(sealed: string): Promise<string> };

export type CommentAuthor = 'customer' | 'bot' | 'agent' | 'unknown';
export type Comment = {
  /** In the codec of architecture §8. */
  readonly id: string;
  /** Epoch milliseconds of the helpdesk's own time. */
  readonly createdAt: number;
  readonly author: CommentAuthor;
  readonly isPublic: boolean;
  readonly channel: string | null;
  /** As it was written, plain text when the helpdesk has it, else HTML. */
  readonly text: Restricted<string>;
  readonly isHtml: boolean;
  readonly attachments: number;
};
export type Ticket = {
  readonly id: string;
  readonly status: 'open' | 'closed';
  readonly channel: Channel;
  readonly subject: Restricted<string>;
  readonly tags: readonly string[];
  readonly assignedTeam: Team | null;
  /** In the helpdesk's order, which means nothing; sort by `conversationSeq`. */
  readonly comments: readonly Comment[];
  readonly customer: {
    readonly id: Restricted<string> | null;
    readonly email: Restricted<string> | null;
    readonly firstName: Restricted<string> | null;
  };
  readonly storeId: string | null;
};

export type HelpdeskReader = {
  /** `null` when the helpdesk does not know the id. Every read is fresh. */
  ticket(conversationId: string): Promise<Ticket | null>;
};
/** Asked right before the first byte is written; `false` ends the attempt with `VendorError` `window_passed`: nothing was written. */
export type MayWrite = () => boolean;
export type HelpdeskTagger = {
  addTags(conversationId: string, tags: readonly string[], mayWrite?: MayWrite): Promise<void>;
  removeTags(conversationId: string, tags: readonly string[], mayWrite?: MayWrite): Promise<void>;
  reopen(conversationId: string): Promise<void>;
};
/** A comment that only agents see (tenant item V15); it has no way to a customer. */
export type HelpdeskNoter = { note(conversationId: string, text: string): Promise<void> };
export type HelpdeskCloser = { close(conversationId: string, mayWrite?: MayWrite): Promise<void> };
/** The send capability: only `responder-reply` is given it. */
export type HelpdeskSender = {
  /**
   * One attempt, aborted after `abortAfterMs`. Throws `VendorError`; `applied: 'no'` only when provably not a byte was
   * written or the vendor refused with 429.
   */
  send(
    message: OutgoingMessage,
    abortAfterMs: number,
    mayWrite: MayWrite,
  ): Promise<{ readonly messageId: string | null }>;
};
export type OutgoingMessage = {
  readonly conversationId: string;
  readonly channel: Channel;
  readonly text: Restricted<string>;
};

export type Orders = {
  /** The vendor's linkage answer, unparsed; `null` on 404. */
  linked(conversationId: string): Promise<Restricted<unknown>>;
  byId(storeId: string, orderId: string): Promise<Restricted<unknown>>;
};

export type ClassifierRequest = {
  readonly channel: Channel;
  /** Cleaned text of the newest comment: no network adapter may read it. */
  readonly text: Restricted<string>;
  /** The same, redacted and truncated: what may leave the machine (decisions §3.2). */
  readonly redacted: Restricted<string>;
  /** Which kinds of identifiers the text held. */
  readonly features: Features;
  readonly model?: ModelRequest;
};
/** What only a model over the network is told or held to. */
export type ModelRequest = {
  readonly identityKnown: boolean;
  /** Flag `reduced_tokens`. */
  readonly isReduced: boolean;
  /** Calls that are not needed for a decision are left out in safe mode (platform §1.5). */
  readonly mayModerate: boolean;
  /** Of 2 in all for a message, those not used up before it was parked. */
  readonly attempts: number;
  /** When an answer has to be there, by `clock.monotonic()`. */
  readonly endsAt: number;
};
type Tokens = { readonly tokensIn: number; readonly tokensOut: number };
/** What a model over the network adds to any answer. */
type ModelUse = { readonly spend: Spend; readonly moderation: DecisionInput['turn']['moderation'] };
export type Scored = Tokens & {
  readonly failure?: undefined;
  readonly raw: Scores;
  /** Intents that a part of the message states by itself; calibration keeps them in sight. */
  readonly stated?: readonly Intent[];
  /** The message closes a matter, or supposes one: what it names is no wish that a reply would fit. */
  readonly unasked?: Unasked | null;
  readonly model?: ModelUse & {
    /** Advice, never authority. */
    readonly requested: NonNullable<DecisionInput['classifier']['requested']>;
    readonly language: DecisionInput['message']['language']['model'];
  };
};
/** No usable answer came; what did come may have cost something all the same. */
export type NotScored = Tokens & {
  readonly failure: NonNullable<DecisionInput['classifier']['failure']>;
  readonly attempts: number;
  /** The vendor asks for this much patience, and an attempt is left. */
  readonly parkMs: number | undefined;
  readonly model?: ModelUse;
};
export type ClassifierAnswer = Scored | NotScored;
/** Throws `VendorError` only when a service of ours is busy. */
export type Classifier = {
  readonly kind: 'openai' | 'embedded' | 'keyword';
  readonly version: string;
  readonly calibration: string;
  /** What a model was asked with; recorded on each decision (decisions §3.10). */
  readonly asks?: {
    readonly model: string;
    readonly prompt: string;
    readonly promptSha256: string;
    readonly schema: string;
  };
  calibrate(scored: Pick<Scored, 'raw' | 'stated' | 'unasked'>): Scores;
  classify(request: ClassifierRequest): Promise<ClassifierAnswer>;
};

export type VerifierRequest = {
  readonly primaryIntent: Intent;
  readonly channel: Channel;
  readonly orderStateLabel: string;
  readonly deterministicOrderLink: boolean;
  /** Redacted message from the vault; `null` where none is kept. */
  readonly text: Restricted<string> | null;
  readonly screenRuleIds: readonly string[];
  readonly keywordIntents: readonly Intent[];
  readonly deniesReceipt: boolean;
  readonly asksSomethingElse: boolean;
  /** When an answer has to be there, by `clock.monotonic()`; for a model over the network. */
  readonly endsAt?: number;
};
/** `spend` is given where a model over the network was asked. */
export type Verified = VerifierInput & { readonly spend?: Spend };
export type Verifier = {
  readonly kind: 'openai' | 'embedded';
  verify(request: VerifierRequest): Promise<Verified>;
};

/** `true` when a token was taken; `false` when the vendor's budget is used up. */
export type Limits = { take(vendor: string, operationClass: string, blockedUntil?: number): Promise<boolean> };
