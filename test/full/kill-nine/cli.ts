// node bin/launch.js test/full/kill-nine/cli.ts [--rounds 10] [--extra 10] [--victim all|parent] [--seed N] [--rate 10] [--keep]
// Kills the product under load, again and again on one data folder, each time somewhere between accepted and settled, and
// judges every restart: everything that got a 200 settles within 60 s, no ticket shows two replies for one message. Extra
// rounds are aimed at states that no kill has hit. Exit code 0 when all held and every state was hit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../../local/sandbox/model/random.ts';
import { freePortBase, killEverything, type Product, startProduct, type Victim } from '../../processes/product.ts';
import { SPAN, STATES, type State, told } from '../../processes/states.ts';
import { playRound, type Round } from './round.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    extra: { type: 'string', default: '10' },
    victim: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    /** Messages a second. */
    rate: { type: 'string', default: '10' },
    /** Leaves the data folder, for a look at what went wrong. */
    keep: { type: 'boolean', default: false },
  },
});
/** A part takes twelve minutes at most, its last round in them. */
const NO_EXTRA_AFTER_MS = 10 * 60_000;
const victim: Victim = values.victim === 'parent' ? 'parent' : 'all';
const random = createRandom(`${values.seed}|${victim}`);
const place = mkdtempSync(join(tmpdir(), 'frontdesk-kill-'));
const data = join(place, 'data');
const rounds: Round[] = [];
const hit = new Map<State, number>(SPAN.map((state) => [state, 0]));
let product: Product | null = null;

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const missed = () => SPAN.filter((state) => hit.get(state) === 0);

async function play(aim: ReadonlySet<State> | null, portBase: number): Promise<void> {
  const seed = `${values.seed}|${victim}|${rounds.length}`;
  const before = product ?? (await startProduct(data, portBase));
  product = before;
  const round = await playRound(before, { data, portBase, victim, perSecond: Number(values.rate), seed, random, aim });
  product = round.product;
  rounds.push(round);
  for (const [state, count] of round.states) hit.set(state, (hit.get(state) ?? 0) + count);
  tell(round, aim);
}

function tell(round: Round, aim: ReadonlySet<State> | null): void {
  const { recovery } = round;
  const aimed = aim === null ? '' : `, aimed at ${[...aim].join(' or ')}`;
  say(`round ${rounds.length}: killed after ${seconds(round.loadMs)} of load${aimed}`);
  say(`  ${round.written} written, ${round.accepted} answered 200; unsettled at the kill: ${told(round.states)}`);
  const orphans = round.survivors === 0 ? '' : `, ${round.survivors} processes of the old group still there`;
  const parked =
    recovery.parked === 0 ? '' : `, ${recovery.parked} parked (slowest ${seconds(recovery.slowestParkedMs)})`;
  say(`  restart ${seconds(round.product.startMs)}${orphans}; slowest ${seconds(recovery.slowestMs)}${parked}`);
  for (const [what, which] of Object.entries(faultsOf(round)))
    if (which.length > 0) say(`  ${what}: ${which.join(', ')}`);
}

function faultsOf({ recovery, doubled, unaccounted }: Round): Record<string, readonly string[]> {
  return { late: recovery.late, lost: recovery.lost, 'two replies': doubled, 'replies unaccounted for': unaccounted };
}

function report(): boolean {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const most = (of: (round: Round) => number) => Math.max(0, ...rounds.map(of));
  const faults = (what: string) => new Set(rounds.flatMap((round) => faultsOf(round)[what] ?? [])).size;
  const accepted = sum((round) => round.accepted);
  const unsettled = sum((round) => [...round.states.values()].reduce((total, count) => total + count, 0));
  say('');
  for (const [state, meaning] of Object.entries(STATES))
    say(`${state.padEnd(12)}${String(hit.get(state as State) ?? 0).padStart(5)}  ${meaning}`);
  say('');
  const open = faults('late') + faults('lost');
  const doubles = faults('two replies');
  say(
    `kill -9 of ${victim === 'all' ? 'the process group' : 'the parent'}: ${rounds.length} rounds, ${accepted} accepted, ` +
      `${unsettled} of them under way at a kill, ${open} not settled within 60 s ` +
      `(slowest ${seconds(most((round) => round.recovery.slowestMs))}; parked ${sum((round) => round.recovery.parked)}, ` +
      `slowest ${seconds(most((round) => round.recovery.slowestParkedMs))}), ${doubles} with two replies; ` +
      `states hit: ${told(hit)}${missed().length === 0 ? '' : `; never hit: ${missed().join(', ')}`}`,
  );
  return open + doubles + faults('replies unaccounted for') + missed().length === 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    killEverything();
    process.exit(1);
  });

let isHeld = false;
try {
  const portBase = await freePortBase(random);
  while (rounds.length < Number(values.rounds)) await play(null, portBase);
  const most = Number(values.rounds) + Number(values.extra);
  while (missed().length > 0 && rounds.length < most && performance.now() < NO_EXTRA_AFTER_MS)
    await play(new Set(missed()), portBase);
  isHeld = report();
} finally {
  await (product as Product | null)?.stop();
  killEverything();
  if (values.keep) say(`kept: ${place}`);
  else rmSync(place, { recursive: true, force: true });
}
process.exitCode = isHeld ? 0 : 1;
