/**
 * The eight steps of platform §3.5. Tokens and progress change in one write, each from the version it was decided on; between
 * two steps anybody can stop it, and whoever comes next goes on from what the secret says. A wait that was interrupted is
 * waited again in full: no machine's clock is held against another's.
 */
import type { Clock } from '../../functions/shared/ports.ts';
import { Failure } from '../failure.ts';
import { durationText } from '../table.ts';
import type { DoorGauges, DoorUse } from './door-gauges.ts';
import type { Driver } from './driver.ts';
import type { Sender } from './sender.ts';
import type { SecretStore, StoredSecret } from './stored-secret.ts';
import type { RotationTimes } from './times.ts';
import { readSecret, requireUndoable } from './undoable.ts';
import { type Counts, judge } from './watch.ts';
import {
  begun,
  finished,
  formatWebhookSecret,
  type Progress,
  parseWebhookSecret,
  pointed,
  removed,
  turnedBack,
  type UnderWay,
  type WebhookSecret,
} from './webhook-secret.ts';

export type Rotating = {
  readonly store: SecretStore;
  readonly sender: Sender;
  readonly gauges: DoorGauges;
  readonly driver: Driver;
  readonly clock: Clock;
  readonly times: RotationTimes;
  readonly by: string;
  readonly isEmergency: boolean;
  /** What speaks against it just now, in words. */
  objections(): Promise<readonly string[]>;
  /** Is what the door must refuse refused? `null` where it cannot be tried. */
  isRefused(gone: readonly string[], staying: string): Promise<boolean | null>;
  newToken(former: string): string;
  newId(): string;
  /** Progress, in one line; never a token. */
  tell(line: string): void;
  /** Aborted: stop between two steps. */
  readonly signal: AbortSignal;
};

export type Rotated = {
  readonly result: 'rotated' | 'undone';
  readonly by: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** What the door measured while it was watched; `null` where that was over before this command began. */
  readonly watched: Counts | null;
  readonly oldRefused: boolean | null;
  /** Of the post-check, and that an emergency found its token gone already; empty when all is well. */
  readonly objections: readonly string[];
};

/** Begins a rotation, or goes on with the one under way, to its end; with `undo` back to the token that was there before. */
export async function rotate(rotating: Rotating, undo: boolean): Promise<Rotated> {
  const { clock, gauges, times, tell } = rotating;
  let standing = await openSecret(rotating, undo);
  const before = await gauges.since(clock.now() - times.watchMs, Number.MAX_SAFE_INTEGER);
  if (standing.secret.progress.phase === 'both') {
    tell(`4 of 8: waiting ${durationText(times.cacheMs)}, until every container accepts all of them`);
    await pause(rotating, times.cacheMs);
  }
  let watched: Counts | null = null;
  if (standing.secret.progress.phase !== 'removed') {
    standing = await point(rotating, standing);
    watched = await watch(rotating, standing.secret.progress, before);
    standing = await write(rotating, standing, removed(standing.secret));
    tell(`7 of 8: ${isBack(standing) ? 'the new token' : 'the former token'} is removed`);
  }
  tell(`7 of 8: waiting ${durationText(times.cacheMs)}, until no container accepts it`);
  await pause(rotating, times.cacheMs, GO_ON);
  return finish(rotating, standing, watched);
}

/** The secret as it stands, and the version that this is. */
type Standing = { readonly stored: StoredSecret; readonly secret: UnderWay };
const isBack = ({ secret }: Standing): boolean => secret.progress.direction === 'back';

/** Whoever goes on in an emergency may believe that a token known to others was replaced just now. */
const NO_NEW_TOKEN =
  'this command makes no new token, it only ends the rotation under way: if the newest token is the exposed one, run it again afterwards';

async function openSecret(rotating: Rotating, undo: boolean): Promise<Standing> {
  const stored = await rotating.store.read();
  const { progress, ...secret } = readSecret(stored.text);
  if (undo) requireUndoable(progress);
  if (progress === null) {
    await preCheck(rotating);
    return begin(rotating, stored, { ...secret, progress });
  }
  const standing: Standing = { stored, secret: { ...secret, progress } };
  rotating.tell(`going on with the rotation that ${progress.by} began ${progress.startedAt} (${describe(progress)})`);
  if (rotating.isEmergency) rotating.tell(NO_NEW_TOKEN);
  if (undo && !isBack(standing)) return turnBack(rotating, standing);
  // From here the way to one live token is open whatever the health.
  if (progress.phase !== 'removed' && !isBack(standing)) await preCheck(rotating);
  return standing;
}

async function turnBack(rotating: Rotating, standing: Standing): Promise<Standing> {
  const back = await write(rotating, standing, turnedBack(standing.secret));
  rotating.tell('the former token is first again; the new one goes once nobody uses it');
  return back;
}

export const describe = ({ phase, direction }: Pick<Progress, 'phase' | 'direction'>): string => {
  const words = { both: 'all tokens valid', pointed: 'sender told', removed: 'old one removed' } as const;
  return `${direction === 'back' ? 'being undone, ' : ''}${words[phase]}`;
};

async function preCheck(rotating: Rotating): Promise<void> {
  const objections = await rotating.objections();
  if (objections.length === 0) return rotating.tell('1 of 8: healthy, no backlog, no incident');
  if (rotating.isEmergency) return rotating.tell(`1 of 8: emergency, although: ${objections.join('; ')}`);
  throw new Failure(
    'unhealthy',
    `no rotation while something is wrong: ${objections.join('; ')}`,
    'mend that first (`npx frontdesk status`); after an exposure, add --emergency',
  );
}

async function begin(rotating: Rotating, stored: StoredSecret, secret: WebhookSecret): Promise<Standing> {
  const token = rotating.newToken(secret.tokens[0]);
  rotating.tell('2 of 8: a new token of 32 random bytes');
  const about = {
    id: rotating.newId(),
    by: rotating.by,
    startedAt: new Date(rotating.clock.now()).toISOString(),
    formerCreatedAt: secret.createdAt ?? stored.at,
  };
  const standing = await write(rotating, { stored }, begun(secret, token, about));
  rotating.tell('3 of 8: it stands before the former one, both valid');
  return standing;
}

async function point(rotating: Rotating, standing: Standing): Promise<Standing> {
  const { secret } = standing;
  await checkpoint(rotating);
  rotating.tell(`5 of 8: pointing the sender at the ${isBack(standing) ? 'former' : 'new'} token`);
  await rotating.sender.point(secret.tokens[0]);
  return secret.progress.phase === 'pointed' ? standing : write(rotating, standing, pointed(secret));
}

async function watch(rotating: Rotating, { keep }: Progress, before: Counts): Promise<Counts> {
  const { gauges, clock, times, sender, isEmergency } = rotating;
  const [pointedAt, began] = [clock.now(), clock.monotonic()];
  rotating.tell(`6 of 8: watching until the other token is unused for ${durationText(times.watchMs)}`);
  let told = '';
  for (;;) {
    await pause(rotating, times.pollMs);
    const use = await gauges.since(pointedAt, keep);
    const watchedMs = clock.now() - pointedAt;
    const quietMs = clock.now() - Math.max(pointedAt, use.goingAt ?? 0) - gauges.lateMs;
    const { watchMs } = times;
    const senderAnswered = sender.isOurs;
    const verdict = judge({ before, use, watchedMs, quietMs, watchMs, senderAnswered, isEmergency });
    if (verdict.is === 'well') return countsOf(use);
    if (verdict.is === 'trouble') throw stuck(verdict.code, verdict.why);
    const more = verdict.leftMs === undefined ? '' : `; watching for another ${durationText(verdict.leftMs)}`;
    if (verdict.why !== told) rotating.tell(`6 of 8: ${verdict.why}${more}`);
    told = verdict.why;
    if (clock.monotonic() - began > times.giveUpMs + gauges.lateMs) throw stuck('sender_not_moved', verdict.why);
  }
}

const stuck = (code: string, why: string): Failure =>
  new Failure(
    code,
    `nothing was removed, all tokens stay valid: ${why}`,
    'see that the sender has the right token, then run this again; or go back with --undo',
  );

const countsOf = ({ stayingAt: _staying, goingAt: _going, ...counts }: DoorUse): Counts => counts;

async function finish(rotating: Rotating, standing: Standing, watched: Counts | null): Promise<Rotated> {
  const { store, clock, by, isEmergency, tell } = rotating;
  const { secret } = standing;
  const oldRefused = await isOldRefused(rotating, secret);
  if (oldRefused === false)
    throw new Failure(
      'old_accepted',
      'a token that was removed is still accepted',
      'end the containers of `ingest` (deploy, or restart), then run this again',
    );
  const standingNow = await rotating.objections();
  const finishedAt = new Date(clock.now()).toISOString();
  await checkpoint(rotating, GO_ON);
  await store.replace(standing.stored.version, formatWebhookSecret(finished(secret, by, finishedAt)));
  tell(`8 of 8: ${standingNow.length === 0 ? 'no dead letter, no backlog, no alarm' : standingNow.join('; ')}`);
  const result = isBack(standing) ? 'undone' : 'rotated';
  const { startedAt } = secret.progress;
  const objections = isEmergency && watched === null ? [NO_NEW_TOKEN, ...standingNow] : standingNow;
  return { result, by, startedAt, finishedAt, watched, oldRefused, objections };
}

/** What was removed stands in the version before. */
async function isOldRefused({ store, isRefused }: Rotating, { tokens }: UnderWay): Promise<boolean | null> {
  const former = parseWebhookSecret((await store.previous())?.text ?? '')?.tokens ?? [];
  const gone = former.filter((token) => !tokens.includes(token));
  return gone.length === 0 ? null : isRefused(gone, tokens[0]);
}

async function write(rotating: Rotating, { stored }: Pick<Standing, 'stored'>, secret: UnderWay): Promise<Standing> {
  await checkpoint(rotating);
  return { stored: await rotating.store.replace(stored.version, formatWebhookSecret(secret)), secret };
}

/** At most this long between two looks at the lease and at ^C. */
const SLICE_MS = 2_000;

async function pause(rotating: Rotating, ms: number, cure = GO_ON_OR_BACK): Promise<void> {
  const { clock, signal } = rotating;
  const until = clock.monotonic() + ms;
  for (let left = ms; left > 0; left = until - clock.monotonic()) {
    await checkpoint(rotating, cure);
    await clock.sleep(Math.min(left, SLICE_MS), signal);
  }
  await checkpoint(rotating, cure);
}

const GO_ON = 'run `npx frontdesk secret rotate webhook` again to go on';
const GO_ON_OR_BACK = `${GO_ON}, or with --undo to go back`;

async function checkpoint({ driver, signal }: Rotating, cure = GO_ON_OR_BACK): Promise<void> {
  if (signal.aborted)
    throw new Failure('interrupted', 'stopped; the secret stays as it is, and every token in it is accepted', cure);
  await driver.hold();
}
