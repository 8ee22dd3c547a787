/**
 * The action record `act:`: the one-way door. A claim has an owner and no lease, and never expires into a new claim; the
 * outcome belongs to the record, whoever writes it first (protocols §6).
 */
import type { Base } from '../container.ts';
import type { Envelope } from '../envelopes.ts';
import { publish } from '../publisher.ts';
import { type RetryPolicy, withRetries } from '../retrying.ts';
import { absent, all, any, eq, type Item } from '../store/language.ts';
import { nth, TIMES } from '../times.ts';
import { expiresAt } from './keys.ts';

export type ActionStatus = 'CLAIMED' | 'DONE' | 'UNKNOWN' | 'FAILED';

/** `false` when another owner, or an outcome, stands there. */
export function claimAction(container: Base, key: string, owner: string, extra: Item): Promise<boolean> {
  const now = container.clock.now();
  return container.store.put(
    'idempotency',
    {
      ...extra,
      key,
      status: 'CLAIMED',
      owner,
      claimed_at: now,
      open: 'act',
      received_at: now,
      next_sweep_at: now + container.waits.unclearAfterMs,
      sweeps: 0,
      expires_at: expiresAt(now, TIMES.ttl.act),
    },
    any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),
  );
}

/** Ends an action without a send, if nothing is there yet; with its complete outcome. */
export function endWithoutSend(
  container: Base,
  key: string,
  owner: string,
  outcome: Envelope,
  extra: Item = {},
): Promise<boolean> {
  const now = container.clock.now();
  const stored = JSON.stringify(outcome);
  return container.store.put(
    'idempotency',
    {
      ...extra,
      key,
      status: 'FAILED',
      owner,
      claimed_at: now,
      outcome: stored,
      open: 'act',
      received_at: now,
      next_sweep_at: now + nth(container.waits.sweepMs, 0),
      sweeps: 0,
      expires_at: expiresAt(now, TIMES.ttl.act),
    },
    // A repeat of this very write: an outcome that stands is never written over, not by its own owner either.
    any(absent('key'), all(eq('owner', owner), eq('status', 'FAILED'), eq('outcome', stored))),
  );
}

/** Longer than for any other write, within the timeout: what is not stored now is found out by reading, minutes later. */
const OUTCOME_RETRIES: RetryPolicy = {
  attempts: 4,
  waits: [
    [1_000, 2_000],
    [2_000, 5_000],
    [5_000, 8_000],
  ],
};

/** CLAIMED → an end, first writer wins. */
export function finishAction(
  container: Base,
  key: string,
  status: Exclude<ActionStatus, 'CLAIMED'>,
  outcome: Envelope | null,
): Promise<boolean> {
  const set = { status, ended_at: container.clock.now(), ...(outcome ? { outcome: JSON.stringify(outcome) } : {}) };
  return withRetries(container, OUTCOME_RETRIES, () =>
    container.store.change('idempotency', { key }, { set }, eq('status', 'CLAIMED')),
  );
}

/** `null` where nobody has claimed or ended the action. */
export function readAction(container: Pick<Base, 'store'>, key: string): Promise<Item | null> {
  return container.store.get('idempotency', { key });
}

/** The stored outcome; `null` while the claim is open. */
export function outcomeOf(action: Item): Envelope | null {
  return typeof action.outcome === 'string' ? (JSON.parse(action.outcome) as Envelope) : null;
}

/** The outcome is published: the record leaves the open ones. */
export async function leaveOpen(container: Pick<Base, 'store'>, key: string): Promise<void> {
  await container.store.change(
    'idempotency',
    { key },
    { remove: ['open', 'next_sweep_at'] },
    any(eq('status', 'DONE'), eq('status', 'UNKNOWN'), eq('status', 'FAILED')),
  );
}

/** Publishes the stored bytes; `open` goes away only then, so that the sweeper can publish them too. */
export async function publishOutcome(container: Base, key: string, action: Item): Promise<Envelope | null> {
  const outcome = outcomeOf(action);
  if (!outcome) return null;
  await publish(container, [outcome]);
  await leaveOpen(container, key);
  return outcome;
}
