/**
 * `simulate --wire`: the local product as it is, its processes killed at points drawn from the seed, people who go on writing,
 * and the simulator's checker over what the helpdesk, the endpoint and the archive hold when all is quiet (README.md beside this).
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killEverything } from '../../processes/product.ts';
import { check, type Violation } from '../checker/check.ts';
import { blame } from '../checker/reading.ts';
import type { ReplayFact } from '../facts.ts';
import { createRandom } from '../kernel/random.ts';
import { CANARY, type Conversation, inventConversation } from '../scenario.ts';
import type { FaultName } from '../world/faults.ts';
import { accountOf, LEFT_OUT } from './account.ts';
import { type Struck, strike } from './blows.ts';
import { readFiles, readHelpdesk, readState } from './collect.ts';
import { control } from './control.ts';
import { add, countActs } from './counts.ts';
import { DEFAULT_CONVERSATIONS, DEFAULT_TIME_SCALE, type WireOptions, wireFaults } from './options.ts';
import { planOf } from './plan.ts';
import { beginLife, type Life } from './product-life.ts';
import { startReplay, untilReplayed } from './replays.ts';
import { type WireReport, wireReport } from './report.ts';
import { untilFound, untilQuiet } from './rest.ts';
import { openShop } from './shop.ts';
import { arm, hitsOf, makeTrouble, STALE_MS } from './trouble.ts';

export type WireRun = { readonly report: WireReport; readonly violations: readonly Violation[] };

const CONVERSATIONS_A_KILL = 25;
/** Between the beginnings of two conversations, drawn from 0 to twice this: what two busy cores can follow. */
const GAP_MS = 250;
/** Counted from the last start, on a machine that has other work; budgets, deadlines and sweeps are scaled. */
const QUIET_WITHIN_MS = 240_000;
/** The reconciler runs every 15 minutes, scaled; a second run is for what the first did not take on. */
const RECONCILED_WITHIN_MS = 2 * 15 * 60_000;
const TELL_EVERY_MS = 5_000;
const REPLAYS = ['recovery-01KJWARE0000000000000AAAAA', 'recovery-01KJWARE0000000000000BBBBB'] as const;
const ARCHIVE = 'frontdesk-local-recovery';

/** Throws what cannot be asked for on the wire as one line. */
export async function simulateWire(options: WireOptions): Promise<WireRun> {
  const names = wireFaults(options.faults);
  if (typeof names === 'string') throw new Error(names);
  const place = mkdtempSync(join(tmpdir(), 'frontdesk-wire-'));
  try {
    return await play(join(place, 'data'), names, options);
  } finally {
    killEverything();
    rmSync(place, { recursive: true, force: true });
  }
}

async function play(data: string, names: ReadonlySet<FaultName>, options: WireOptions): Promise<WireRun> {
  const { seed, timeScale = DEFAULT_TIME_SCALE, minutes = Number.POSITIVE_INFINITY, tell = () => {} } = options;
  const random = createRandom(`wire|${seed}`);
  const wanted = options.conversations ?? DEFAULT_CONVERSATIONS;
  const began = performance.now();
  const beganAt = Date.now();
  const conversations = inventAll(seed, names, wanted, beganAt);
  const blows = planOf(
    random.fork('plan'),
    names,
    wanted,
    options.kills ?? Math.max(1, Math.round(wanted / CONVERSATIONS_A_KILL)),
  );
  const counts: Struck = { faults: new Map(), crashPoints: new Map(), kills: new Map() };
  let latest: ReadonlyMap<string, number> = new Map<string, number>();
  const bank = (): void => {
    for (const [name, hits] of latest) add(counts.faults, name, hits);
    latest = new Map();
  };

  let isNew = true;
  const life = await beginLife(data, random.fork('ports').float, timeScale, async (ready) => {
    bank();
    if (isNew) await control(ready, 'POST', 'reset', { options: { seedData: false } });
    isNew = false;
    await arm(ready, names);
  });
  const shop = openShop(life.up, random.fork('shop'), timeScale);
  const trouble = makeTrouble(life.up, random.fork('trouble'), names, (name) => add(counts.faults, name));
  const isOver = (): boolean => performance.now() - began > minutes * 60_000;
  let begun = 0;
  let struck = 0;
  let stage = 'plays';
  const look = setInterval(() => {
    tell(
      `wire ${stage}: ${begun}/${wanted} conversations, ${struck}/${blows.length} ends of processes, ${seconds(began)} s`,
    );
    void life
      .up()
      .then(hitsOf)
      .then(
        (hits) => (latest = hits),
        () => {},
      );
  }, TELL_EVERY_MS);
  try {
    const played: Promise<void>[] = [];
    const arrivals = random.fork('arrivals');
    const striking = (async () => {
      for (const blow of blows) {
        while (begun < Math.min(blow.afterConversations, wanted) && !isOver()) await sleep(50);
        if (isOver()) return;
        await strike(data, life, blow, shop.accepted, counts);
        struck += 1;
      }
    })();
    for (const conversation of conversations) {
      if (isOver()) break;
      await life.up();
      begun += 1;
      countActs(counts.faults, conversation);
      played.push(shop.play(conversation));
      await sleep(arrivals.integer(0, 2 * GAP_MS));
    }
    await striking;
    await Promise.all(played);
    await trouble.end();

    stage = 'settles';
    let isQuiet = await untilQuiet(data, QUIET_WITHIN_MS);
    stage = 'looks for lost webhooks';
    const unfound = await untilFound(data, shop.written, RECONCILED_WITHIN_MS * timeScale);
    isQuiet = (await untilQuiet(data, QUIET_WITHIN_MS)) && isQuiet;
    const replays: ReplayFact[] = [];
    if (names.has('replay') && isQuiet) {
      stage = 'replays';
      for (const name of REPLAYS) {
        replays.push({ kind: 'replay', at: Date.now(), name });
        add(counts.faults, 'replay');
        await replay(data, life, name, beganAt);
      }
    }
    const ready = await life.up();
    bank();
    const [helpdesk, state] = [await readHelpdesk(ready), await readState(data)];
    await life.stop();
    const files = readFiles(data, ARCHIVE);
    const account = accountOf({
      ...shop,
      ...helpdesk,
      ...state,
      ...files,
      switches: trouble.switches,
      replays,
      resting: [...state.resting, ...files.resting],
      canary: CANARY,
      staleMs: names.has('stale-read') ? STALE_MS : 0,
    });
    const verdict = check(account);
    const planSha256 = createHash('sha256')
      .update(JSON.stringify([conversations.map(undated), blows]))
      .digest('hex');
    const counted = {
      seed,
      conversations: begun,
      planSha256,
      replays: replays.length,
      unfound,
      leftOut: LEFT_OUT,
      ...counts,
    };
    const report = wireReport(counted, account, verdict);
    const says = `something still runs, waits or is open ${QUIET_WITHIN_MS / 1_000} s after the last start`;
    const noisy: Violation[] = isQuiet ? [] : [blame('at-rest', 0, null, says)];
    return { report, violations: [...verdict.violations, ...noisy] };
  } finally {
    clearInterval(look);
  }
}

/** One of the replays is met by a death of everything: it goes on where it stood. */
async function replay(data: string, life: Life, name: string, from: number): Promise<void> {
  await startReplay(data, name, from);
  if (name === REPLAYS[0]) await life.kill('all');
  await untilReplayed(data, name);
  await untilQuiet(data, QUIET_WITHIN_MS);
}

function inventAll(seed: string | number, names: ReadonlySet<FaultName>, count: number, now: number): Conversation[] {
  const random = createRandom(`wire|${seed}/scenario`);
  return Array.from({ length: count }, (_, index) => inventConversation(random, names, index + 1, now));
}

/** Orders are dated from the day of the run. */
const undated = ({ order: _, ...conversation }: Conversation): object => conversation;

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(0);
