/** Reads and makes the claims on a turn's comments (protocols §3). */
import type { Container } from '../shared/container.ts';
import { RetryableError } from '../shared/errors.ts';
import { announce, announcedOf, claimComment, decidedTurn, rootOfClaim } from '../shared/ledger/claims.ts';
import { consumerKey, messageRecordKey } from '../shared/ledger/keys.ts';
import { isOver, readMessage } from '../shared/ledger/messages.ts';
import type { Item } from '../shared/store/language.ts';
import type { Holder, Reading, Seen } from './turn.ts';

export type Claims = {
  readonly roots: ReadonlyMap<string, string>;
  readonly decided: ReadonlySet<string>;
  /** Roots that have decided, and those that never will: their messages were given up. */
  readonly decidedRoots: ReadonlySet<string>;
};

type Context = {
  readonly container: Container;
  readonly claimKey: string;
  readonly owner: string;
  readonly record: Item;
};

/** Who claims each comment, and which comments stand in the stored turn of a decision. */
export async function readClaims(
  container: Container,
  conversationId: string,
  customer: readonly Seen[],
  me: string,
): Promise<Claims> {
  const roots = new Map<string, string>();
  const holding = new Map<string, Item | null>();
  for (const { comment } of customer) {
    const claim = await readMessage(container, messageRecordKey(conversationId, comment.id));
    const root = rootOfClaim(claim);
    if (!root) continue;
    roots.set(comment.id, root);
    holding.set(root, claim);
  }
  const decided = new Set<string>();
  const decidedRoots = new Set<string>();
  for (const root of new Set(roots.values())) {
    if (root === me) continue;
    const turn = await decidedTurn(container, consumerKey('classify', 'classify', root));
    if (turn || (await isGivenUp(container, holding.get(root)))) decidedRoots.add(root);
    for (const id of turn ?? []) decided.add(id);
  }
  return { roots, decided, decidedRoots };
}

/** SETTLED or DEAD without a decision: `classify` has no effect on it any more, so nobody may wait for its turn. */
async function isGivenUp(container: Container, claim: Item | null | undefined): Promise<boolean> {
  const rootKey = claim?.root_key;
  return isOver(typeof rootKey === 'string' ? await readMessage(container, rootKey) : (claim ?? null));
}

/**
 * Claims every undecided comment that is free, newest first, after announcing them.
 *
 * @throws RetryableError when the lease was lost meanwhile.
 */
export async function claimTurn(
  context: Context,
  conversationId: string,
  reading: Reading,
  claims: Claims,
  { eventId: me, recordKey }: { readonly eventId: string; readonly recordKey: string },
): Promise<Map<string, Holder>> {
  const { container } = context;
  const wanted = reading.customer
    .filter(({ comment }) => !claims.decided.has(comment.id) && (claims.roots.get(comment.id) ?? me) === me)
    .map(({ comment }) => comment.id)
    .reverse();
  const fresh = wanted.filter((id) => !claims.roots.has(id));
  if (fresh.length > 0 && !(await announce(container, context.claimKey, context.owner, wanted)))
    throw new RetryableError('lost_lease');
  const holders = new Map<string, Holder>([...claims.roots].map(([id, root]) => [id, root === me ? 'mine' : 'other']));
  for (const id of fresh)
    holders.set(
      id,
      (await claimComment(container, messageRecordKey(conversationId, id), me, recordKey)) ? 'mine' : 'other',
    );
  return holders;
}

/** A read that lacks a comment this root owns or was named is stale. */
export function isStale(
  record: Item,
  named: string | null,
  customer: readonly Seen[],
  all: ReadonlySet<string>,
  claims: Claims,
  me: string,
): boolean {
  const owned = announcedOf(record).filter((id) => (claims.roots.get(id) ?? me) === me);
  return [...owned, ...(named === null ? [] : [named])].some(
    (id) => !all.has(id) && !customer.some(({ comment }) => comment.id === id),
  );
}
