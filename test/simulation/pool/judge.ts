/** One world run and judged, as a value that can leave its thread. */
import type { Violation } from '../checker/check.ts';
import { blame } from '../checker/reading.ts';
import { type KeptWorld, kept } from '../keep/kept-world.ts';
import { type Report, reportOf } from '../report.ts';
import { type Run, simulate } from '../run.ts';
import { shrink, type Trace } from '../shrink.ts';
import type { WorldTask } from './worlds.ts';

export type JudgedWorld = {
  readonly task: WorldTask;
  readonly report: Report;
  readonly violations: readonly Violation[];
  /** How often each operation of each function was called. */
  readonly operations: Readonly<Record<string, number>>;
  readonly trace: Trace | null;
};

const MOST_TOLD = 20;

/**
 * @param isShrunk  a violated world is run again, smaller and smaller, for the trace
 * @param sought    rules that a planted bug is to break: told before others, and traced
 * @returns what goes into a data folder beside the judgement, where that was asked for and no rule is broken
 */
export async function judgeWorld(
  task: WorldTask,
  {
    isShrunk,
    sought = [],
    say,
  }: { readonly isShrunk: boolean; readonly sought?: readonly string[]; readonly say?: (line: string) => void },
): Promise<{ readonly judged: JudgedWorld; readonly kept: KeptWorld | null }> {
  const keeping = task.keptFrom === undefined ? {} : { startAt: task.keptFrom, firstNumber: task.before + 1 };
  const { seed, faults, conversations } = task;
  const options = { seed, faults, conversations, ...keeping };
  const run = await simulate(options);
  const { report, violations: all } = judgedRun(task.seed, run);
  const isSought = ({ rule }: Violation): boolean => sought.includes(rule);
  const violations = [...all.filter(isSought), ...all.filter((one) => !isSought(one))];
  const [violation] = violations;
  const trace = violation && isShrunk ? await shrink(options, { run, violation }, say && { say }) : null;
  const operations = Object.fromEntries(run.world.instruments.counts.operations);
  return {
    judged: { task, report, violations: violations.slice(0, MOST_TOLD), operations, trace },
    kept: task.keptFrom === undefined || violation ? null : kept(run),
  };
}

/** That all comes to rest is a rule as well, though no single fact breaks it. */
function judgedRun(seed: string, run: Run): ReturnType<typeof reportOf> {
  const { report, violations } = reportOf(seed, run);
  if (run.isQuiet) return { report, violations };
  const says = `something still runs, waits or is open after ${report.simulatedHours} simulated hours`;
  return { report, violations: [...violations, blame('at-rest', 0, null, says)] };
}
