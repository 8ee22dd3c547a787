/** The confidence thresholds as data, and the floors no release may go under (decisions §5.2–5.5). */
import type { DecisionInput } from '../events/decision.ts';
import type { Intent } from '../events/words.ts';
import { type ClassifierKind, THRESHOLDS_VERSION } from './versions.ts';

export type Thresholds = {
  readonly version: string;
  /** Classifiers and calibration maps these numbers were fitted on; under any other nothing is replied (decisions §5.5). */
  readonly fittedOn: {
    readonly classifier: Readonly<Record<ClassifierKind, string>>;
    readonly calibration: Readonly<Record<ClassifierKind, string>>;
  };
  /** From here on the intent's own team gets the ticket. */
  readonly route: number;
  /** Below this nobody can be named: manual triage. */
  readonly triage: number;
  readonly margin: number;
  readonly tier1: number;
  /** Stricter values for single intents. */
  readonly tier1Of: Readonly<Partial<Record<Intent, number>>>;
  readonly tier2: number;
  readonly verifier: number;
  readonly automation: number;
  /** A Tier 0 intent scored this high is present; from `tier0Weak` on it is suspected. */
  readonly tier0: number;
  readonly tier0Weak: number;
  /** A scored intent joins the candidate set from here on (decisions §6.3). */
  readonly candidate: number;
  /** An intent scored above this is clearly asked for. */
  readonly clear: number;
  /** M10: `unknown_other` leaves the set when another intent reaches this. */
  readonly dropUnknown: number;
  /** A bare "unsubscribe" never counts for more than this as a plan cancellation (decisions §6.4). */
  readonly bareUnsubscribe: number;
  readonly penalty: number;
  readonly fewWords: number;
  /** So few words name a topic and ask nothing: never Tier 2 (decisions §7 A27). */
  readonly bareWords: number;
  /** Fixed routing confidence of the keyword rung (decisions §3.8). */
  readonly keywordRung: number;
};

export const THRESHOLDS: Thresholds = {
  version: THRESHOLDS_VERSION,
  // Written out, never taken from versions.ts: a raised version replies nothing until somebody fits anew and pins it here.
  fittedOn: {
    classifier: { openai: 'routing_prompt@1.0.0', embedded: 'embedded@1.0.0', keyword: 'keyword@1.0.1' },
    calibration: { openai: 'identity@1.0.0', embedded: 'embedded-map@1.0.0', keyword: 'identity@1.0.0' },
  },
  route: 0.6,
  triage: 0.5,
  margin: 0.1,
  tier1: 0.6,
  tier1Of: {
    return_request: 0.65,
    refund_request: 0.65,
    exchange_request: 0.65,
    cancel_order: 0.65,
    address_change_order_edit: 0.65,
    cancel_subscription: 0.65,
    technical_support: 0.7,
  },
  tier2: 0.7,
  verifier: 0.8,
  automation: 0.7,
  tier0: 0.2,
  tier0Weak: 0.1,
  candidate: 0.35,
  clear: 0.55,
  dropUnknown: 0.5,
  bareUnsubscribe: 0.55,
  penalty: 0.1,
  fewWords: 5,
  bareWords: 1,
  keywordRung: 0.6,
};

const between = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** What is wrong with a set of thresholds, by field; empty when it may be released. */
export function thresholdProblems(thresholds: Thresholds): string[] {
  const problems: string[] = [];
  if (!between(thresholds.route, 0.4, 0.9)) problems.push('route: 0.40 to 0.90');
  if (!between(thresholds.triage, 0, thresholds.route)) problems.push('triage: at most route');
  if (!between(thresholds.tier1, thresholds.route, 1)) problems.push('tier1: at least route');
  if (!between(thresholds.tier2, 0.7, 1)) problems.push('tier2: at least 0.70');
  if (!between(thresholds.verifier, 0.8, 1)) problems.push('verifier: at least 0.80');
  if (!between(thresholds.automation, 0.7, 1)) problems.push('automation: at least 0.70');
  if (!between(thresholds.tier0Weak, 0, thresholds.tier0)) problems.push('tier0Weak: at most tier0');
  for (const [intent, value] of Object.entries(thresholds.tier1Of)) {
    if (!between(value, thresholds.tier1, 1)) problems.push(`tier1Of.${intent}: stricter than tier1 only`);
  }
  return problems;
}

/** The routing confidence a Tier 1 reply to this intent needs. */
export function tier1Threshold(intent: Intent, { tier1Of, tier1 }: Thresholds): number {
  return tier1Of[intent] ?? tier1;
}

/**
 * Were the thresholds fitted on the classifier that gave these scores, through this calibration map? Without a classifier
 * there is nothing to fit.
 */
export function thresholdsFit({ classifier: { kind }, versions }: DecisionInput, { fittedOn }: Thresholds): boolean {
  if (kind === null) return true;
  const { classifier, calibration } = fittedOn;
  return versions.classifier === classifier[kind] && versions.calibration === calibration[kind];
}

// A set that breaks a floor must not decide anything, so nothing that imports it starts.
const problems = thresholdProblems(THRESHOLDS);
if (problems.length > 0) throw new Error(`thresholds ${THRESHOLDS.version}: ${problems.join('; ')}`);
