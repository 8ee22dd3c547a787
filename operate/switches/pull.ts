/** Sets a switch and waits until it is in force: after that no send begins (protocols §6, platform §4.10). */
import { Failure } from '../failure.ts';
import type { About, Stored } from '../flags/parameters.ts';
import { count } from '../text.ts';
import type { Switch } from './levels.ts';
import type { Levers } from './levers.ts';

const POLL_MS = 100;
/** A claim is resolved as unknown after 120 s and read back for 30 s (protocols §6). */
const GIVE_UP_MS = 180_000;
/** In each round of those who change one flag at the same time somebody comes through. */
const ATTEMPTS = 20;
/** The longest of a random pause, so that they do not meet again. */
const PAUSE_MS = 100;

/** Sets it, whatever stands there. */
export async function pull(levers: Levers, one: Switch, about: About): Promise<Stored> {
  // The rule first, and last in `release`: whoever dies in between has stopped.
  if (one.rule !== null) await levers.rules.set(one.rule, false);
  return record(levers, one, about);
}

/** Of two who stop each loses nothing: who lost the race reads again what stands there, and adds to it. */
async function record({ flags, sleep }: Levers, one: Switch, about: About): Promise<Stored> {
  for (let attempt = 1; ; attempt += 1) {
    const inForce = await flags.read(one.parameter);
    try {
      return await flags.write(one.parameter, one.next(inForce?.value ?? null, true), about, inForce?.version ?? 0);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'version_conflict') || attempt === ATTEMPTS) throw error;
    }
    await sleep(Math.random() * PAUSE_MS);
  }
}

/**
 * Returns when a fresh reading shows the switch set, every reader that keeps flags for a while has read them again, and
 * every reply that was claimed before that has its outcome. A reply claimed later reads the flags after its claim.
 *
 * @param afterMs  how long the switch must have stood: the longest that a reader keeps flags, or that an index lags
 */
export async function untilInForce(levers: Levers, one: Switch, about: About, afterMs: number): Promise<void> {
  const until = levers.monotonic() + GIVE_UP_MS;
  let since = levers.monotonic();
  let takenBack = 0;
  do {
    for (let left = afterMs; left > 0; left = afterMs - (levers.monotonic() - since))
      await levers.sleep(Math.min(POLL_MS, left));
    await untilOutcomes(levers, one, until);
    if (await isSet(levers, one)) return;
    // Somebody who had read it before we wrote: nobody's change is worth a stop that is refused.
    takenBack += 1;
    if (takenBack === ATTEMPTS) throw switchedBack(one);
    await pull(levers, one, about);
    since = levers.monotonic();
  } while (levers.monotonic() < until);
  throw notVerified(one);
}

/**
 * The same of a switch that stands already, without setting it again.
 *
 * @param stoodMs  how long it has stood
 * @throws `switched_back` where it does not stand
 */
export async function stillInForce(levers: Levers, one: Switch, afterMs: number, stoodMs: number): Promise<void> {
  if (!(await isSet(levers, one))) throw switchedBack(one);
  const left = afterMs - stoodMs;
  if (left > 0) await levers.sleep(left);
  await untilOutcomes(levers, one, levers.monotonic() + GIVE_UP_MS);
  if (!(await isSet(levers, one))) throw switchedBack(one);
}

/** Parameter and rule, read fresh. */
export async function isSet({ flags, rules }: Levers, one: Switch): Promise<boolean> {
  const stored = await flags.read(one.parameter);
  return one.isStopped(stored?.value ?? null) && (one.rule === null || !(await rules.isOn(one.rule)));
}

/** Of the replies that are claimed now; there may always be others, which are claimed and withheld. */
async function untilOutcomes(levers: Levers, one: Switch, until: number): Promise<void> {
  let told = 0;
  for (let claims = await levers.openClaims(); claims.size > 0; ) {
    if (claims.size !== told)
      levers.tell(`${count(claims.size, 'reply', 'replies')} on the way; waiting for the outcome`);
    told = claims.size;
    if (levers.monotonic() > until) throw notVerified(one);
    await levers.sleep(POLL_MS);
    const open = await levers.openClaims();
    claims = new Set([...claims].filter((key) => open.has(key)));
  }
}

export const nameOf = ({ level, only }: Pick<Switch, 'level' | 'only'>): string =>
  only === null ? level : `${level} (${only})`;

export function switchedBack(one: Switch): Failure {
  return new Failure(
    'switched_back',
    `somebody set ${nameOf(one)} back`,
    `look at \`npx frontdesk flags get ${one.parameter}\`, then try again`,
  );
}

function notVerified(one: Switch): Failure {
  return new Failure(
    'not_verified',
    `${nameOf(one)} is set, and a reply still has no outcome`,
    'look at `npx frontdesk status`; the sweeper closes it within minutes',
  );
}
