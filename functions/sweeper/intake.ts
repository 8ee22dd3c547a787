/** Whether intake is held back, and since when no longer: RECEIVED messages wait so long without fault (protocols §7). */
import type { Container } from '../shared/container.ts';
import { VendorError } from '../shared/errors.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import type { Item } from '../shared/store/language.ts';
import { TIMES } from '../shared/times.ts';

export type Intake = {
  /** Its rule is off, or a backlog is drained in windows: nothing RECEIVED is stated again or called stalled. */
  readonly isHeld: boolean;
  /** Epoch milliseconds at which that ended last; deadlines of RECEIVED messages count from then. 0 where it never was. */
  readonly endedAt: number;
};

const KEY = { bucket: 'intake#hold' };
/** It runs every minute: who was not there for so long was held itself, and with it whoever takes messages up. */
const AWAY_MS = 5 * 60_000;

/** Seen at every run, so the end is known to the minute. A time without a run is one in which intake was held (docs/decisions.md). */
export async function readIntake(container: Container<'intakeRule'>): Promise<Intake> {
  const { store, clock } = container;
  const isHeld = await isHeldNow(container);
  const known = await store.get('vendor_limits', KEY);
  const now = clock.now();
  // Who cannot tell waits for the next run.
  if (isHeld === null) return { isHeld: true, endedAt: now };
  const wasAway = now - Number(known?.seen_at ?? now) > AWAY_MS;
  const endedAt = isHeld || known?.is_held === true || wasAway ? now : Number(known?.ended_at ?? 0);
  await store.put('vendor_limits', seen(isHeld, endedAt, now));
  return { isHeld, endedAt };
}

/** `null` where the bus does not say. */
async function isHeldNow({ intakeRule, flags }: Container<'intakeRule'>): Promise<boolean | null> {
  const { values } = await flags.read();
  if (values.catch_up_mode) return true;
  try {
    return !(await intakeRule.isEnabled());
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return null;
  }
}

function seen(is_held: boolean, ended_at: number, seen_at: number): Item {
  // A machine may be off for days, and its messages wait.
  return { ...KEY, is_held, ended_at, seen_at, expires_at: expiresAt(seen_at, TIMES.ttl.csm) };
}
