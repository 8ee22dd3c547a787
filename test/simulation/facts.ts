/** What the checker judges: everything that left a function or reached the helpdesk, as plain values. Imports nothing. */

/** The replay that led to something, by whatever chain of deliveries, and the message that was replayed. */
export type ReplayCause = { readonly name: string; readonly rootEventId: string | null };

/** A web request to our door; `eventId` is what a 200 named. */
export type WebhookFact = {
  readonly kind: 'webhook';
  readonly at: number;
  readonly conversationId: string;
  /** Comments that the webhook was fired for. */
  readonly commentId: string;
  readonly status: number;
  readonly eventId: string | null;
};
/** A comment stands on a ticket; `readableAt` is when reads begin to show it. */
export type CommentFact = {
  readonly kind: 'comment';
  readonly at: number;
  readonly conversationId: string;
  readonly commentId: string;
  readonly author: 'customer' | 'bot' | 'agent';
  readonly readableAt: number;
  /** The scenario planted Tier 0 text. */
  readonly isDispute: boolean;
};
/** Somebody was shown a ticket as it stood at `asOf`. */
export type ReadFact = {
  readonly kind: 'read';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
  readonly asOf: number;
};
/** A reply reached the helpdesk; `writtenAt` is when its request left us. */
export type SentFact = {
  readonly kind: 'sent';
  readonly at: number;
  readonly writtenAt: number;
  readonly by: string;
  readonly conversationId: string;
  readonly commentId: string;
  readonly text: string;
  readonly replay?: ReplayCause;
};
export type TagsFact = {
  readonly kind: 'tags';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly replay?: ReplayCause;
};
export type StatusFact = {
  readonly kind: 'status';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
  readonly status: 'open' | 'closed';
  readonly replay?: ReplayCause;
};
/** The bus took an entry. */
export type PublishedFact = {
  readonly kind: 'published';
  readonly at: number;
  readonly by: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
  readonly replay?: ReplayCause;
};
/** The door was claimed for a comment. */
export type ClaimedFact = {
  readonly kind: 'claimed';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
  readonly commentId: string;
};
/** A root claimed a comment that has no record of its own: what becomes of the root becomes of it (protocols §3). */
export type HeldFact = {
  readonly kind: 'held';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
  readonly commentId: string;
  readonly rootEventId: string;
};
/** A conversation was given its sticky flag: whoever reads it from now on knows of Tier 0. */
export type FlaggedFact = {
  readonly kind: 'flagged';
  readonly at: number;
  readonly by: string;
  readonly conversationId: string;
};
/** Replies were switched off (`stopped`) or on again. */
export type SwitchFact = { readonly kind: 'switch'; readonly at: number; readonly stopped: boolean };
/** From then on nothing is answered that was written before `epoch` (`reply_epoch`). */
export type EpochFact = { readonly kind: 'epoch'; readonly at: number; readonly epoch: number };
/** Something came to rest in a failure queue. */
export type FailureFact = {
  readonly kind: 'failure';
  readonly at: number;
  readonly target: string;
  readonly cause: string;
  readonly body: string;
};
/** Archived events were played again. */
export type ReplayFact = {
  readonly kind: 'replay';
  readonly at: number;
  readonly name: string;
  /** Live traffic goes on beside it: only what names it as its cause came of it. Else all that follows did. */
  readonly during?: true;
};

/**
 * Tables were lost, and were rebuilt by `until`: under a raised ledger generation and epoch. What the ledger had told of a message
 * that was under way then may be told again under the new generation's ids.
 */
export type LossFact = {
  readonly kind: 'loss';
  readonly at: number;
  readonly until: number;
  readonly tables: readonly string[];
};

export type Fact =
  | WebhookFact
  | CommentFact
  | ReadFact
  | SentFact
  | TagsFact
  | StatusFact
  | PublishedFact
  | ClaimedFact
  | HeldFact
  | FlaggedFact
  | SwitchFact
  | EpochFact
  | FailureFact
  | ReplayFact
  | LossFact;

/** What lies somewhere when a run is over, as text: for the search for what should lie nowhere. */
export type Resting = { readonly place: string; readonly text: string };

/** A ticket as the helpdesk has it when a run is over. */
export type FinalTicket = {
  readonly conversationId: string;
  readonly tags: readonly string[];
  readonly status: 'open' | 'closed';
};

/** A table of the auditor: what each row says, by the id of its event, as it is and as the archive makes it anew. */
export type Projection = {
  readonly table: string;
  readonly original: readonly (readonly [eventId: string, row: string])[];
  readonly rebuilt: Projection['original'];
};

/** All a checker gets. */
export type Account = {
  readonly facts: readonly Fact[];
  readonly tickets: readonly FinalTicket[];
  readonly resting: readonly Resting[];
  /** Stands in every text, name and address, in any case, and may stand nowhere else. */
  readonly canary: string;
  /** The helpdesk refused its list of tickets: what was never accepted is found by nobody. */
  readonly hidesList?: boolean;
  /** Event ids in the audit trail, one for each row. */
  readonly trail: readonly string[];
  /** The same before the archive was replayed at the end, which brings back whatever live traffic left out. */
  readonly trailOfLive?: readonly string[];
  /** After the archive was replayed in full. */
  readonly projections?: readonly Projection[];
};
