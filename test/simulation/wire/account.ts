/** What was found after a run, told as the facts that the simulator's checker judges. Pure. */
import type { Item } from '../../../functions/shared/store/language.ts';
import type { OutboxEntry, WriteEntry } from '../../../local/sandbox/model/types.ts';
import type {
  Account,
  CommentFact,
  Fact,
  FailureFact,
  FinalTicket,
  ReplayFact,
  Resting,
  SwitchFact,
} from '../facts.ts';

/** A webhook and its answer; `eventId` is what a 200 named, status 502 stands for none at all. */
export type Fired = {
  readonly at: number;
  readonly conversationId: string;
  readonly commentId: string;
  readonly status: number;
  readonly eventId: string | null;
};

/** A ticket as the sandbox shows it. */
export type Shown = {
  readonly id: string;
  readonly status: string;
  readonly tags: readonly string[] | null;
  readonly comments: readonly {
    readonly id: string;
    readonly author_id: string | null;
    readonly created_at: string;
    readonly is_operator: boolean;
    readonly public?: boolean;
  }[];
};

/** An event as the archive keeps it, in the order in which the bus took them; `at` in epoch milliseconds. */
export type Archived = {
  readonly at: number;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
};

export type Found = {
  readonly fired: readonly Fired[];
  readonly disputes: ReadonlySet<string>;
  readonly readableAt: ReadonlyMap<string, number>;
  readonly switches: readonly SwitchFact[];
  readonly replays: readonly ReplayFact[];
  readonly tickets: readonly Shown[];
  readonly outbox: readonly Pick<OutboxEntry, 'ticketId' | 'commentId' | 'at' | 'body'>[];
  readonly writes: readonly Pick<WriteEntry, 'at' | 'ticketId' | 'kind' | 'body' | 'applied'>[];
  readonly archived: readonly Archived[];
  /** Records of the ledger, for the claims among them. */
  readonly ledger: readonly Item[];
  readonly failures: readonly FailureFact[];
  readonly trail: readonly string[];
  readonly resting: readonly Resting[];
  readonly canary: string;
  /** How far back the oldest state lies that a read of the helpdesk showed. */
  readonly staleMs: number;
};

/** The door's answer may be so old at the socket write (protocols §6); the rules of text before a reply begin there. */
const WINDOW_MS = 2_000;
/** The request's way on a machine that has other work, and the answer's. */
const WAY_MS = 3_000;
/** Who wrote cannot be seen: everything of ours is one writer. */
const BY = 'frontdesk';

/** Of one instant, what another fact rests on comes first. */
const RANK: Readonly<Record<Fact['kind'], number>> = {
  switch: 0,
  epoch: 0,
  loss: 0,
  read: 1,
  comment: 2,
  claimed: 3,
  held: 3,
  flagged: 3,
  webhook: 4,
  sent: 5,
  tags: 5,
  status: 5,
  published: 6,
  failure: 7,
  replay: 8,
};

export function accountOf(found: Found): Account {
  const facts: Fact[] = [
    ...found.switches,
    ...found.replays,
    ...found.failures,
    ...found.fired.map((one): Fact => ({ kind: 'webhook', ...one })),
    ...found.tickets.flatMap((ticket) => commentsOf(ticket, found)),
    ...found.outbox.flatMap((entry) => sendOf(entry, found)),
    ...found.writes.flatMap((write) => writeOf(write, found)),
    ...found.ledger.flatMap(claimOf),
    ...found.archived.map(
      ({ detail, ...event }): Fact => ({
        kind: 'published',
        by: event.source,
        ...event,
        detail: JSON.stringify(detail),
      }),
    ),
  ];
  return {
    facts: facts.sort((left, right) => left.at - right.at || RANK[left.kind] - RANK[right.kind]),
    tickets: found.tickets.map(
      ({ id, status, tags }): FinalTicket => ({
        conversationId: id,
        tags: [...(tags ?? [])].sort(),
        status: status === 'CLOSED' ? 'closed' : 'open',
      }),
    ),
    resting: found.resting,
    canary: found.canary,
    trail: found.trail,
  };
}

/** Notes are no part of the conversation with the customer. */
function commentsOf({ id: conversationId, comments }: Shown, { outbox, disputes, readableAt }: Found): CommentFact[] {
  const sent = new Set(outbox.map(({ commentId }) => commentId));
  return comments
    .filter((comment) => comment.public !== false)
    .map(({ id: commentId, created_at, is_operator }) => ({
      kind: 'comment',
      at: Date.parse(created_at),
      conversationId,
      commentId,
      author: is_operator ? (sent.has(commentId) ? 'bot' : 'agent') : 'customer',
      readableAt: readableAt.get(commentId) ?? Date.parse(created_at),
      isDispute: disputes.has(commentId),
    }));
}

/** With the oldest look that the protocol allows its sender: what stood there before must not have been answered over. */
function sendOf(entry: Found['outbox'][number], { staleMs }: Found): Fact[] {
  const { ticketId: conversationId, commentId, body: text } = entry;
  const at = Date.parse(entry.at);
  return [
    { kind: 'read', at: at - WINDOW_MS, by: BY, conversationId, asOf: at - WINDOW_MS - WAY_MS - staleMs },
    { kind: 'sent', at, writtenAt: at, by: BY, conversationId, commentId, text },
  ];
}

/**
 * What the helpdesk was told and took, but for what was sent: that is taken from the outbox. Once a replay has begun, whatever was
 * tried counts, refused, lost or of any kind, as a write that changed nothing: a replay may not even try.
 */
function writeOf({ at: text, ticketId, kind, body, applied }: Found['writes'][number], { replays }: Found): Fact[] {
  const at = Date.parse(text);
  const conversationId = ticketId ?? '';
  const { tags, ticket } = Object(body) as { tags?: string[]; ticket?: { status?: string } };
  if (kind === 'status' && applied)
    return [{ kind: 'status', at, by: BY, conversationId, status: ticket?.status === 'CLOSED' ? 'closed' : 'open' }];
  const isTagging = applied && (kind === 'tags' || kind === 'untag');
  if (!isTagging && !replays.some((replay) => replay.at <= at)) return [];
  const written = isTagging && Array.isArray(tags) ? tags : [];
  return [
    {
      kind: 'tags',
      at,
      by: BY,
      conversationId,
      added: kind === 'tags' ? written : [],
      removed: kind === 'untag' ? written : [],
    },
  ];
}

/** An action that ended without a send was never claimed for one; `claimed_at` is moved when the claim's process dies. */
function claimOf({ key, status, received_at }: Item): Fact[] {
  const [, conversationId, commentId] = /^act:rp_reply:(.*):([^:]+)$/.exec(String(key)) ?? [];
  if (conversationId === undefined || commentId === undefined || status === 'FAILED') return [];
  return [{ kind: 'claimed', at: Number(received_at), by: BY, conversationId, commentId }];
}
