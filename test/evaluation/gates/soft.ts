/** S1 to S6: what changed enough that somebody must sign it off (decisions §8.6). */
import type { Figures } from '../figures.ts';
import { type Baseline, mistakesOf, teamShares, tokensPerDecision } from './baseline.ts';
import { atMost, type Gate, gate, notApplicable, PHASE_A } from './gate.ts';

const NAMES = {
  S1: 'share of unknown_other',
  S2: 'team distribution',
  S3: 'tokens and cost',
  S4: 'latency',
  S5: 'new errors',
  S6: 'macro F1 drop',
} as const;

/** Growth relative to before; nothing before and something now is told as 1 (100 %). */
function growth(before: number, now: number): number {
  if (before === 0) return now === 0 ? 0 : 1;
  return Math.round((now / before - 1) * 10_000) / 10_000;
}

export function softGates(figures: Figures, baseline: Baseline | null): Gate[] {
  if (baseline === null) return Object.entries(NAMES).map(([id, name]) => notApplicable(id, name, PHASE_A));
  const known = new Set(baseline.mistakes);
  const fresh = mistakesOf(figures).filter((mistake) => !known.has(mistake));
  return [
    gate('S1', NAMES.S1, [atMost('growth', growth(baseline.unknownShare, figures.unknownShare), 0.25)]),
    gate('S2', NAMES.S2, [atMost('shift', greatestShift(baseline.teamShares, teamShares(figures)), 0.05)]),
    gate('S3', NAMES.S3, [
      atMost('tokens', growth(baseline.tokensPerDecision, tokensPerDecision(figures)), 0.2),
      atMost('usd', growth(baseline.usdPer1000, figures.usdPer1000), 0.2),
    ]),
    gate('S4', NAMES.S4, [atMost('p95', growth(baseline.p95Ms, figures.latencyMs.p95), 0.2)]),
    gate('S5', NAMES.S5, [atMost('newInTop10', fresh.length, 0)], fresh.slice(0, 3).join('; ')),
    gate('S6', NAMES.S6, [
      atMost('drop', Math.max(0, Math.round((baseline.macroF1 - figures.macroF1) * 10_000) / 10_000), 0.005),
    ]),
  ];
}

function greatestShift(before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>): number {
  const teams = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const shifts = teams.map((team) => Math.abs((before[team] ?? 0) - (now[team] ?? 0)));
  return Math.round(Math.max(0, ...shifts) * 10_000) / 10_000;
}
