/** Has a shrunk run again, from the words of its command. */
import { check, type Violation } from '../checker/check.ts';
import { verdictOn } from '../planted/verdict.ts';
import { type RunOptions, simulate } from '../run.ts';
import { type CaseWords, caseOf, optionsOf } from './case.ts';
import { linesOf, stepOf } from './trace.ts';

/**
 * @param plant  a bug that is planted in this thread already
 * @returns the exit code: 1 where a rule is broken again, 0 where none is; with a planted bug 0 where it is found and 1 where it
 *          is not; 2 where the words do not fit the run
 */
export async function runCase(
  options: RunOptions,
  words: CaseWords,
  say: (line: string) => void,
  plant: string | null = null,
): Promise<0 | 1 | 2> {
  let left: RunOptions;
  try {
    left = optionsOf(options, caseOf(options, words));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const run = await simulate(left);
  const { violations } = check(run.account);
  for (const { rule, says } of violations) say(`${rule}: ${says}`);
  if (!run.isQuiet) say('at-rest: something never came to rest');
  const first: Violation = violations[0] ?? { rule: 'at-rest', at: 0, conversationId: null, says: '' };
  say(`seed ${left.seed}, step ${stepOf(run, first)}, ${run.conversations.length} conversations`);
  for (const line of linesOf(run, first)) say(`  ${line}`);
  const verdict = verdictOn(plant, [...violations.map(({ rule }) => rule), ...(run.isQuiet ? [] : ['at-rest'])]);
  if (verdict.says !== null) say(verdict.says);
  return verdict.exitCode;
}
