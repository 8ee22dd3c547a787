/** The consumer record `csm:`: IN_PROGRESS → DECIDED → DONE, fenced by its owner (protocols §4). */
import type { Base } from '../container.ts';
import type { Envelope } from '../envelopes.ts';
import { absent, all, any, eq, firstWriter, type Item, lt, type Value } from '../store/language.ts';
import { TIMES } from '../times.ts';
import { expiresAt, nowSeconds } from './keys.ts';

/** What a handler decided: facts, and notes that later steps need when they are repeated from the record. */
export type Decided = { readonly facts: readonly Envelope[]; readonly notes: { readonly [name: string]: Value } };

export type Claim =
  | { readonly kind: 'mine'; readonly record: Item; readonly generation: number }
  | { readonly kind: 'decided'; readonly record: Item; readonly generation: number; readonly decided: Decided }
  | { readonly kind: 'done'; readonly attempts: number }
  | { readonly kind: 'foreign' };

/** Claims an event for one attempt; the ledger generation is read once per claim and stored with it. */
export async function claimEvent(container: Base, key: string, owner: string, generation: number): Promise<Claim> {
  const now = container.clock.now();
  const record = await container.store.update(
    'idempotency',
    { key },
    {
      set: {
        status: 'IN_PROGRESS',
        owner,
        lease_until: now + container.settings.timeoutMs + container.waits.leaseGraceMs,
        last_processed_at: new Date(now).toISOString(),
        expires_at: expiresAt(now, TIMES.ttl.csm),
      },
      setIfAbsent: { generation, created_at: new Date(now).toISOString() },
      add: { attempts: 1 },
    },
    any(
      firstWriter('key', nowSeconds(now)),
      all(eq('status', 'IN_PROGRESS'), any(lt('lease_until', now), eq('owner', owner))),
    ),
  );
  if (record) return { kind: 'mine', record, generation: Number(record.generation) };
  return standing(await container.store.get('idempotency', { key }));
}

function standing(record: Item | null): Claim {
  if (record?.status === 'DONE') return { kind: 'done', attempts: Number(record.attempts) };
  if (record?.status === 'DECIDED')
    return {
      kind: 'decided',
      record,
      generation: Number(record.generation),
      decided: JSON.parse(String(record.decided)) as Decided,
    };
  return { kind: 'foreign' };
}

/** Gives the lease back before parking, so that the returning copy finds it free. */
export async function releaseClaim(container: Base, key: string, owner: string): Promise<void> {
  await container.store.change(
    'idempotency',
    { key },
    { set: { lease_until: 0 } },
    all(eq('status', 'IN_PROGRESS'), eq('owner', owner)),
  );
}

/**
 * Stores what was decided before anything is published: a lost lease loses here.
 *
 * @returns what stands there now, as every later attempt will read it.
 */
export async function storeDecided(
  container: Base,
  key: string,
  owner: string,
  decided: Decided,
): Promise<
  { readonly kind: 'decided'; readonly decided: Decided } | { readonly kind: Exclude<Claim['kind'], 'decided'> }
> {
  const text = JSON.stringify(decided);
  const isStored = await container.store.change(
    'idempotency',
    { key },
    { set: { status: 'DECIDED', decided: text } },
    all(eq('owner', owner), any(eq('status', 'IN_PROGRESS'), eq('status', 'DECIDED'))),
  );
  if (isStored) return { kind: 'decided', decided: JSON.parse(text) as Decided };
  return standing(await container.store.get('idempotency', { key }));
}

/** Nothing was decided that anybody has to hear: IN_PROGRESS → DONE in one step, fenced by the owner all the same. */
export function markDoneWithout(container: Base, key: string, owner: string): Promise<boolean> {
  return container.store.change(
    'idempotency',
    { key },
    { set: { status: 'DONE' } },
    all(eq('owner', owner), any(eq('status', 'IN_PROGRESS'), eq('status', 'DONE'))),
  );
}

/** DECIDED → DONE, after everything is published: nobody publishes from the record again, so it keeps its notes alone. */
export async function markDone(container: Base, key: string, { notes }: Decided): Promise<void> {
  const kept: Decided = { facts: [], notes };
  await container.store.change(
    'idempotency',
    { key },
    { set: { status: 'DONE', decided: JSON.stringify(kept) } },
    any(eq('status', 'DECIDED'), eq('status', 'DONE')),
  );
}

/** Comment ids that a root will claim, written before its first claim (protocols §3). */
export async function announce(container: Base, key: string, owner: string, ids: readonly string[]): Promise<boolean> {
  const record = await container.store.get('idempotency', { key });
  const known = Array.isArray(record?.announced) ? (record.announced as string[]) : [];
  const grown = [...known, ...ids.filter((id) => !known.includes(id))];
  if (grown.length === known.length) return true;
  return container.store.change(
    'idempotency',
    { key },
    { set: { announced: grown } },
    all(eq('status', 'IN_PROGRESS'), eq('owner', owner)),
  );
}

/** Comment ids that the root has announced, none while it has announced nothing. */
export function announcedOf(record: Item): readonly string[] {
  return Array.isArray(record.announced) ? (record.announced as string[]) : [];
}

/** The stored turn of a root's decision; `null` while it has none. */
export async function decidedTurn(container: Base, key: string): Promise<readonly string[] | null> {
  const record = await container.store.get('idempotency', { key });
  // DONE in one step (`markDoneWithout`) has decided nothing.
  if (typeof record?.decided !== 'string') return null;
  const turn = (JSON.parse(record.decided) as Decided).notes.turn;
  return Array.isArray(turn) ? (turn as string[]) : null;
}

/**
 * A claim on a comment that is no root's own record: a pointer without branches or sweep.
 *
 * @param rootKey  of the root's own record
 */
export function claimComment(container: Base, key: string, rootEventId: string, rootKey: string): Promise<boolean> {
  const now = container.clock.now();
  return container.store.put(
    'idempotency',
    {
      key,
      root_event_id: rootEventId,
      root_key: rootKey,
      created_at: new Date(now).toISOString(),
      expires_at: expiresAt(now, TIMES.ttl.evt),
    },
    any(
      absent('key'),
      // Never over a record that was made anew beside a claim.
      all(eq('root_event_id', rootEventId), absent('status')),
      eq('turn_lost', true),
      lt('expires_at', nowSeconds(now)),
    ),
  );
}

/**
 * Root event id behind a comment's claim: the message record itself, or a pointer. Nobody's where the ledger was lost with the turn
 * that the comment stood in (`turn_lost`, set by a recovery): it is free to be claimed.
 */
export function rootOfClaim(record: Item | null): string | null {
  if (!record || record.turn_lost === true) return null;
  return typeof record.root_event_id === 'string'
    ? record.root_event_id
    : typeof record.event_id === 'string'
      ? record.event_id
      : null;
}
