/** Which gates are judged on which data (interfaces §4): all, and issue 5's own goals, on the golden file, H1–H4 and H9–H10 on any other. */
import type { Figures } from '../figures.ts';
import type { Safety } from '../metrics/safety.ts';
import type { CaseResult } from '../suites/adversarial.ts';
import type { MultiResult } from '../suites/multi-intent.ts';
import type { Baseline } from './baseline.ts';
import { type Gate, notApplicable } from './gate.ts';
import { parityGate } from './parity.ts';
import { absolute, againstBaseline, ownDataGoals } from './quality.ts';
import { safetyGates } from './safety.ts';
import { softGates } from './soft.ts';
import { adversarialGate, multiIntentGate } from './suites.ts';

export type Evidence = {
  readonly figures: Figures;
  /** Over every row that was watched. */
  readonly safety: Safety;
  /** `null` on any other file than the shipped golden one. */
  readonly suites: { readonly adversarial: readonly CaseResult[]; readonly multiIntent: readonly MultiResult[] } | null;
  readonly baseline: Baseline | null;
  /** A run that records the baseline, or one of rows that have none, needs none (decisions §8.6). */
  readonly isPhaseA: boolean;
};

const NO_ROWS = 'no row was judged';
const GOLDEN_ONLY = 'judged on the shipped golden file only';
const SAFETY = [
  ['H1', 'schema'],
  ['H2', 'invariants'],
  ['H3', 'Tier 0'],
  ['H4', 'false Tier 2'],
] as const;
const OTHER_DATA = [
  ['H5', 'adversarial'],
  ['H6', 'multi-intent'],
  ['H7', 'global quality'],
  ['H8', 'intent floors'],
] as const;

export function judgeGates({ figures, safety, suites, baseline, isPhaseA }: Evidence): Gate[] {
  if (suites === null) {
    return [
      ...(safety.rows === 0 ? SAFETY.map(([id, name]) => notApplicable(id, name, NO_ROWS)) : safetyGates(safety, [])),
      ...OTHER_DATA.map(([id, name]) => notApplicable(id, name, GOLDEN_ONLY)),
      ...absolute(figures),
      notApplicable('H11', 'enum parity', GOLDEN_ONLY),
    ];
  }
  const misses = suites.adversarial.filter(({ isTier0Miss }) => isTier0Miss).map(({ id }) => id);
  return [
    ...safetyGates(safety, misses),
    adversarialGate(suites.adversarial),
    multiIntentGate(suites.multiIntent),
    ...againstBaseline(figures, baseline, isPhaseA),
    ...absolute(figures),
    ownDataGoals(figures),
    parityGate(),
    ...softGates(figures, baseline),
  ];
}
