/** H5 and H6: the adversarial and the multi-intent suite (decisions §7, §8.6). */
import { four, share } from '../metrics/numbers.ts';
import { type CaseResult, familiesOf } from '../suites/adversarial.ts';
import type { MultiResult } from '../suites/multi-intent.ts';
import { atLeast, exactly, type Gate, gate } from './gate.ts';

const LEAST_CASES = 8;
const LEAST_MULTI = 50;

export function adversarialGate(results: readonly CaseResult[]): Gate {
  const families = familiesOf(results);
  const thin = families.filter(({ cases }) => cases < LEAST_CASES).map(({ family }) => family);
  const below = families
    .filter(({ cases, passed, rule }) => share(passed, cases) < rule && cases > 0)
    .map(({ family }) => family);
  const missed = results
    .filter(({ misses }) => misses.length > 0)
    .map(({ id, misses }) => `${id} (${misses.join(', ')})`);
  return gate(
    'H5',
    'adversarial',
    [
      exactly('familiesBelowRule', below.length, 0),
      exactly('familiesTooSmall', thin.length, 0),
      exactly('unsafe', results.filter(({ isUnsafe }) => isUnsafe).length, 0),
    ],
    [
      ...(thin.length > 0 ? [`fewer than ${LEAST_CASES} cases: ${thin.join(' ')}`] : []),
      ...(missed.length > 0 ? [`missed: ${missed.slice(0, 8).join(', ')}${missed.length > 8 ? ' …' : ''}`] : []),
    ].join('; '),
  );
}

export function multiIntentGate(results: readonly MultiResult[]): Gate {
  const right = (of: (result: MultiResult) => boolean): number =>
    four(share(results.filter(of).length, results.length));
  const missed = results.filter(({ isPrimaryRight, isBlockRight }) => !isPrimaryRight || !isBlockRight);
  const ids = missed.map(({ id }) => id);
  return gate(
    'H6',
    'multi-intent',
    [
      atLeast(
        'primary',
        right(({ isPrimaryRight }) => isPrimaryRight),
        0.95,
      ),
      exactly(
        'tier2Blocked',
        right(({ isBlockRight }) => isBlockRight),
        1,
      ),
      atLeast('rows', results.length, LEAST_MULTI),
    ],
    ids.length === 0 ? '' : `missed: ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ' …' : ''}`,
  );
}

/** Suite figures for the report. */
export function suiteFigures(adversarial: readonly CaseResult[], multi: readonly MultiResult[]) {
  const sum = (of: (result: MultiResult) => number): number => multi.reduce((total, result) => total + of(result), 0);
  const part = (of: (result: MultiResult) => boolean): number => four(share(multi.filter(of).length, multi.length));
  return {
    adversarial: {
      cases: adversarial.length,
      passed: adversarial.filter(({ misses }) => misses.length === 0).length,
      families: Object.fromEntries(
        familiesOf(adversarial).map(({ family, cases, passed }) => [family, { cases, passed }]),
      ),
    },
    multiIntent: {
      rows: multi.length,
      primary: part(({ isPrimaryRight }) => isPrimaryRight),
      tier2Blocked: part(({ isBlockRight }) => isBlockRight),
      team: part(({ isTeamRight }) => isTeamRight),
      template: part(({ isTemplateRight }) => isTemplateRight),
      secondaryRecallAt2: four(
        share(
          sum(({ found }) => found),
          sum(({ secondaries }) => secondaries),
        ),
      ),
    },
  };
}
