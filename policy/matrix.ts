/** Which intent is the primary one and which stand beside it: the multi-intent matrix M1 to M10 (decisions §6.3). */
import type { DecisionInput, Scores } from '../events/decision.ts';
import type { Channel, Intent } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import { INTENT_CATALOGUE, type PriorityClass, TIER0_TIE_ORDER } from './intents.ts';
import type { Policy } from './policy.ts';
import { tier0Flags, tier0Scores } from './risk.ts';
import { toHundredths } from './rounding.ts';

const MOST_SECONDARIES = 2;
/** A request for a channel names no issue, so an explicit issue of the same class goes first (M2, decisions §1.3). */
const ROOT_CAUSE: Intent = 'technical_support';
/** An intent of a channel is a residual of that channel only; elsewhere it says nothing (decisions §1.4). */
const CHANNEL_OF_INTENT: Readonly<Partial<Record<Intent, Channel>>> = {
  tiktok_support_request: 'tiktok',
  social_media_support_request: 'social',
};

export type Canonical = {
  readonly primary: Intent;
  /** At most two, by priority class, then score, then table order. */
  readonly secondaries: readonly Intent[];
  readonly candidates: ReadonlySet<Intent>;
  /** Scores the decision is made on: channel residuals renamed, `unknown_other` dropped where M10 says so. */
  readonly scores: Scores;
  /** M9: two order changes are asked for and neither clearly more. */
  readonly isUndecidedChange: boolean;
};

export function classOf(intent: Intent): PriorityClass {
  return INTENT_CATALOGUE[intent].priority;
}

function onChannel(intent: Intent, channel: Channel): Intent {
  const home = CHANNEL_OF_INTENT[intent];
  return home === undefined || home === channel ? intent : 'unknown_other';
}

function scoresOnChannel(input: DecisionInput): Scores {
  const result: Scores = {};
  for (const intent of INTENTS) {
    const score = input.classifier.calibrated[intent];
    if (score === undefined) continue;
    const name = onChannel(intent, input.message.channel);
    result[name] = Math.max(result[name] ?? 0, score);
  }
  return result;
}

function candidateSet(input: DecisionInput, scores: Scores, { thresholds }: Policy): Set<Intent> {
  const { requested } = input.classifier;
  const named = requested === null ? [] : [requested.primary, ...requested.secondaries];
  const scored = INTENTS.filter((intent) => (scores[intent] ?? 0) >= thresholds.candidate);
  const set = new Set([...named.map((intent) => onChannel(intent, input.message.channel)), ...scored]);
  if (set.size > 0) return set;
  // A Tier 0 intent is there from its own threshold on, or it is a suspicion and names nothing (G09).
  const ordinary = INTENTS.filter((intent) => classOf(intent) !== 0);
  return new Set([
    ordinary.reduce((best, intent) => ((scores[intent] ?? 0) > (scores[best] ?? 0) ? intent : best), 'unknown_other'),
  ]);
}

/** Table order decides what class and score leave open, so that the order of the input never does. */
function byClassAndScore(scores: Scores): (a: Intent, b: Intent) => number {
  return (a, b) =>
    classOf(a) - classOf(b) || (scores[b] ?? 0) - (scores[a] ?? 0) || INTENTS.indexOf(a) - INTENTS.indexOf(b);
}

/** M2: in the same class an explicit root cause goes first; it matters for the primary alone (decisions §1.4). */
function byCauseAndScore(scores: Scores, { thresholds }: Policy): (a: Intent, b: Intent) => number {
  const isClearCause = (intent: Intent): boolean => intent === ROOT_CAUSE && (scores[intent] ?? 0) > thresholds.clear;
  const byScore = byClassAndScore(scores);
  return (a, b) => classOf(a) - classOf(b) || Number(isClearCause(b)) - Number(isClearCause(a)) || byScore(a, b);
}

/** M1: the Tier 0 intent with the highest score; equal scores resolve in a fixed order. */
function tier0Primary(present: Scores): Intent | null {
  const intents = TIER0_TIE_ORDER.filter((intent) => present[intent] !== undefined);
  return intents.reduce<Intent | null>(
    (best, intent) => (best === null || (present[intent] ?? 0) > (present[best] ?? 0) ? intent : best),
    null,
  );
}

/** M9: order changes within 0.10 of each other; the safest of them, stopping the order, is what a person sees first. */
function undecidedChange(ranked: readonly Intent[], scores: Scores, { thresholds }: Policy): boolean {
  const [first, ...others] = ranked.filter((intent) => classOf(intent) === 1);
  if (first === undefined) return false;
  const isClose = (intent: Intent): boolean =>
    toHundredths((scores[first] ?? 0) - (scores[intent] ?? 0)) <= thresholds.margin;
  return first === 'cancel_order'
    ? others.some(isClose)
    : others.some((intent) => intent === 'cancel_order' && isClose(intent));
}

/** Primary and secondaries of a turn, whatever order scores and requests came in. */
export function canonicalise(input: DecisionInput, policy: Policy): Canonical {
  const present = tier0Scores(input, policy);
  const scores = { ...scoresOnChannel(input), ...present };
  const candidates = candidateSet(input, scores, policy);
  for (const intent of TIER0_TIE_ORDER) if (present[intent] !== undefined) candidates.add(intent);
  const isOutscored = [...candidates].some(
    (intent) => intent !== 'unknown_other' && (scores[intent] ?? 0) >= policy.thresholds.dropUnknown,
  );
  if (isOutscored) {
    candidates.delete('unknown_other');
    delete scores.unknown_other;
  }
  const ranked = [...candidates].sort(byCauseAndScore(scores, policy));
  const isUndecidedChange = undecidedChange(ranked, scores, policy);
  const change: Intent | null = isUndecidedChange ? 'cancel_order' : null;
  const primary =
    tier0Primary(present) ??
    ruledIntent(input, policy) ??
    bareWish(input, policy) ??
    change ??
    ranked[0] ??
    'unknown_other';
  return {
    primary,
    secondaries: ranked
      .filter((intent) => intent !== primary)
      .sort(byClassAndScore(scores))
      .slice(0, MOST_SECONDARIES),
    candidates,
    scores,
    isUndecidedChange,
  };
}

/**
 * "Unsubscribe" and hardly a word beside it may mean the newsletter or the plan. The rule names the plan, whatever a
 * classifier thinks, and a person finds out (decisions §6.4, scenario 72).
 */
export function isBareUnsubscribe({ message }: DecisionInput, { thresholds }: Policy): boolean {
  return message.topics.unsubscribeOnly && message.words < thresholds.fewWords;
}

function bareWish(input: DecisionInput, policy: Policy): Intent | null {
  return isBareUnsubscribe(input, policy) ? 'cancel_subscription' : null;
}

/**
 * Topics outside the taxonomy that rules name: personal-data wishes, mail written by machines (decisions §6.4, A23), and a
 * clear marketing opt-out, unless something of ours is as clearly asked for beside it (decisions §1.3).
 */
export function ruledIntent(input: DecisionInput, policy: Policy): Intent | null {
  const { privacyRequest, machineMail } = input.message.topics;
  const isOutside = privacyRequest || machineMail || asksOutsideOnly(input);
  return tier0Flags(input, policy).length === 0 && isOutside ? 'unknown_other' : null;
}

/** The certain keyword rules name nothing but what is outside the taxonomy. */
function asksOutsideOnly({ turn: { answeredKeywordHits } }: DecisionInput): boolean {
  const certain = answeredKeywordHits.filter(({ precision }) => precision === 'high');
  return certain.length > 0 && certain.every(({ intent }) => intent === 'unknown_other');
}
