/** Who drives a rotation: one at a time, by a lease that is renewed while it goes on. */
import { randomBytes } from 'node:crypto';
import type { Clock, Store } from '../../functions/shared/ports.ts';
import { absent, any, eq, lt } from '../../functions/shared/store/language.ts';
import { Failure } from '../failure.ts';

export type Driver = {
  /** Renews the lease once it is worth it; throws `taken_over` where somebody else drives. */
  hold(): Promise<void>;
  /** Whoever comes next need not wait for the end of the lease. */
  release(): Promise<void>;
};

/** A driver that was killed is succeeded after this. */
export const LEASE_MS = 15_000;
const RENEW_AFTER_MS = LEASE_MS / 3;
const KEPT_SECONDS = 90 * 86_400;
const ROW = { model: 'secret-rotation', key: 'webhook' } as const;

/** Throws `under_way` with who and when, while another's lease holds. */
export async function takeLease(
  store: Pick<Store, 'get' | 'update'>,
  by: string,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): Promise<Driver> {
  const owner = randomBytes(8).toString('hex');
  const now = clock.now();
  const set = {
    owner,
    by,
    since: new Date(now).toISOString(),
    leaseUntil: now + LEASE_MS,
    expires_at: Math.floor(now / 1000) + KEPT_SECONDS,
  };
  const taken = await store.update('read_models', ROW, { set }, any(absent('leaseUntil'), lt('leaseUntil', now)));
  if (taken === null) throw underWay(await store.get('read_models', ROW));
  let renewedAt = clock.monotonic();
  return {
    async hold() {
      if (clock.monotonic() - renewedAt < RENEW_AFTER_MS) return;
      const renewed = { set: { leaseUntil: clock.now() + LEASE_MS } };
      const held = await store.update('read_models', ROW, renewed, eq('owner', owner));
      if (held === null) throw takenOver(await store.get('read_models', ROW));
      renewedAt = clock.monotonic();
    },
    async release() {
      await store.update('read_models', ROW, { set: { leaseUntil: 0 } }, eq('owner', owner));
    },
  };
}

type Row = Readonly<Record<string, unknown>> | null;
const whoAndWhen = (row: Row): string => `${String(row?.by ?? 'somebody')} since ${String(row?.since ?? 'just now')}`;

const underWay = (row: Row): Failure =>
  new Failure(
    'under_way',
    `a rotation is under way: ${whoAndWhen(row)}`,
    `let it end, or stop it (^C) and run this again; where it was killed, in ${LEASE_MS / 1000} s`,
  );

const takenOver = (row: Row): Failure =>
  new Failure(
    'taken_over',
    `another has gone on with this rotation meanwhile: ${whoAndWhen(row)}`,
    'let it end; `npx frontdesk secret status` says how far it is',
  );
