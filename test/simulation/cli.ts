/**
 * `npm run simulate` (interfaces §5): a run under a seed, judged; exits 1 at the first violated invariant. With a planted bug it is
 * the proof of that bug: exits 0 where it is found, 1 where it is not.
 */
import { StartProblem } from '../../local/platform/problem.ts';
import { answerVersion } from '../../local/platform/release.ts';
import type { Keeper } from './keep/keep.ts';
import type { startAtOf } from './keep/start-at.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { objectionTo, writeResult } from './places.ts';
import { verdictOn } from './planted/verdict.ts';
import type { JudgedWorld } from './pool/judge.ts';
import { progress } from './pool/progress.ts';
import { runWorlds } from './pool/run-worlds.ts';
import { vacuousIn } from './pool/vacuous.ts';
import { WORLD_SIZE, type WorldTask, worldsOf, worldsWithoutEnd } from './pool/worlds.ts';
import { addedUp, reportOfAll } from './report.ts';

const MINUTE_MS = 60_000;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

answerVersion(process.argv.slice(2));
const read = readOptions(process.argv.slice(2));
if (read.ok === 'help') process.stdout.write(HELP);
else if (read.ok) process.exitCode = await main(read.options);
else {
  say(`${read.says}\nnpm run simulate -- --help lists the options.`);
  process.exitCode = 2;
}

/** What loads the product's code is loaded when nothing is to be planted any more. */
async function main(options: Options): Promise<number> {
  const { keep, seed, faults, conversations, plant, wire } = options;
  const objection = objectionTo(options);
  if (objection !== null) {
    say(objection);
    return 2;
  }
  if (wire) return (await import('./wire/main.ts')).runWire(options, say);
  if (options.case) {
    if (plant !== null) (await import('./planted/plant.ts')).plant(plant);
    const { runCase } = await import('./shrink/again.ts');
    return runCase({ seed, faults, conversations: conversations ?? WORLD_SIZE }, options.case, say, plant);
  }
  if (keep === null) return run(options, null);
  const now = Date.now();
  const { openKeeper } = await import('./keep/keep.ts');
  const { startAtOf: startAt } = await import('./keep/start-at.ts');
  // A folder that cannot be written is told before anything runs.
  try {
    const keeper = await openKeeper(keep, now);
    return await run(options, { keeper, now, startAt }).catch(async (error: unknown) => {
      await keeper.abort();
      throw error;
    });
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    say(error.message);
    return 2;
  }
}

type Keeping = { readonly keeper: Keeper; readonly now: number; readonly startAt: typeof startAtOf };

async function run(
  { seed, conversations, faults, minutes, workers, plant, json }: Options,
  keeping: Keeping | null,
): Promise<number> {
  const began = performance.now();
  const elapsedMs = (): number => performance.now() - began;
  const show = progress(conversations, elapsedMs);
  const tasks = conversations === null ? worldsWithoutEnd({ seed, faults }) : worldsOf({ seed, conversations, faults });
  let written = Promise.resolve();
  const worlds = await runWorlds(keeping === null ? tasks : keptWorlds(tasks, keeping), {
    threads: workers,
    isShrunk: true,
    plant,
    onSaid: (line) => say(`looking for the shortest trace: ${line}`),
    async onWorld({ report }, kept) {
      show.world(report);
      if (keeping === null || kept === null) return;
      written = written.then(() => keeping.keeper.add(kept));
      await written;
    },
    isOver: () => minutes !== null && elapsedMs() > minutes * MINUTE_MS,
  });
  show.end();
  const report = reportOfAll(
    seed,
    worlds.map((world) => world.report),
  );
  const text = JSON.stringify({ ...report, wallMs: Math.round(elapsedMs()) }, null, 2);
  const isWritten = writeResult(json, `${text}\n`, say);
  const broken = worlds.find(({ violations }) => violations.length > 0);
  if (broken) {
    await keeping?.keeper.abort();
    tellBroken(broken, plant);
    return tellVerdict(plant, broken.violations) || (isWritten ? 0 : 1);
  }
  await keeping?.keeper.finish();
  const vacuous = vacuousIn(
    { seed, conversations: report.conversations, faults },
    report,
    addedUp(worlds.map(({ operations }) => operations)),
  );
  for (const line of vacuous) say(`vacuous: ${line}`);
  if (vacuous.length > 0) return 1;
  if (plant !== null) return tellVerdict(plant, []);
  say(
    `${report.conversations} conversations in ${worlds.length} worlds, ${report.repliesSent} replies, ${report.steps} steps: ` +
      `no rule broken in ${Math.round(elapsedMs() / 1000)} s`,
  );
  return isWritten ? 0 : 1;
}

function* keptWorlds(tasks: Iterable<WorldTask>, { now, startAt }: Keeping): Generator<WorldTask> {
  const worlds = Array.isArray(tasks) ? tasks.length : null;
  for (const task of tasks)
    yield { ...task, keptFrom: startAt(task.index, { worlds, conversations: WORLD_SIZE, now }) };
}

function tellVerdict(plant: string | null, violations: JudgedWorld['violations']): number {
  const { exitCode, says } = verdictOn(
    plant,
    violations.map(({ rule }) => rule),
  );
  if (says !== null) say(says);
  return exitCode;
}

function tellBroken({ task, violations, trace }: JudgedWorld, plant: string | null): void {
  for (const { rule, says } of violations) say(`${task.seed}: ${rule}: ${says}`);
  if (!trace) return;
  say(`seed ${task.seed}, step ${trace.step}, ${trace.conversations} conversations`);
  say(`${trace.violation.rule}: ${trace.violation.says}`);
  for (const line of trace.lines) say(`  ${line}`);
  say(`again: ${trace.command}${plant === null ? '' : ` --plant ${plant}`}`);
}
