/**
 * What policy/ makes of a text: read and decided as `classify`, `order-lookup` and `verify` do. The scores are those of the keyword rules,
 * which stand still when weights are trained: what differs is policy. The embedded judges decide the message rows (`run-rows.ts`).
 */
import type { Decision, DecisionInput, KeywordHit, OrderInput } from '../../../../events/decision.ts';
import { type Channel, INTENTS } from '../../../../events/words.ts';
import { decide, verifierNeeded } from '../../../../policy/decide.ts';
import { decisionInput, orderInput, orderInWindow, orderNotMatched } from '../../../../policy/testing.ts';
import { cleanMessage, screenable } from '../../../../policy/text/clean.ts';
import { extractFeatures } from '../../../../policy/text/features.ts';
import { classifyByKeywords, unansweredHits, writtenHits } from '../../../../policy/text/keywords.ts';
import { detectLanguage } from '../../../../policy/text/language.ts';
import { namedOrderNumbers } from '../../../../policy/text/order-numbers.ts';
import { asksSomethingElse } from '../../../../policy/text/questions.ts';
import { deniesReceipt } from '../../../../policy/text/receipt.ts';
import { screenTier0 } from '../../../../policy/text/screen.ts';
import { specialTopics } from '../../../../policy/text/topics.ts';
import { verifyEmbedded } from '../../../../policy/verifier-embedded.ts';
import { SHIPPED_TEMPLATES } from './inputs.ts';
import { visible } from './visible.ts';

const DELIVERED = orderInput({ labels: { fulfilmentState: 'delivered', statusLabel: 'delivered' } });
const ORDERS: readonly OrderInput[] = [orderNotMatched('unlinked'), orderInput(), orderInWindow(), DELIVERED];
const LATEST = 'Where is my order? I would like to know when it will arrive.';

const latest = new Map<Channel, DecisionInput>();
/** Read once: it is the same for all texts. */
function latestOn(channel: Channel): DecisionInput {
  const known = latest.get(channel) ?? inputOf(LATEST, channel).input;
  latest.set(channel, known);
  return known;
}

/** Everything a row could show of the text: as the message to be answered, and as an older one beside a question. */
export function readText(text: string, channel: Channel): unknown {
  const { input, own, older: olderHits } = inputOf(text, channel);
  const decided = ORDERS.map((order) => visible(approval(input, order)));
  const beside = latestOn(channel);
  const { screenHits, screenStrength } = input.turn;
  const olderKeywordHits = [...olderHits];
  const older = { ...beside, turn: { ...beside.turn, screenHits, screenStrength, olderKeywordHits } };
  return [visible(decide(input)), decided, visible(decide(older)), namedOrderNumbers(own)];
}

function inputOf(text: string, channel: Channel): { input: DecisionInput; own: string; older: readonly KeywordHit[] } {
  const clean = cleanMessage(text);
  const { own, words, empty } = clean;
  const screen = screenTier0(screenable(clean));
  const topics = specialTopics(own);
  const isUnread = screen.strength === 'strong' || empty;
  const scores = isUnread
    ? {}
    : Object.fromEntries(Object.entries(classifyByKeywords(own).scores).filter(([, score]) => score > 0));
  const features = extractFeatures(own, 0, { carrierHosts: [] });
  const input = decisionInput({
    message: {
      channel,
      language: { detector: detectLanguage(own).language },
      words,
      empty,
      features: {
        hasOrderNumber: features.has_order_number,
        hasEmail: features.has_email,
        hasPhone: features.has_phone,
        hasTrackingNumber: features.has_tracking_number,
      },
      topics: {
        privacyRequest: topics.includes('privacy'),
        securityProbe: topics.includes('security'),
        hasLink: topics.includes('link'),
        machineMail: topics.includes('machine_mail'),
        preorderTerm: topics.includes('preorder'),
        unsubscribeOnly: topics.includes('ambiguous_unsubscribe'),
        deniesReceipt: deniesReceipt(own),
        asksSomethingElse: asksSomethingElse(own),
      },
      orderNumbersNamed: namedOrderNumbers(own).length,
    },
    turn: {
      screenStrength: screen.strength,
      screenHits: screen.hits,
      answeredKeywordHits: [...writtenHits(clean)],
    },
    classifier: { kind: isUnread ? null : 'keyword', raw: scores, calibrated: scores },
    setup: { templatesAvailable: SHIPPED_TEMPLATES },
  });
  return { input, own, older: unansweredHits(clean) };
}

function approval(input: DecisionInput, order: OrderInput): Decision {
  const asked: DecisionInput = { ...input, stage: 'approval', order };
  if (!verifierNeeded(asked)) return decide(asked);
  const { topics } = input.message;
  const verdict = verifyEmbedded({
    deterministicOrderLink: order.deterministicMatch === 'true',
    proposedPrimaryIntent: decide(input).primaryIntent,
    channel: input.message.channel,
    orderStateLabel: order.labels?.statusLabel ?? 'unknown',
    signals: {
      screenRuleIds: input.turn.screenHits.map(({ ruleId }) => ruleId),
      keywordIntents: INTENTS.filter((intent) => input.classifier.raw[intent] !== undefined),
      deniesReceipt: topics.deniesReceipt,
      asksSomethingElse: topics.asksSomethingElse,
      wishes: [],
    },
    text: null,
  });
  return decide({
    ...asked,
    verifier: {
      kind: 'embedded',
      failure: null,
      allow: verdict.allow_tier2,
      confidence: verdict.confidence,
      downgradeTo: verdict.downgrade_to_tier,
      reasonCode: verdict.reason_code,
    },
  });
}
