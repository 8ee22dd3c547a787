/** The `embedded` verifier: conflict rules that can only deny (decisions §4). Knows nothing of the classifier's scores. */
import { type Channel, INTENTS, type Intent } from '../events/words.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import { beyondStatus } from './text/beyond-status.ts';
import { classifyByKeywords } from './text/keywords.ts';
import { plainCopy } from './text/normalise.ts';
import { compilePhrases } from './text/phrases.ts';
import { asksSomethingElse } from './text/questions.ts';
import { deniesReceipt } from './text/receipt.ts';
import { screenTier0 } from './text/screen.ts';
import { SCREEN_RULES } from './text/screen-rules.ts';
import { specialTopics } from './text/topics.ts';
import { THRESHOLDS } from './thresholds.ts';
import { REPLY_CHANNELS } from './tier-policy.ts';

export const ORDER_STATE_LABELS = [
  'processing',
  'shipped',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'unknown',
] as const;
export type OrderStateLabel = (typeof ORDER_STATE_LABELS)[number];

export type VerifierInput = {
  readonly deterministicOrderLink: boolean;
  readonly proposedPrimaryIntent: Intent;
  readonly channel: Channel;
  readonly orderStateLabel: OrderStateLabel;
  /** What classification found in the turn and put into its fact. */
  readonly signals: {
    readonly screenRuleIds: readonly string[];
    readonly keywordIntents: readonly Intent[];
    readonly deniesReceipt: boolean;
    readonly asksSomethingElse: boolean;
    /** Intents that the message or a part of it, read alone, asks for by the embedded classifier. */
    readonly wishes: readonly Intent[];
  };
  /** The message itself, where the vault has it; read again, so that a lost signal is found. */
  readonly text: string | null;
};

export type VerifierReason =
  | 'OK'
  | 'NOT_ORDER_STATUS'
  | 'CONFLICTING_INTENT'
  | 'DETERMINISTIC_MATCH_FALSE'
  | 'TOO_AMBIGUOUS'
  | 'ESCALATION_PRESENT';

/** Output of either verifier, as in decisions §4; `notes` is discarded. */
export type VerifierVerdict = {
  readonly schema_version: 'mw_tier2_verifier_v1';
  readonly allow_tier2: boolean;
  readonly confidence: number;
  readonly downgrade_to_tier: 'TIER_1_SAFE_ASSIST' | 'ROUTE_ONLY' | 'TIER_0_ESCALATION';
  readonly reason_code: VerifierReason;
  readonly notes: string;
};

const ORDER_CLASS = 4;
const LAST_NAMED_CLASS = 6;

function deny(reason: Exclude<VerifierReason, 'OK'>, tier: VerifierVerdict['downgrade_to_tier']): VerifierVerdict {
  return {
    schema_version: 'mw_tier2_verifier_v1',
    allow_tier2: false,
    confidence: 1,
    downgrade_to_tier: tier,
    reason_code: reason,
    notes: '',
  };
}

const ALLOWED: VerifierVerdict = {
  schema_version: 'mw_tier2_verifier_v1',
  allow_tier2: true,
  confidence: 1,
  downgrade_to_tier: 'ROUTE_ONLY',
  reason_code: 'OK',
  notes: '',
};

/** A rule id nobody knows counts as strong: the most restrictive reading (I5). */
function isWeakRule(ruleId: string): boolean {
  return SCREEN_RULES.some((rule) => rule.id === ruleId && rule.strength === 'weak');
}

const FEW_WORDS = 2;
const NAMED = compilePhrases({
  rules: [
    {
      id: 'named',
      phrases: [
        'order*|ordr|parcel*|package*|packages|shipment*|shipping|shipped|deliver*|tracking|track|eta|status|dispatch*|pedido*|paquete*|envio|rastreo|seguimiento',
      ],
    },
  ],
  reach: 'text',
  forgivingFrom: 6,
});

/** "any news": one or two words that name neither an order nor its way may be about anything (decisions §7 A27). */
function isVague(text: string): boolean {
  const copy = plainCopy(text);
  return copy.split(/\s+/).length <= FEW_WORDS && !NAMED(copy).has('named');
}

function intentsIn(text: string): readonly Intent[] {
  const { scores } = classifyByKeywords(text);
  return INTENTS.filter((intent) => scores[intent] >= THRESHOLDS.candidate);
}

/** Judges whether an order template is a complete and safe answer to everything asked; allows with 1.00 when no rule objects. */
export function verifyEmbedded(input: VerifierInput): VerifierVerdict {
  const { text, signals } = input;
  const ruleIds =
    text === null
      ? signals.screenRuleIds
      : [...signals.screenRuleIds, ...screenTier0({ own: text, quoted: '' }).hits.map((hit) => hit.ruleId)];
  const intents = [...signals.keywordIntents, ...signals.wishes, ...(text === null ? [] : intentsIn(text))];
  const denial = signals.deniesReceipt || (text !== null && deniesReceipt(text));
  const classes = intents.map((intent) => INTENT_CATALOGUE[intent].priority);

  if (ruleIds.some((id) => !isWeakRule(id)) || classes.includes(0))
    return deny('ESCALATION_PRESENT', 'TIER_0_ESCALATION');
  if (ruleIds.length > 0) return deny('CONFLICTING_INTENT', 'ROUTE_ONLY');
  if (!input.deterministicOrderLink) return deny('DETERMINISTIC_MATCH_FALSE', 'TIER_1_SAFE_ASSIST');
  if (INTENT_CATALOGUE[input.proposedPrimaryIntent].priority !== ORDER_CLASS)
    return deny('NOT_ORDER_STATUS', 'ROUTE_ONLY');
  if (!REPLY_CHANNELS.includes(input.channel)) return deny('TOO_AMBIGUOUS', 'ROUTE_ONLY');
  if (classes.some((priority) => priority !== ORDER_CLASS && priority <= LAST_NAMED_CLASS))
    return deny('CONFLICTING_INTENT', 'ROUTE_ONLY');
  if (
    text !== null &&
    specialTopics(text).some((topic) => topic === 'privacy' || topic === 'security' || topic === 'machine_mail')
  ) {
    return deny('CONFLICTING_INTENT', 'ROUTE_ONLY');
  }
  // Two unlike readers must agree: what the phrase rules do not know as an order question, no weights may answer as one.
  if (text !== null && !intentsIn(text).some((intent) => INTENT_CATALOGUE[intent].priority === ORDER_CLASS))
    return deny('TOO_AMBIGUOUS', 'ROUTE_ONLY');

  if (text !== null && isVague(text)) return deny('TOO_AMBIGUOUS', 'ROUTE_ONLY');

  const isDelivered = input.orderStateLabel === 'delivered';
  const complainsOfDelay = input.proposedPrimaryIntent === 'shipping_delay_not_shipped';
  if (isDelivered && (denial || complainsOfDelay)) return deny('CONFLICTING_INTENT', 'ROUTE_ONLY');
  if (input.orderStateLabel === 'unknown' && denial) return deny('TOO_AMBIGUOUS', 'ROUTE_ONLY');

  const isLeftOpen = text !== null && (asksSomethingElse(text) || beyondStatus(text).length > 0);
  if (signals.asksSomethingElse || isLeftOpen) return deny('TOO_AMBIGUOUS', 'ROUTE_ONLY');
  return ALLOWED;
}
