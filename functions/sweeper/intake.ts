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

/** Seen at every run, so the end is known to the minute. */
export async function readIntake(container: Container<'intakeRule'>): Promise<Intake> {
  const { store, clock } = container;
  const isHeld = await isHeldNow(container);
  const known = await store.get('vendor_limits', KEY);
  const now = clock.now();
  // Who cannot tell waits for the next run.
  if (isHeld === null) return { isHeld: true, endedAt: now };
  const endedAt = isHeld || known?.is_held === true ? now : Number(known?.ended_at ?? 0);
  if (isHeld || known?.is_held === true) await store.put('vendor_limits', held(isHeld, endedAt, now));
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

function held(is_held: boolean, ended_at: number, now: number): Item {
  return { ...KEY, is_held, ended_at, expires_at: expiresAt(now, TIMES.ttl.limits) };
}
