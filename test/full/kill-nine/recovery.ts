/** After a restart: waits until everything is settled and told, and says how long each message took. */
import { setTimeout as sleep } from 'node:timers/promises';
import { rootOfClaim } from '../../../functions/shared/ledger/claims.ts';
import { isOver } from '../../../functions/shared/ledger/messages.ts';
import type { Item } from '../../../functions/shared/store/language.ts';
import { OPEN_BY_RECEIVED } from '../../../functions/shared/store/tables.ts';
import type { Tables } from '../../../operate/instance/tables.ts';
import { type Accepted, claimOf, isMessage } from '../../processes/states.ts';

/** Issue 4: settled within so long of the restart, parked time apart. */
const WITHIN_MS = 60_000;
/** Who waits in a later queue is waited for, but not for ever. */
const PARKED_AT_MOST_MS = 120_000;
const POLL_MS = 250;
const CLAIMS_POLL_MS = 1_000;

export type Recovery = {
  /** Messages that were settled too late, or not at all: ledger keys. */
  readonly late: readonly string[];
  /** Accepted ones whose comment nobody ever claimed: ledger keys. */
  readonly lost: readonly string[];
  /** Slowest message that was never parked, from the restart (ms). */
  readonly slowestMs: number;
  readonly parked: number;
  /** Slowest of those that were parked, the wait in it. */
  readonly slowestParkedMs: number;
  /** Messages and actions as they stand at the end, by key. */
  readonly ledger: ReadonlyMap<string, Item>;
};

/**
 * @param unsettled  keys of the message records that were open at the kill
 * @param readyAt  epoch milliseconds of the restart
 */
export async function untilSettled(
  tables: Tables,
  unsettled: Iterable<string>,
  accepted: readonly Accepted[],
  readyAt: number,
): Promise<Recovery> {
  const claims = accepted.map(claimOf);
  for (;;) {
    await untilNoneIsOpen(tables, readyAt);
    const ledger = await messagesAndActions(tables);
    const roots = rootsOf(ledger);
    const rootOf = (key: string) => roots.get(rootOfClaim(ledger.get(key) ?? null) ?? '');
    const unclaimed = claims.filter((key) => rootOf(key) === undefined);
    // A comment whose webhook was merged is found by the look, up to 20 s later, and has no record until then.
    if (unclaimed.length > 0 && Date.now() < readyAt + WITHIN_MS) {
      await sleep(CLAIMS_POLL_MS);
      continue;
    }
    const own = [...unsettled, ...claims].map(rootOf).filter((record) => record !== undefined);
    return { ...judge(new Set(own), readyAt), lost: unclaimed, ledger };
  }
}

/** Until everything is settled and told, or time is up. */
async function untilNoneIsOpen(tables: Tables, readyAt: number): Promise<void> {
  for (;;) {
    let open = 0;
    let parked = 0;
    for await (const record of tables.query('idempotency', OPEN)) {
      open += 1;
      if (parkedMs(record) > 0) parked += 1;
    }
    const age = Date.now() - readyAt;
    if (open === 0 || age > WITHIN_MS + PARKED_AT_MOST_MS || (age > WITHIN_MS && parked < open)) return;
    await sleep(POLL_MS);
  }
}

const OPEN = {
  IndexName: OPEN_BY_RECEIVED,
  KeyConditionExpression: '#open = :evt',
  ExpressionAttributeNames: { '#open': 'open' },
  ExpressionAttributeValues: { ':evt': { S: 'evt' } },
};

async function messagesAndActions(tables: Tables): Promise<Map<string, Item>> {
  const ledger = new Map<string, Item>();
  const wanted = {
    FilterExpression: 'begins_with(#key, :evt) OR begins_with(#key, :act)',
    ExpressionAttributeNames: { '#key': 'key' },
    ExpressionAttributeValues: { ':evt': { S: 'evt:' }, ':act': { S: 'act:rp_reply:' } },
  };
  for await (const item of tables.scan('idempotency', wanted)) ledger.set(String(item.key), item);
  return ledger;
}

/** Message records by the event id of their root. */
function rootsOf(ledger: ReadonlyMap<string, Item>): Map<string, Item> {
  return new Map(
    [...ledger].flatMap(([key, record]) => (isMessage(key, record) ? [[String(record.event_id), record]] : [])),
  );
}

function judge(
  records: Iterable<Item>,
  readyAt: number,
): Pick<Recovery, 'late' | 'slowestMs' | 'parked' | 'slowestParkedMs'> {
  const took = [...records].map((record) => ({
    key: String(record.key),
    isEnded: isOver(record) && record.open === undefined,
    parked: parkedMs(record),
    ms: typeof record.settled_at === 'string' ? Math.max(0, Date.parse(record.settled_at) - readyAt) : 0,
  }));
  const parked = took.filter((one) => one.parked > 0);
  const slowest = (some: typeof took): number => Math.max(0, ...some.map(({ ms }) => ms));
  return {
    late: took.filter(({ isEnded, ms, parked }) => !isEnded || ms - parked > WITHIN_MS).map(({ key }) => key),
    slowestMs: slowest(took.filter((one) => one.parked === 0)),
    parked: parked.length,
    slowestParkedMs: slowest(parked),
  };
}

const parkedMs = (record: Item): number => Number(record.parked_ms ?? 0);
