/** What of the list a stage must have: its table may say that it has no CI role, or GitHub's provider from elsewhere. */
import { ACCOUNT_VARIABLE, PLACEHOLDER_ACCOUNT, type StageTable, stageOf } from '../../../stacks/stages.ts';
import type { StageName } from '../../../tools/stacks/graph.ts';
import type { Expectation } from './types.ts';

/** @param stages  The table that the graph was made from. */
export function neededBy(name: StageName, stages: StageTable, entries: readonly Expectation[]): Expectation[] {
  const { github } = stageOf(name, { [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT }, stages);
  const has = { ci: github !== null, 'ci-provider': github?.provider === 'create' };
  return entries.filter(({ needs }) => needs === undefined || has[needs]);
}
