/** Load on a fixed schedule, whatever the answers do: a slow system does not slow the questions down. */
import { setTimeout as sleep } from 'node:timers/promises';
import { epochNow } from '../system/messages.ts';

/** One request of a schedule. Times are epoch milliseconds; latency counts from when it was due, not from when it was sent. */
export type Shot<T> = { readonly dueAt: number; readonly ms: number } & (
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly error: string }
);

/** Time to get the first request going. */
const LEAD_MS = 200;

/** Fires `targets` at `ratePerSecond` and resolves when each has had its answer. */
export async function openLoop<T, A>(
  targets: readonly T[],
  ratePerSecond: number,
  fire: (target: T, index: number) => Promise<A>,
): Promise<Shot<A>[]> {
  const firstAt = epochNow() + LEAD_MS;
  const shots: Promise<Shot<A>>[] = [];
  for (const [index, target] of targets.entries()) {
    const dueAt = firstAt + (index * 1000) / ratePerSecond;
    const waitMs = dueAt - epochNow();
    if (waitMs > 0) await sleep(waitMs);
    shots.push(timed(dueAt, fire(target, index)));
  }
  return Promise.all(shots);
}

async function timed<A>(dueAt: number, answered: Promise<A>): Promise<Shot<A>> {
  try {
    const answer = await answered;
    return { dueAt, ms: epochNow() - dueAt, ok: true, answer };
  } catch (error) {
    return { dueAt, ms: epochNow() - dueAt, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** The answers of a schedule in which nothing may fail; throws naming the first that did. */
export function allAnswered<A>(shots: readonly Shot<A>[]): Extract<Shot<A>, { ok: true }>[] {
  return shots.map((shot) => {
    if (!shot.ok) throw new Error(`a request of the schedule failed: ${shot.error}`);
    return shot;
  });
}
