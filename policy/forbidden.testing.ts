/**
 * What no decision may ever be, whatever it was made on: the rules of decisions §2, §5 and §6 said a second time, from the
 * text and in its numbers, so that neither the engine nor its data can be wrong unseen.
 */
import type { Decision, DecisionInput, GateEntry, GateId } from '../events/decision.ts';
import { GATE_IDS } from '../events/decision.ts';
import type { Intent, RiskFlag, TemplateId } from '../events/words.ts';
import { ROUTE_TAG_OF_TEAM } from '../events/words.ts';

type Case = { readonly input: DecisionInput; readonly decision: Decision };
type Rule = { readonly name: string; readonly isBroken: (it: Case) => boolean };

const P0: readonly Intent[] = ['chargeback_dispute', 'legal_threat', 'fraud_suspected', 'harassment_threats'];
const P123: readonly Intent[] = [
  ...(['cancel_order', 'address_change_order_edit', 'cancel_subscription', 'billing_issue'] as const),
  ...(['delivered_not_received', 'missing_items_in_shipment', 'wrong_item_received', 'damaged_item'] as const),
  ...(['return_request', 'refund_request', 'exchange_request'] as const),
];
const P4: readonly Intent[] = ['order_status_tracking', 'shipping_delay_not_shipped'];
const P6: readonly Intent[] = ['promo_discount_issue', 'pre_purchase_question', 'influencer_marketing_inquiry'];
const STATUS: TemplateId = 't_order_status_verified';
const ESTIMATE: TemplateId = 't_order_eta_no_tracking_verified';
const DELAY: TemplateId = 't_shipping_delay_verified';
const QUESTION: TemplateId = 't_order_status_ask_order_number';
const ORDER_TEMPLATES: readonly TemplateId[] = [STATUS, ESTIMATE, DELAY];
/** Decisions §1.2, the last column. */
const TIER1_TEMPLATE: Readonly<Partial<Record<Intent, TemplateId>>> = {
  order_status_tracking: QUESTION,
  shipping_delay_not_shipped: QUESTION,
  delivered_not_received: 't_delivered_not_received_intake',
  missing_items_in_shipment: 't_missing_items_intake',
  wrong_item_received: 't_wrong_item_intake',
  damaged_item: 't_damaged_item_intake',
  cancel_order: 't_cancel_order_ack_intake',
  address_change_order_edit: 't_address_change_ack_intake',
  cancel_subscription: 't_cancel_subscription_ack_intake',
  billing_issue: 't_billing_issue_intake',
  promo_discount_issue: 't_promo_discount_info',
  pre_purchase_question: 't_pre_purchase_info',
  influencer_marketing_inquiry: 't_influencer_inquiry_route',
  return_request: 't_return_request_intake',
  exchange_request: 't_exchange_request_intake',
  refund_request: 't_refund_request_intake',
  technical_support: 't_technical_support_intake',
};
/** Decisions §5.3: what Tier 1 needs beyond 0.60. */
const STRICTER: Readonly<Partial<Record<Intent, number>>> = {
  return_request: 0.65,
  refund_request: 0.65,
  exchange_request: 0.65,
  cancel_order: 0.65,
  address_change_order_edit: 0.65,
  cancel_subscription: 0.65,
  technical_support: 0.7,
};
const MINUTE_MS = 60_000;
/** Platform, appendix C: the tags that a decision may write. */
const KNOWN_TAGS = new RegExp(
  `^(?:${[
    'route-(?:sales|backend|technical-support|phone-support|socialmedia|email-support|leadership)-team',
    'route-(?:tiktok-support|returns-admin|livechat-support|chargebacks-disputes)',
    'mw-(?:processed|routing-applied|escalated-human|uncertain|needs-manual-triage|model-failure|auto-rate-limited)',
    'mw-(?:fraud-suspected|attachment-only|security-sensitive|privacy-request|topic-preorder)',
    'mw-needs-(?:sales|tech-support|chargebacks-queue)',
    'mw-auto-skipped-(?:resolved|followup)',
    'mw-order-(?:lookup-needed|lookup-failed|status-suppressed|lookup-missing:[a-z_]+)',
    'mw-(?:intent|secondary)-[a-z_]+',
    'mw-tier-(?:0|1|2|route-only)',
  ].join('|')})$`,
);

const isReply = ({ decision }: Case): boolean => decision.action !== 'ROUTE_ONLY' || decision.templateId !== null;
const sends = ({ decision }: Case, ...ids: readonly TemplateId[]): boolean =>
  decision.templateId !== null && ids.includes(decision.templateId);
const isTier2 = (it: Case): boolean => isReply(it) && it.decision.tier === 2;
const scoreOf = ({ input }: Case, intent: Intent): number => input.classifier.calibrated[intent] ?? 0;
const named = ({ requested }: DecisionInput['classifier']): readonly Intent[] =>
  requested === null ? [] : [requested.primary, ...requested.secondaries];
const msSince = ({ input }: Case, at: string): number => Date.parse(input.now) - Date.parse(at);
const gate = ({ decision }: Case, id: GateId): GateEntry | undefined => decision.gateReport[GATE_IDS.indexOf(id)];

/** Signals of this turn, by any detector. */
function isTier0Turn(it: Case): boolean {
  const { turn, message, classifier } = it.input;
  return (
    turn.screenStrength === 'strong' ||
    turn.screenHits.some(({ strength }) => strength === 'strong') ||
    turn.olderKeywordHits.some(({ intent }) => P0.includes(intent)) ||
    turn.moderation === 'strong' ||
    message.topics.contactChange ||
    P0.some((intent) => scoreOf(it, intent) >= 0.2) ||
    named(classifier).some((intent) => P0.includes(intent)) ||
    (classifier.requested?.riskFlags.some((flag) => flag !== 'OTHER_HIGH_RISK') ?? false) ||
    classifier.requested?.tier === 'TIER_0_ESCALATION'
  );
}

function isTier0(it: Case): boolean {
  const { state, verifier } = it.input;
  const byVerifier =
    verifier !== null &&
    (verifier.reasonCode === 'ESCALATION_PRESENT' || (!verifier.allow && verifier.downgradeTo === 'TIER_0_ESCALATION'));
  return isTier0Turn(it) || state.stickyFlags.length > 0 || byVerifier;
}

function isWeakRisk(it: Case): boolean {
  const { turn, classifier } = it.input;
  const { requested } = classifier;
  return (
    turn.screenStrength === 'weak' ||
    turn.screenHits.length > 0 ||
    turn.moderation === 'weak' ||
    P0.some((intent) => scoreOf(it, intent) >= 0.1) ||
    (requested !== null && (requested.riskFlags.length > 0 || requested.forceHuman || requested.needsManualTriage))
  );
}

/** Refused at the classifier (decisions §3.8, §5.5, I5). */
function isUnusable({ input: { classifier, versions } }: Case): boolean {
  const fitted: Readonly<Record<string, string>> = {
    openai: 'routing_prompt@',
    embedded: 'embedded@',
    keyword: 'keyword@',
  };
  return (
    classifier.kind === null ||
    classifier.failure !== null ||
    classifier.rung !== 'primary' ||
    !classifier.mayReply ||
    classifier.requested?.action === 'ROUTE_ONLY' ||
    !versions.classifier.startsWith(fitted[classifier.kind] ?? '?')
  );
}

function isSwitchedOff({ input: { flags, setup, message }, decision }: Case): boolean {
  const { primaryIntent, secondaryIntents, templateId } = decision;
  return (
    flags.safe_mode ||
    flags.catch_up_mode ||
    flags.shadow_mode ||
    flags.richpanel_read_only ||
    !flags.automation_enabled ||
    !flags.outbound_enabled ||
    (setup.stage === 'prod' && !flags.writes_acknowledged) ||
    !flags.recipient_allowed ||
    !flags.bot_identity_present ||
    !flags.channels.includes(message.channel) ||
    !['email', 'livechat'].includes(message.channel) ||
    [primaryIntent, ...secondaryIntents].some((intent) => flags.blocked_intents.includes(intent)) ||
    (templateId !== null && !flags.templates_enabled.includes(templateId)) ||
    (templateId !== null && !setup.templatesAvailable.includes(templateId))
  );
}

function isTooLate(it: Case): boolean {
  const { age, flags, message, order } = it.input;
  const { receivedAt, commentCreatedAt, expiresAt } = age;
  if (age.isReplay || receivedAt === null || commentCreatedAt === null || flags.reply_epoch === null) return true;
  const oldest = Math.max(msSince(it, receivedAt), msSince(it, commentCreatedAt));
  const limit = message.channel === 'livechat' ? 15 : it.decision.tier === 2 ? 55 : 120;
  const isExpired = (at: string | null | undefined): boolean => typeof at === 'string' && msSince(it, at) > 0;
  return (
    oldest > limit * MINUTE_MS ||
    oldest > msSince(it, flags.reply_epoch) ||
    isExpired(expiresAt) ||
    (it.decision.tier === 2 && isExpired(order?.contextExpiresAt))
  );
}

function isTooOften(it: Case): boolean {
  const { history, setup } = it.input;
  const within = (minutes: number, times: readonly string[]): number =>
    times.filter((at) => msSince(it, at) < minutes * MINUTE_MS).length;
  const ours = history.conversation.map(({ at }) => at);
  const same = history.conversation.filter(({ templateId }) => templateId === it.decision.templateId);
  return (
    !history.customerKnown ||
    within(Math.max(10, setup.limits.minutesBetweenReplies), ours) > 0 ||
    within(1440, ours) >= Math.min(3, setup.limits.perConversationDay) ||
    within(1440, history.customer) >= Math.min(5, setup.limits.perCustomerDay) ||
    within(
      1440,
      same.map(({ at }) => at),
    ) > 0
  );
}

const isMatched = ({ input: { order } }: Case): boolean =>
  order?.deterministicMatch === 'true' && order.matchCount === 1;

/** Facts that may be told: whole, of one order, fresh, of an ordinary order in a state that a template speaks of. */
function hasFacts(it: Case): boolean {
  const { order } = it.input;
  if (order === null || !isMatched(it) || order.labels === null) return false;
  const isFresh = order.factsFetchedAt !== null && msSince(it, order.factsFetchedAt) <= 15 * MINUTE_MS;
  const { fulfilmentState, isOrdinary, hasOrderName } = order.labels;
  const isSilent = ['cancelled', 'refunded', 'on_hold', 'exception', 'unknown'].includes(fulfilmentState);
  const isComplete = order.contextComplete && order.notMatchedReason !== 'missing_context';
  return isFresh && isComplete && isOrdinary && hasOrderName && !isSilent;
}

function isVerified({ input: { verifier } }: Case): boolean {
  return (
    verifier !== null &&
    verifier.failure === null &&
    verifier.allow &&
    verifier.reasonCode === 'OK' &&
    (verifier.confidence ?? 0) >= 0.8
  );
}

/** A wish in the turn that no order template answers (M3, M5, M6, G16). */
function hasOtherWish(it: Case): boolean {
  const { classifier, turn } = it.input;
  return (
    P123.some((intent) => scoreOf(it, intent) >= 0.35 || named(classifier).includes(intent)) ||
    turn.olderKeywordHits.some(({ intent }) => P123.includes(intent)) ||
    turn.answeredKeywordHits.some(({ intent }) => [...P123, 'technical_support'].includes(intent)) ||
    [...P6, 'technical_support' as const].some((intent) => scoreOf(it, intent) > 0.55)
  );
}

function fitsTemplate(it: Case): boolean {
  const { decision, input } = it;
  const { primaryIntent, tier, templateId } = decision;
  if (tier === 1) return TIER1_TEMPLATE[primaryIntent] === templateId;
  const labels = input.order?.labels;
  if (tier !== 2 || !P4.includes(primaryIntent) || !labels) return false;
  const isWaiting = labels.fulfilmentState === 'received' && !labels.hasTracking;
  const isOpenPreorder = labels.isPreorder === 'yes' && !labels.preorderEtaKnown;
  switch (templateId) {
    case STATUS:
      return labels.hasTracking;
    case ESTIMATE:
      return isWaiting && (labels.remainingMaxBd ?? 0) > 0 && !labels.isLate && !isOpenPreorder;
    case DELAY:
      return isWaiting && (labels.remainingMaxBd === 0 || isOpenPreorder);
    default:
      return false;
  }
}

const FAMILY_TEAMS: readonly (string | null)[] = ['Leadership Team', 'Chargebacks / Disputes Team'];

/** One after the other, so that a broken one can be named. */
export const FORBIDDEN: readonly Rule[] = [
  { name: 'a reply under Tier 0', isBroken: (it) => isReply(it) && isTier0(it) },
  { name: 'a reply under weak risk, or where a person is asked for', isBroken: (it) => isReply(it) && isWeakRisk(it) },
  {
    name: 'a reply to a privacy wish, a probe, machine mail or a bare unsubscribe',
    isBroken: (it) => {
      const { privacyRequest, securityProbe, machineMail, unsubscribeOnly } = it.input.message.topics;
      const isBare = unsubscribeOnly && it.decision.primaryIntent === 'cancel_subscription';
      return isReply(it) && (privacyRequest || securityProbe || machineMail || isBare);
    },
  },
  { name: 'a reply on a classification that permits none', isBroken: (it) => isReply(it) && isUnusable(it) },
  {
    name: 'a reply below its threshold',
    isBroken: (it) => {
      const { routingConfidence, margin, primaryIntent, tier } = it.decision;
      const least = tier === 2 ? 0.7 : (STRICTER[primaryIntent] ?? 0.6);
      return isReply(it) && ((routingConfidence ?? 0) < least || (margin ?? 0) < 0.1);
    },
  },
  {
    name: 'a confidence above the score it rests on',
    isBroken: (it) => {
      const { routingConfidence, primaryIntent } = it.decision;
      const renamed = primaryIntent === 'delivered_not_received' || primaryIntent === 'unknown_other';
      return isReply(it) && !renamed && (routingConfidence ?? 0) > scoreOf(it, primaryIntent) + 1e-9;
    },
  },
  {
    name: 'a reply in another language than English',
    isBroken: (it) => {
      const { detector, model } = it.input.message.language;
      return isReply(it) && (detector !== 'en' || (model !== null && model !== 'en'));
    },
  },
  { name: 'a reply past a switch', isBroken: (it) => isReply(it) && isSwitchedOff(it) },
  {
    name: 'a reply in a conversation that is not the customer’s turn',
    isBroken: (it) => {
      const { state, turn } = it.input;
      const isTheirs = state.ticketOpen && state.lastAuthor === 'customer' && !state.agentHeld;
      return isReply(it) && (!isTheirs || turn.newerCommentSeen || state.sequence !== 'newest');
    },
  },
  {
    name: 'a reply to no text',
    isBroken: (it) => isReply(it) && (it.input.message.attachmentOnly || it.input.message.empty),
  },
  { name: 'a reply too late, to a replay, or after its end', isBroken: (it) => isReply(it) && isTooLate(it) },
  { name: 'a reply too often, or the same one again', isBroken: (it) => isReply(it) && isTooOften(it) },
  {
    name: 'an order question answered before the order is known',
    isBroken: (it) => {
      const isOpen = it.input.stage === 'classification' && it.input.order === null;
      return isReply(it) && isOpen && P4.includes(it.decision.primaryIntent);
    },
  },
  {
    name: 'a template that is not the intent’s in its tier, or not the facts’',
    isBroken: (it) => isReply(it) && !fitsTemplate(it),
  },
  {
    name: 'Tier 2 without one order and whole facts',
    isBroken: (it) => isTier2(it) && !(isMatched(it) && hasFacts(it)),
  },
  { name: 'Tier 2 that nobody verified', isBroken: (it) => isTier2(it) && !isVerified(it) },
  { name: 'Tier 2 with its stage off', isBroken: (it) => isTier2(it) && !it.input.flags.tier2_enabled },
  { name: 'Tier 2 beside another wish', isBroken: (it) => isTier2(it) && hasOtherWish(it) },
  {
    name: 'Tier 2 above what the model asked for',
    isBroken: (it) => {
      const { requested } = it.input.classifier;
      return isTier2(it) && requested !== null && (requested.tier !== 'TIER_2_VERIFIED' || !requested.requiresMatch);
    },
  },
  {
    name: 'an automation confidence below 0.70 in Tier 2',
    isBroken: (it) => isTier2(it) && (it.decision.automationConfidence ?? 0) < 0.7,
  },
  {
    name: 'the number question where an order is found, or the look-up failed',
    isBroken: (it) => {
      const { order } = it.input;
      const isPointless = isMatched(it) || order === null || order.deterministicMatch === 'unknown';
      return sends(it, QUESTION) && (isPointless || order.notMatchedReason === 'missing_context');
    },
  },
  {
    name: 'the estimate with auto-close off, or where nothing may be resolved',
    isBroken: (it) => {
      const { flags, turn, message, state, setup } = it.input;
      const hasFile = turn.hasAttachments || message.features.hasAttachments;
      return (
        sends(it, ESTIMATE) && (!flags.auto_close_enabled || hasFile || state.autoResolvedBefore || !setup.reopenProven)
      );
    },
  },
  {
    name: 'auto-close without the estimate being sent',
    isBroken: (it) => it.decision.autoClose !== sends(it, ESTIMATE),
  },
  {
    name: 'an order template outside Tier 2',
    isBroken: (it) => sends(it, ...ORDER_TEMPLATES) && it.decision.tier !== 2,
  },
  {
    name: 'an action without its template, an acknowledgement, or a template without the action',
    isBroken: ({ decision: { action, templateId } }) =>
      action === 'ACK_ONLY' || (action === 'SEND_TEMPLATE') !== (templateId !== null),
  },
  {
    name: 'Tier 3',
    isBroken: ({ decision: { tier, tierCandidate } }) =>
      ![0, 1, 2, null].includes(tier) || ![1, 2, null].includes(tierCandidate),
  },
  {
    name: 'Tier 0 that is not escalated, or an escalation without Tier 0',
    isBroken: (it) => {
      const { row, tier, rank, team, riskFlags, tags } = it.decision;
      if ((row === 'D1') !== isTier0(it)) return true;
      const isWhole = tier === 0 && rank === 2 && riskFlags.length > 0 && tags.includes('mw-tier-0');
      return row === 'D1' && !(isWhole && team !== null);
    },
  },
  {
    name: 'Tier 0 of this turn with another team than an escalation team',
    isBroken: (it) => {
      const { team, row } = it.decision;
      const isPlain = it.input.state.stickyFlags.length === 0;
      return row === 'D1' && isPlain && !FAMILY_TEAMS.includes(team);
    },
  },
  {
    name: 'a P0 intent as primary without Tier 0, or a family that is hit and not flagged',
    isBroken: (it) => {
      const { primaryIntent, row, riskFlags } = it.decision;
      const { turn, state } = it.input;
      const strong: readonly RiskFlag[] = turn.screenHits
        .filter((hit) => hit.strength === 'strong')
        .map((hit) => hit.family);
      const isLost = [...strong, ...state.stickyFlags].some((flag) => !riskFlags.includes(flag));
      return (P0.includes(primaryIntent) && row !== 'D1') || isLost;
    },
  },
  {
    name: 'a wish for erasure that is neither Tier 0 nor for Leadership',
    isBroken: (it) => {
      const { row, tier, team } = it.decision;
      const isDue = it.input.message.topics.privacyRequest && !['D1', 'D2'].includes(row);
      return isDue && (tier !== 0 || team !== 'Leadership Team');
    },
  },
  {
    name: 'a message without a team that is not superseded and not in a colleague’s hand',
    isBroken: (it) => {
      const { row, team } = it.decision;
      const { agentHeld, lastAuthor } = it.input.state;
      return team === null && row !== 'D2' && !agentHeld && lastAuthor !== 'agent';
    },
  },
  {
    name: 'a route tag that is not the team’s, or more than one',
    isBroken: ({ decision: { team, routeTag, tags } }) => {
      const written = tags.filter((tag) => tag.startsWith('route-'));
      const isRight = routeTag === null || (team !== null && routeTag === ROUTE_TAG_OF_TEAM[team]);
      return !isRight || written.length !== (routeTag === null ? 0 : 1) || written.some((tag) => tag !== routeTag);
    },
  },
  {
    name: 'tags written for a superseded message, twice, or more than twelve',
    isBroken: ({ decision: { row, tags } }) => {
      const counted = tags.filter((tag) => !/^mw-(order-|auto-)/.test(tag));
      return (row === 'D2' && tags.length > 0) || new Set(tags).size !== tags.length || counted.length > 12;
    },
  },
  {
    name: 'a tag that is in no closed list',
    isBroken: ({ decision: { tags } }) => tags.some((tag) => !KNOWN_TAGS.test(tag)),
  },
  {
    name: 'a message without the tags of its intent, tier and processing',
    isBroken: ({ decision: { row, tags, primaryIntent, tier } }) => {
      const due = [
        'mw-processed',
        `mw-intent-${primaryIntent}`,
        `mw-tier-${tier ?? 'route-only'}`,
        'mw-routing-applied',
      ];
      return row !== 'D2' && due.some((tag) => !tags.includes(tag));
    },
  },
  {
    name: 'secondaries that are the primary, twice, or more than two',
    isBroken: ({ decision: { primaryIntent, secondaryIntents } }) =>
      new Set([primaryIntent, ...secondaryIntents]).size !== secondaryIntents.length + 1 || secondaryIntents.length > 2,
  },
  {
    name: 'a gate report that is not every gate in order',
    isBroken: ({ decision: { gateReport } }) =>
      gateReport.length !== GATE_IDS.length || gateReport.some((entry, at) => entry.gate !== GATE_IDS[at]),
  },
  {
    name: 'a first reason that is not the first objection’s, or an objection with a reply',
    isBroken: (it) => {
      const first = it.decision.gateReport.find(({ result }) => result === 'block');
      if (first === undefined) return false;
      return isReply(it) || first.reasonCode !== it.decision.reasonCodes[0];
    },
  },
  {
    name: 'no reply, no reason, and no order that is waited for',
    isBroken: (it) => {
      const { reasonCodes, tierCandidate } = it.decision;
      return !isReply(it) && reasonCodes.length === 0 && tierCandidate === null;
    },
  },
  {
    name: 'a candidate where a gate objects, but for shadow mode',
    isBroken: (it) => {
      const { tierCandidate, gateReport } = it.decision;
      const { shadow_mode, richpanel_read_only } = it.input.flags;
      return (
        tierCandidate !== null &&
        !shadow_mode &&
        !richpanel_read_only &&
        gateReport.some(({ result }) => result === 'block')
      );
    },
  },
  {
    name: 'a reply that would not be sent without switches either',
    isBroken: (it) => isReply(it) && !it.decision.wouldReply,
  },
  {
    name: 'a reply that would be sent under Tier 0, weak risk or without text',
    isBroken: (it) => {
      const { attachmentOnly, empty } = it.input.message;
      return it.decision.wouldReply && (isTier0(it) || isWeakRisk(it) || attachmentOnly || empty);
    },
  },
  {
    name: 'a route that waits for a reply outside Tier 2 or with auto-close off',
    isBroken: ({ input, decision }) =>
      decision.routeWhen === 'afterReply' && (decision.tier !== 2 || !input.flags.auto_close_enabled),
  },
  {
    name: 'an escalation stated before there is a decision to escalate from',
    isBroken: ({ input, decision }) =>
      decision.escalates !== (decision.row === 'D1' && input.stage !== 'classification'),
  },
  {
    name: 'a rule that decides alone and has a confidence',
    isBroken: (it) => {
      const { turn, message } = it.input;
      const { contactChange, privacyRequest, machineMail } = message.topics;
      const isRuled =
        turn.screenStrength === 'strong' || contactChange || ((privacyRequest || machineMail) && !isTier0Turn(it));
      return (isRuled || message.attachmentOnly || message.empty) && it.decision.routingConfidence !== null;
    },
  },
  {
    name: 'the verifier judged although another gate objects',
    isBroken: (it) => {
      const others = it.decision.gateReport.some(
        (entry) => entry.result === 'block' && !['G25', 'G26'].includes(entry.gate),
      );
      const { shadow_mode, richpanel_read_only } = it.input.flags;
      const judged = gate(it, 'G25')?.result;
      return others && !shadow_mode && !richpanel_read_only && !isTier0(it) && judged !== 'n/a';
    },
  },
];

/** Names of the rules a decision breaks. */
export function broken(input: DecisionInput, decision: Decision): string[] {
  return FORBIDDEN.filter(({ isBroken }) => isBroken({ input, decision })).map(({ name }) => name);
}
