/** What codes mean, in the words of a support team: gates (decisions §6.2), reasons, outcomes, facts. */
import type { GateId } from '../../events/decision.ts';
import type { Outcome, ReasonCode } from '../../events/words.ts';

/** What each gate looks at. */
export const GATE_WORDS: Readonly<Record<GateId, string>> = {
  G01: 'order of the messages',
  G02: 'state of the ticket',
  G03: 'who wrote last',
  G04: 'earlier escalation',
  G05: 'usable text',
  G06: 'risk phrases, first pass',
  G07: "the classifier's answer",
  G08: "the classifier's risk signals",
  G09: 'weak risk signals',
  G10: 'privacy and security topics',
  G11: 'one primary intent',
  G12: 'risk phrases, second pass',
  G13: 'actions that only people may take',
  G14: 'confidence in the route',
  G15: 'distance to the second-best intent',
  G16: 'several wishes in one message',
  G17: 'intents that are routed only',
  G18: 'tier of the reply',
  G19: 'templates allowed for the intent',
  G20: 'confidence in the reply',
  G21: 'exactly one order',
  G22: 'complete order facts',
  G23: 'delivery window',
  G24: 'language',
  G25: 'second opinion of the verifier',
  G26: 'overall confidence of the automation',
  G27: 'main switches',
  G28: 'switches of the stage',
  G29: 'channel',
  G30: 'switch of the template',
  G31: 'recipient and sending seat',
  G32: 'how often the customer hears from us',
  G33: 'age of the message',
  G34: 'closing the ticket with the reply',
};

export const REASON_WORDS: Readonly<Record<ReasonCode, string>> = {
  tier0_always_handoff: 'a dispute, threat or fraud signal: always for people',
  tier1_safe_assist: 'a safe question or acknowledgement may be sent',
  tier2_verified: 'the order facts are proven and may be told',
  tier2_missing_deterministic_match: 'no single order belongs to the conversation',
  tier2_verifier_failed: 'the verifier did not agree',
  low_confidence: 'not sure enough',
  ambiguous_margin: 'two intents are too close',
  multi_intent_action_request: 'another wish in the message needs a person',
  safe_mode_route_only: 'safe mode is on',
  automation_disabled: 'automation is switched off',
  outbound_disabled: 'outbound messages are switched off',
  channel_not_enabled: 'the channel gets no automatic replies',
  template_disabled: 'the template is switched off',
  allowlist_miss: 'the recipient is not on the allow-list',
  bot_identity_missing: 'the sending seat is not known',
  cooldown_10m: 'another reply went out minutes ago',
  cap_24h_conversation: 'the conversation has had its replies for 24 hours',
  cap_24h_customer: 'the customer has had their replies for 24 hours',
  superseded_by_newer_message: 'a newer message of the customer is decided instead',
  stale_sequence: 'a newer message was decided already',
  replay_suppressed: 'a replay never reaches a customer',
  too_old_to_reply: 'the message is too old to be answered',
  context_expired: 'the order facts have expired',
  missing_order_context: 'order facts are missing',
  out_of_sla_window: 'the delivery window has passed',
  ticket_closed: 'the ticket is closed',
  last_message_from_agent: 'a person or an earlier reply has the last word',
  attachment_only: 'there is a file and no text',
  schema_invalid_fail_closed: "the classifier's answer was not valid",
  vendor_error_fail_closed: 'a service did not answer',
  circuit_open: 'a service is being left alone after many failures',
  tier3_disabled: 'only people may do this',
  template_not_allowed: 'the template does not belong to the intent',
  model_refusal: 'the model refused to answer',
  language_unsupported: 'the language is not supported',
  sticky_escalation: 'the conversation was escalated before',
  security_sensitive: 'a security-sensitive request',
  privacy_request: 'a request about personal data',
  intent_route_only: 'this intent is always for people',
  embedded_route_only: 'the built-in classifier may only route here',
  auto_close_disabled: 'closing tickets is switched off',
  order_facts_stale: 'the order facts are too old',
  tracking_absent: 'the order has no tracking',
  tracking_present: 'the order has tracking',
  shipping_bucket_unknown: 'the shipping method is not known',
  preorder_eta_missing: 'a pre-order without a date',
  inside_sla_window: 'still within the delivery window',
  exception_intent_present: 'the message also speaks of a problem',
  template_repeat: 'the same template was sent before',
  template_hash_mismatch: 'the template differs from the approved one',
  template_changed: 'the template changed after approval',
  disallowed_value: 'a value that customers may not see',
  render_error: 'the reply could not be rendered',
  final_scan_failed: 'the finished text did not pass the last scan',
  no_variant: 'no text for this channel and language',
  source_conflict: 'two sources disagree about the order',
  created_at_implausible: "the order's date is not plausible",
  clock_skew: 'clocks disagree',
  shadow_mode: 'shadow mode: decided and recorded, nothing written',
  writes_not_acknowledged: 'writing is not acknowledged for this stage',
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  replied: 'answered',
  routed: 'routed to a team, no reply',
  suppressed: 'left alone',
  failed: 'failed: a person has to look',
};

/** The outcome as a sentence part; under way while there is none. */
export function outcomeWords(outcome: Outcome | null): string {
  return outcome === null ? 'still under way' : OUTCOME_WORDS[outcome];
}

/** A reason in plain words with its code; an unknown code stands for itself. */
export function reasonWords(code: string): string {
  return Object.hasOwn(REASON_WORDS, code) ? `${REASON_WORDS[code as ReasonCode]} (${code})` : code;
}

/** `order_status_tracking` → `order status tracking`. */
export function plain(id: string): string {
  return id.replaceAll('_', ' ');
}

/** What a tier means. */
export function tierWords(tier: number | null): string {
  switch (tier) {
    case 0:
      return 'tier 0: always for people';
    case 1:
      return 'tier 1: a safe question or acknowledgement';
    case 2:
      return 'tier 2: a verified answer';
    default:
      return 'routed only';
  }
}
