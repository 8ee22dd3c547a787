/** The helpdesk of the simulated world: one truth, read with lag, written over a wire that may swallow answers. */
import { type Channel, ROUTE_TAG_OF_TEAM, TEAMS } from '../../../events/words.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import type { Directory } from '../../../functions/shared/helpdesk/richpanel-directory.ts';
import type {
  Comment,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  MayWrite,
  Orders,
  Ticket,
} from '../../../functions/shared/ports.ts';
import { restrict, reveal } from '../../../functions/shared/restricted.ts';
import type { Fact, FinalTicket, ReplayCause } from '../facts.ts';
import type { Random } from '../kernel/random.ts';
import type { Process, Scheduler } from '../kernel/scheduler.ts';

export type Customer = { readonly id: string; readonly email: string; readonly firstName: string };
export type Opening = {
  readonly conversationId: string;
  readonly channel: Channel;
  readonly customer: Customer;
  readonly order: unknown;
};
export type CommentOptions = {
  readonly isDispute?: boolean;
  readonly lagMs?: number;
  /** By how much it is older than its appearance. */
  readonly agedMs?: number;
  readonly attachments?: number;
  readonly isPublic?: boolean;
};

/** How the helpdesk misbehaves; every share is of the calls of that kind. */
export type HelpdeskFaults = {
  /** Reads that show the comments as they were up to `staleMs` ago. */
  readonly staleReads: number;
  readonly staleMs: number;
  /** Reads of whoever comes back soon that do not show the newest comment. */
  readonly staleReturns: number;
  /** The list of tickets is refused for good (reference §3.2c): nobody finds what was missed. */
  readonly hidesList: boolean;
  /** Writes that land after their caller has given up. */
  readonly lateWrites: number;
  /** Writes that land late, and whose caller waits for the answer. */
  readonly slowWrites: number;
  /** Longest time for which reads do not show a reply of ours. */
  readonly replyLagMs: number;
};

export type HelpdeskPorts = HelpdeskReader &
  Pick<Directory, 'tickets'> &
  HelpdeskTagger &
  HelpdeskCloser &
  HelpdeskNoter &
  HelpdeskSender &
  Orders;

export type SimulatedHelpdesk = {
  /** Calls refused as if the vendor were down; shared by every port. */
  isDown: boolean;
  readonly hidesList: boolean;
  open(opening: Opening): void;
  customerWrites(conversationId: string, text: string, options?: CommentOptions): string;
  agentWrites(conversationId: string, text: string): string;
  agentCloses(conversationId: string): void;
  /** The helpdesk as one process calls it. */
  portsFor(process: Process): HelpdeskPorts;
  final(): FinalTicket[];
  /** Everything there is, notes of ours included. */
  stored(): readonly StoredTicket[];
  /** How often each misbehaviour happened. */
  readonly fired: { staleReads: number; lateWrites: number; slowWrites: number; refused: number };
};

/** A ticket as the helpdesk keeps it. */
export type StoredTicket = {
  readonly opening: Opening;
  readonly status: Ticket['status'];
  readonly tags: ReadonlySet<string>;
  readonly comments: readonly { readonly comment: Comment; readonly readableAt: number }[];
  /** When each function read it last. */
  readonly readers: ReadonlyMap<string, number>;
};
type Stored = StoredTicket & {
  status: Ticket['status'];
  tags: Set<string>;
  comments: StoredComment[];
  readers: Map<string, number>;
};
type StoredComment = StoredTicket['comments'][number];

/** The longest that a request may still be under way (protocols §6, §8: aborted at 30 s). */
const LONGEST_WRITE_MS = 29_000;
const SLOWEST_SEND_MS = 150;
/** The client gives a write up after 20 s; what lands later is one of the late ones. */
const SLOWEST_WRITE_MS = 19_000;
/** A comment is readable to everybody after so long: less than any second look (protocols §2, §3). */
const LONGEST_LAG_MS = 19_000;

export function simulatedHelpdesk(options: {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: HelpdeskFaults;
  readonly record: (fact: Fact) => void;
  /** The replay behind what a process is doing. */
  readonly causeOf: (process: string) => ReplayCause | null;
}): SimulatedHelpdesk {
  const { scheduler, random, faults, record, causeOf } = options;
  const tickets = new Map<string, Stored>();
  const network = scheduler.process('network');
  const fired = { staleReads: 0, lateWrites: 0, slowWrites: 0, refused: 0 };
  const now = () => scheduler.clock.now();
  const state = { isDown: false };

  function found(conversationId: string): Stored {
    const ticket = tickets.get(conversationId);
    if (!ticket) throw new VendorError('richpanel', 'not_found', { status: 404 });
    return ticket;
  }

  function append(stored: Stored, author: Comment['author'], text: string, about: CommentOptions = {}): string {
    const comment: Comment = {
      id: `c${random.hex(7)}`,
      createdAt: now() - (about.agedMs ?? 0),
      author,
      isPublic: about.isPublic ?? true,
      channel: stored.opening.channel,
      text: restrict(text),
      isHtml: false,
      attachments: about.attachments ?? 0,
    };
    const readableAt = now() + (about.lagMs ?? 0);
    stored.comments.push({ comment, readableAt });
    // A note is no part of the conversation with the customer.
    if (!comment.isPublic) return comment.id;
    record({
      kind: 'comment',
      at: comment.createdAt,
      conversationId: stored.opening.conversationId,
      commentId: comment.id,
      author: author === 'unknown' ? 'agent' : author,
      readableAt,
      isDispute: about.isDispute ?? false,
    });
    return comment.id;
  }

  function refuseWhenDown(): void {
    if (!state.isDown) return;
    fired.refused += 1;
    throw new VendorError('richpanel', 'server', { status: 503, applied: 'unknown' });
  }

  /** Lands now, or late: the caller waits for it, or hears only that time is up. */
  async function write(process: Process, mayWrite: MayWrite | undefined, effect: () => void): Promise<void> {
    if (mayWrite && !mayWrite()) throw new VendorError('richpanel', 'window_passed');
    refuseWhenDown();
    if (random.chance(faults.slowWrites)) {
      fired.slowWrites += 1;
      // Half of them as late as can be: another writer of the ticket comes in between, and who wrote first lands last.
      await process.clock.sleep(random.chance(0.5) ? SLOWEST_WRITE_MS : random.integer(0, SLOWEST_WRITE_MS));
      return effect();
    }
    if (!random.chance(faults.lateWrites)) return effect();
    fired.lateWrites += 1;
    const landsAfter = random.integer(0, LONGEST_WRITE_MS);
    void network.clock.sleep(landsAfter).then(effect);
    await process.clock.sleep(random.integer(0, landsAfter));
    throw new VendorError('richpanel', 'timeout', { applied: 'unknown' });
  }

  function view(stored: Stored, asOf: number): Ticket {
    const { conversationId, channel, customer } = stored.opening;
    const tags = [...stored.tags];
    const teams = TEAMS.filter((team) => tags.includes(ROUTE_TAG_OF_TEAM[team]));
    return {
      id: conversationId,
      status: stored.status,
      channel,
      subject: restrict(''),
      tags,
      assignedTeam: teams.length === 1 ? (teams[0] ?? null) : null,
      comments: stored.comments.filter(({ readableAt }) => readableAt <= asOf).map(({ comment }) => ({ ...comment })),
      customer: {
        id: restrict(customer.id),
        email: restrict(customer.email),
        firstName: restrict(customer.firstName),
      },
      storeId: null,
    };
  }

  const staleNow = (): number | null =>
    random.chance(faults.staleReads) ? now() - random.integer(1, faults.staleMs) : null;

  /** Who comes back soon may be served by a replica that lags behind, never by 20 s: two reads so far apart agree (protocols §3). */
  function behindItsTime({ readers, comments }: Stored, by: string): number | null {
    const [name = by] = by.split('#');
    const last = readers.get(name);
    readers.set(name, now());
    const newest = comments.at(-1);
    if (last === undefined || !newest || now() - last > LONGEST_LAG_MS) return null;
    const asOf = newest.readableAt - 1;
    // A slower one that was written before it is hidden with it.
    const isLongKnown = ({ comment, readableAt }: Stored['comments'][number]): boolean =>
      readableAt > asOf && now() - comment.createdAt > LONGEST_LAG_MS;
    if (newest.readableAt > now() || comments.some(isLongKnown)) return null;
    return random.chance(faults.staleReturns) ? asOf : null;
  }

  /** Without comments, as the vendor's list has it. */
  function rowOf({ opening, status, tags, comments }: Stored) {
    const written = comments.map(({ comment }) => comment.createdAt);
    const { conversationId: id, channel } = opening;
    const [createdAt, updatedAt] = [Math.min(...written), Math.max(0, ...written)];
    return { id, number: null, status, channel, createdAt, updatedAt, tags: [...tags] };
  }

  function portsFor(process: Process): HelpdeskPorts {
    const by = process.id;
    /** As the call is made: what lands later was caused then. */
    const because = (): { readonly replay?: ReplayCause } => {
      const replay = causeOf(by);
      return replay ? { replay } : {};
    };
    const retag = (
      conversationId: string,
      added: readonly string[],
      removed: readonly string[],
      mayWrite: MayWrite | undefined,
      why = because(),
    ) =>
      write(process, mayWrite, () => {
        const { tags } = found(conversationId);
        for (const tag of removed) tags.delete(tag);
        for (const tag of added) tags.add(tag);
        record({ kind: 'tags', at: now(), by, conversationId, added: [...added], removed: [...removed], ...why });
      });
    const become = (conversationId: string, status: Ticket['status'], mayWrite?: MayWrite, why = because()) =>
      write(process, mayWrite, () => {
        found(conversationId).status = status;
        record({ kind: 'status', at: now(), by, conversationId, status, ...why });
      });
    return {
      async ticket(conversationId) {
        refuseWhenDown();
        const stored = tickets.get(conversationId);
        if (!stored) return null;
        const asOf = behindItsTime(stored, by) ?? staleNow() ?? now();
        if (asOf < now()) fired.staleReads += 1;
        record({ kind: 'read', at: now(), by, conversationId, asOf });
        return view(stored, asOf);
      },
      async tickets() {
        refuseWhenDown();
        if (faults.hidesList) return { kind: 'unavailable', status: 403 };
        const open = [...tickets.values()].filter(({ status }) => status === 'open').map(rowOf);
        return { kind: 'page', rows: open.toSorted((left, right) => right.updatedAt - left.updatedAt), next: null };
      },
      addTags: (conversationId, tags, mayWrite) => retag(conversationId, tags, [], mayWrite),
      removeTags: (conversationId, tags, mayWrite) => retag(conversationId, [], tags, mayWrite),
      reopen: (conversationId) => become(conversationId, 'open'),
      close: (conversationId, mayWrite) => become(conversationId, 'closed', mayWrite),
      note: (conversationId, text) =>
        write(process, undefined, () => void append(found(conversationId), 'bot', text, { isPublic: false })),
      async send({ conversationId, text: sent }, abortAfterMs, mayWrite) {
        const text = reveal(sent);
        if (abortAfterMs <= 0 || !mayWrite()) throw new VendorError('richpanel', 'window_passed');
        refuseWhenDown();
        const writtenAt = now();
        const why = because();
        // Under way whatever becomes of the sender.
        await network.clock.sleep(random.integer(1, SLOWEST_SEND_MS));
        const commentId = append(found(conversationId), 'bot', text, {
          lagMs: random.integer(0, faults.replyLagMs),
        });
        record({ kind: 'sent', at: now(), writtenAt, by, conversationId, commentId, text, ...why });
        return { messageId: commentId };
      },
      async linked(conversationId) {
        refuseWhenDown();
        return restrict(structuredClone(found(conversationId).opening.order ?? {}));
      },
      async byId() {
        refuseWhenDown();
        return restrict(null);
      },
    };
  }

  return {
    get isDown() {
      return state.isDown;
    },
    set isDown(value) {
      state.isDown = value;
    },
    fired,
    hidesList: faults.hidesList,
    open(opening) {
      if (!tickets.has(opening.conversationId))
        tickets.set(opening.conversationId, {
          opening,
          status: 'open',
          tags: new Set(),
          comments: [],
          readers: new Map(),
        });
    },
    customerWrites(conversationId, text, about) {
      const stored = found(conversationId);
      if (stored.status === 'closed') {
        stored.status = 'open';
        record({ kind: 'status', at: now(), by: 'customer', conversationId, status: 'open' });
      }
      return append(stored, 'customer', text, about);
    },
    agentWrites: (conversationId, text) => append(found(conversationId), 'agent', text),
    agentCloses(conversationId) {
      found(conversationId).status = 'closed';
      record({ kind: 'status', at: now(), by: 'agent', conversationId, status: 'closed' });
    },
    portsFor,
    stored: () => [...tickets.values()],
    final: () =>
      [...tickets.values()].map(({ opening, tags, status }) => ({
        conversationId: opening.conversationId,
        tags: [...tags].sort(),
        status,
      })),
  };
}
