/** What stands in when no classifier gave a usable answer: the fallback ladder (decisions §3.8). Always route-only. */
import type { DecisionInput, KeywordHit, Scores } from '../events/decision.ts';
import { certaintyOf } from './confidence.ts';
import { canonicalise } from './matrix.ts';
import { POLICY } from './policy.ts';
import { screenFlags } from './risk.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What the lower rungs may look at; `embedded` is `null` where it was itself the classifier that failed. */
export type FallbackEvidence = {
  readonly embedded: Scores | null;
  /** Keyword hits of the newest comment. */
  readonly keywordHits: readonly KeywordHit[];
};

type Rung = DecisionInput['classifier']['rung'];

/** The input as the first rung that accepts sees it: F0, F2, F1, F3 in this order. */
export function fallbackInput(input: DecisionInput, evidence: FallbackEvidence): DecisionInput {
  if (screenFlags(input).length > 0) return onRung(input, 'F0', {});
  if (evidence.embedded !== null && isAcceptable(input, evidence.embedded))
    return onRung(input, 'F2', evidence.embedded);
  const sure = evidence.keywordHits.filter((hit) => hit.precision === 'high');
  if (sure.length === 0) return onRung(input, 'F3', {});
  return onRung(
    input,
    'F1',
    Object.fromEntries(evidence.keywordHits.map((hit) => [hit.intent, THRESHOLDS.keywordRung])),
  );
}

function onRung(input: DecisionInput, rung: Rung, scores: Scores): DecisionInput {
  return {
    ...input,
    classifier: {
      ...input.classifier,
      rung,
      mayReply: false,
      failure: input.classifier.failure ?? 'permanent',
      raw: scores,
      calibrated: scores,
      requested: null,
    },
  };
}

/** F2 accepts a calibrated top score of at least 0.60 with the margin of a reply. */
function isAcceptable(input: DecisionInput, scores: Scores): boolean {
  const asPrimary: DecisionInput = {
    ...input,
    classifier: {
      ...input.classifier,
      kind: 'embedded',
      rung: 'primary',
      failure: null,
      calibrated: scores,
      requested: null,
    },
  };
  const canonical = canonicalise(asPrimary, POLICY);
  const margin = certaintyOf(asPrimary, canonical, POLICY).margin ?? 0;
  return (canonical.scores[canonical.primary] ?? 0) >= THRESHOLDS.route && margin >= THRESHOLDS.margin;
}
