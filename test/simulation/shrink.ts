/** The smallest run that still breaks a rule, what happened in it, and the command that has it again. */
import { check, type Violation } from './checker/check.ts';
import { atCallOfOperation, type FaultPlan } from './kernel/faults.ts';
import { type Run, type RunOptions, scriptOf, simulate } from './run.ts';
import { type Case, caseOf, optionsOf, wordsOf } from './shrink/case.ts';
import { ddmin } from './shrink/ddmin.ts';
import { linesOf, stepOf } from './shrink/trace.ts';

export type Trace = {
  readonly conversations: number;
  /** Faults of port calls. */
  readonly faults: number;
  readonly violation: Violation;
  readonly step: number;
  readonly lines: readonly string[];
  readonly command: string;
  /** How many runs it took. */
  readonly runs: number;
};

export type ShrinkOptions = {
  /** So many runs at most. */
  readonly budget?: number;
  readonly say?: (line: string) => void;
};

type Broken = { readonly run: Run; readonly violation: Violation };
type Best = Broken & { readonly case: Case };

/** Of real time: who waits for the trace has its seed already. */
const LONGEST_MS = 180_000;

/** Other worlds for the same few conversations, where their own shows nothing. */
const DRAWS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Leaves out conversations, acts, faults of calls and kinds of faults as long as the same rule is broken. */
export async function shrink(
  options: RunOptions,
  broken: Broken,
  { budget = 200, say = () => {} }: ShrinkOptions = {},
): Promise<Trace> {
  const whole = caseOf(options, {
    only: scriptOf(options)
      .conversations.map(({ id }) => id)
      .join(','),
  });
  // A plan of the caller's own has been used up: the faults that it led to are what is left of it.
  let best: Best = { ...broken, case: options.plan ? { ...whole, at: broken.run.world.instruments.fired } : whole };
  let runs = 0;
  const end = performance.now() + LONGEST_MS;

  /** @param plan  in place of the faults at their ordinals: where it puts them is where they are from then on */
  const holds = async (change: Partial<Case>, plan?: FaultPlan): Promise<boolean> => {
    if (runs >= budget || performance.now() > end) return false;
    runs += 1;
    const smaller = { ...best.case, ...change };
    const run = await simulate({ ...optionsOf(options, smaller), ...(plan && { plan }) });
    const violation = violationOf(run, broken.violation.rule);
    if (!violation) return false;
    best = { run, violation, case: plan ? { ...smaller, at: run.world.instruments.fired } : smaller };
    say(`run ${runs}: ${sizeOf(best)}`);
    return true;
  };
  /** In its own world, else in another one; a fault of a call has its place in one world only. */
  const holdsSomewhere = async (change: Partial<Case>, draws: readonly number[]): Promise<boolean> => {
    const isPlaced = ({ ...best.case, ...change }.at ?? []).length > 0;
    for (const draw of isPlaced ? [best.case.draw] : [...new Set([best.case.draw, ...draws])])
      if (await holds({ ...change, draw })) return true;
    return false;
  };

  await aloneWithItsFaults();
  const { conversationId } = broken.violation;
  const alone = best.case.only.filter(({ id }) => id === conversationId);
  if (best.case.only.length > 1 && !(alone.length === 1 && (await holdsSomewhere({ only: alone }, DRAWS))))
    await ddmin(best.case.only, (only) => holdsSomewhere({ only }, DRAWS.slice(0, 2)), { least: 1 });
  await fewerActs((only) => holdsSomewhere({ only }, DRAWS.slice(0, 3)));
  if (!(await holdsSomewhere({ at: [] }, DRAWS)) && best.case.at === null)
    await holds({ at: best.run.world.instruments.fired });
  for (let size = Number.POSITIVE_INFINITY; size > weightOf(best.case); ) {
    size = weightOf(best.case);
    if (best.case.at !== null) await ddmin(best.case.at, (at) => holds({ at }));
    await ddmin(best.case.kinds, (kinds) => holdsSomewhere({ kinds }, DRAWS.slice(0, 3)));
    await aloneWithItsFaults();
    await fewerActs((only) => holdsSomewhere({ only }, DRAWS.slice(0, 3)));
  }
  return {
    conversations: best.case.only.length,
    faults: best.case.at?.length ?? best.run.world.instruments.fired.length,
    violation: best.violation,
    step: stepOf(best.run, best.violation),
    lines: linesOf(best.run, best.violation),
    command: commandOf(options, best.case),
    runs,
  };

  /** Without the other conversations every call comes at another ordinal, but it is still an early one of its operation. */
  async function aloneWithItsFaults(): Promise<void> {
    const only = best.case.only.filter(({ id }) => id === best.violation.conversationId);
    if (best.case.at === null || only.length !== 1 || best.case.only.length === 1) return;
    for (const nth of [1, 2, 3, 4])
      if (await holds({ only }, atCallOfOperation(nth, best.run.world.instruments.fired))) return;
  }

  async function fewerActs(isStill: (only: Case['only']) => Promise<boolean>): Promise<void> {
    for (const { id, acts } of best.case.only)
      await ddmin(acts, (kept) => isStill(best.case.only.map((one) => (one.id === id ? { id, acts: kept } : one))), {
        least: 1,
      });
  }
}

function violationOf(run: Run, rule: Violation['rule']): Violation | undefined {
  if (rule === 'at-rest')
    return run.isQuiet ? undefined : { rule, at: 0, conversationId: null, says: 'something never came to rest' };
  return check(run.account).violations.find((violation) => violation.rule === rule);
}

function weightOf({ only, kinds, at }: Case): number {
  return only.reduce((sum, { acts }) => sum + acts.length, 0) + kinds.length + (at?.length ?? 0);
}

function sizeOf({ case: { only, kinds, at }, run }: Best): string {
  const acts = only.reduce((sum, one) => sum + one.acts.length, 0);
  const faults = at?.length ?? run.world.instruments.fired.length;
  return `${only.length} conversations, ${acts} acts, ${faults} faults of calls, ${kinds.length} other kinds`;
}

/** One world: whatever a run of many is cut into, this is one of its worlds. */
function commandOf({ seed, conversations, faults = 'none' }: RunOptions, left: Case): string {
  const count = typeof conversations === 'number' ? conversations : conversations.length;
  const asked = typeof faults === 'string' ? faults : faults.join(',') || 'none';
  const words = ['--seed', String(seed), '--conversations', String(count), '--faults', asked, ...wordsOf(left)];
  return `npm run simulate -- ${words.map((word) => (/^[\w.,:/~-]+$/.test(word) ? word : `'${word}'`)).join(' ')}`;
}
