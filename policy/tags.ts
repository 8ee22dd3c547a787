/** The tags a decision writes: made of enums by code, never taken from a model (decisions §1.5, replies §7.1). */
import type { Decision } from '../events/decision.ts';
import type { Intent, RouteTag } from '../events/words.ts';
import { intentTag } from './intents.ts';
import { isTriedOut, selectForNoMatch } from './orders/select.ts';
import type { Outcome } from './outcome.ts';
import { isFollowUp } from './pending-flow.ts';
import type { Route } from './route.ts';
import type { DecisionTag, ORDER_AND_REPLY_TAGS } from './tag-words.ts';

/** Decisions §1.5; tags about order and reply are not counted. */
const MOST_DECISION_TAGS = 12;
const SPAM_CODES: ReadonlySet<string> = new Set(['cooldown_10m', 'cap_24h_conversation', 'cap_24h_customer']);

type IntentTag = `mw-${'intent' | 'secondary'}-${Intent}`;

/** Tags of the decision, then those about its order and reply; none for a message without effect (D2). */
export function tagsFor(outcome: Outcome, route: Route, tier: Decision['tier']): string[] {
  if (outcome.row === 'D2') return [];
  const { primary, secondaries } = outcome.judgement.situation;
  const decided: (DecisionTag | RouteTag | IntentTag)[] = [
    'mw-processed',
    ...(route.routeTag === null ? [] : [route.routeTag]),
    intentTag(primary),
    ...secondaries.map((intent) => `mw-secondary-${intent}` as const),
    `mw-tier-${tier ?? 'route-only'}`,
    'mw-routing-applied',
    ...conditionalTags(outcome, route),
  ];
  return distinct([
    ...distinct(decided).slice(0, MOST_DECISION_TAGS),
    ...orderTags(outcome),
    ...replyTags(outcome),
    ...skipTags(outcome),
  ]);
}

function distinct(tags: readonly string[]): string[] {
  return [...new Set(tags)];
}

/** The most telling first, since the ceiling cuts off the end. */
function conditionalTags(outcome: Outcome, { staffingTag }: Route): DecisionTag[] {
  const { objectors, riskFlags, isTier0, isPrivacy, judgement } = outcome;
  const { input, orderPlan } = judgement.situation;
  const { topics, attachmentOnly } = input.message;
  const { failure, rung } = input.classifier;
  const isPreorder = topics.preorderTerm || (orderPlan?.tags.includes('mw-topic-preorder') ?? false);
  const tags: [boolean, DecisionTag | null][] = [
    [isTier0 || isPrivacy || objectors.includes('G02') || followsReply(outcome), 'mw-escalated-human'],
    [isTier0 && riskFlags.includes('FRAUD_SUSPECTED'), 'mw-fraud-suspected'],
    [topics.privacyRequest, 'mw-privacy-request'],
    [topics.securityProbe, 'mw-security-sensitive'],
    [failure !== null || rung !== 'primary', 'mw-model-failure'],
    [attachmentOnly, 'mw-attachment-only'],
    [true, staffingTag],
    [needsTriage(outcome), 'mw-needs-manual-triage'],
    [isUncertain(outcome), 'mw-uncertain'],
    [isPreorder, 'mw-topic-preorder'],
  ];
  return tags.flatMap(([applies, tag]) => (applies && tag !== null ? [tag] : []));
}

function isUncertain({ isTier0, judgement }: Outcome): boolean {
  const { certainty, policy } = judgement.situation;
  const { routing } = certainty;
  const { route, triage } = policy.thresholds;
  return !isTier0 && routing !== null && routing < route && routing >= triage;
}

/** Somebody has to find out what this is about: nothing certain is known, or a detector asks for a person. */
function needsTriage({ isTier0, objectors, judgement: { situation } }: Outcome): boolean {
  if (isTier0) return false;
  const { input, certainty, policy } = situation;
  const { verifier, message, classifier } = input;
  const isUnknown = certainty.routing === null ? message.empty : certainty.routing < policy.thresholds.triage;
  const isConflict =
    objectors.includes('G25') &&
    verifier !== null &&
    verifier.failure === null &&
    (verifier.downgradeTo === 'ROUTE_ONLY' || verifier.reasonCode === 'CONFLICTING_INTENT');
  const hasNoClassifier = objectors.includes('G07') && certainty.routing === null;
  const hasTriedOut = input.order !== null && isTriedOut(input.order.contextReasonCodes);
  return (
    isUnknown ||
    isConflict ||
    hasNoClassifier ||
    hasTriedOut ||
    objectors.includes('G09') ||
    classifier.failure === 'refusal'
  );
}

function orderTags({ objectors, judgement }: Outcome): readonly string[] {
  const { situation, report } = judgement;
  const { order } = situation.input;
  const isAsked = report.some((entry) => entry.gate === 'G21' && entry.result === 'downgrade');
  if (isAsked) return ['mw-order-lookup-needed'];
  if (objectors.includes('G21')) return ['mw-order-lookup-failed', 'mw-order-status-suppressed'];
  if (order === null || !objectors.includes('G22')) return [];
  const { notMatchedReason: reason, missingFields, contextReasonCodes: reasonCodes } = order;
  const isIncomplete = reason === 'missing_context' || !order.contextComplete || situation.orderPlan === null;
  if (isIncomplete) return selectForNoMatch({ reason: 'missing_context', missingFields, reasonCodes }).tags;
  return situation.orderPlan?.tags ?? [];
}

function replyTags({ judgement }: Outcome): readonly string[] {
  const entry = judgement.report.find(({ gate }) => gate === 'G32');
  return SPAM_CODES.has(entry?.reasonCode ?? '') ? ['mw-auto-rate-limited'] : [];
}

/** Why automation stood back from the conversation (replies §4.3); Tier 0 says it all. */
function skipTags(outcome: Outcome): (typeof ORDER_AND_REPLY_TAGS)[number][] {
  if (outcome.isTier0) return [];
  return [
    ...(outcome.objectors.includes('G02') ? (['mw-auto-skipped-resolved'] as const) : []),
    ...(followsReply(outcome) ? (['mw-auto-skipped-followup'] as const) : []),
  ];
}

/** Answers what a reply asked for, or would get the same reply again. */
function followsReply({ judgement: { situation, report } }: Outcome): boolean {
  const isRepeated = report.some(
    ({ gate, reasonCode, also }) => gate === 'G30' && [reasonCode, ...(also ?? [])].includes('template_repeat'),
  );
  return isRepeated || isFollowUp(situation);
}

const OF_THE_ROUTE = /^(route-|mw-processed$|mw-intent-|mw-secondary-|mw-tier-|mw-routing-applied$)/;

/** What a later stage adds to the tags that the route has written already. */
export function extraTags(decision: Decision, written: readonly string[]): string[] {
  return decision.tags.filter((tag) => !OF_THE_ROUTE.test(tag) && !written.includes(tag)).slice(0, MOST_DECISION_TAGS);
}

/** The one tier tag of the decision in force, where the route did not know it yet. */
export function tierTag(decision: Decision, written: readonly string[]): string[] {
  return written.some((tag) => tag.startsWith('mw-tier-'))
    ? []
    : decision.tags.filter((tag) => tag.startsWith('mw-tier-'));
}
