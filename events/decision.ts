/**
 * What decisions are made of: the one input, the gate report and the decision. They travel whole in the fact of each
 * stage, so that any decision can be explained and made again (architecture §6, decisions §6.1).
 */
import * as v from 'valibot';
import {
  BusinessDays,
  Channel,
  Confidence,
  Count,
  DecisionId,
  Digest,
  Flag,
  Instant,
  Intent,
  ReasonCode,
  ReasonCodes,
  RiskFlag,
  RouteTag,
  RuleId,
  TagName,
  Team,
  TemplateId,
  Tier,
  VendorId,
  Version,
} from './fields.ts';

export const STAGES = ['classification', 'approval', 'sending'] as const;

const few = <S extends v.GenericSchema>(schema: S, most: number) => v.pipe(v.array(schema), v.maxLength(most));

/** Share per intent; an intent that is not listed scored 0. */
export const Scores = v.record(Intent, Confidence);
export type Scores = v.InferOutput<typeof Scores>;

export const Strength = v.picklist(['none', 'weak', 'strong']);
export const SCREEN_FAMILIES = [
  'CHARGEBACK_DISPUTE',
  'LEGAL_THREAT',
  'HARASSMENT_THREATS',
  'FRAUD_SUSPECTED',
  'OTHER_HIGH_RISK',
] as const;

export const ScreenHit = v.strictObject({
  family: v.picklist(SCREEN_FAMILIES),
  ruleId: RuleId,
  strength: v.picklist(['weak', 'strong']),
});
export type ScreenHit = v.InferOutput<typeof ScreenHit>;

export const KeywordHit = v.strictObject({
  intent: Intent,
  ruleId: RuleId,
  precision: v.picklist(['high', 'weak']),
});
export type KeywordHit = v.InferOutput<typeof KeywordHit>;

export const Features = v.strictObject({
  hasOrderNumber: Flag,
  hasEmail: Flag,
  hasPhone: Flag,
  hasTrackingNumber: Flag,
  hasAttachments: Flag,
});
export type Features = v.InferOutput<typeof Features>;

/** The newest comment of the turn, as labels. */
export const MessageInput = v.strictObject({
  channel: Channel,
  /** The deterministic detector first; the model may only make it stricter (ruling 9). */
  language: v.strictObject({
    detector: v.picklist(['en', 'es', 'other', 'unknown']),
    model: v.nullable(v.picklist(['en', 'es', 'unknown'])),
  }),
  words: Count,
  attachmentOnly: Flag,
  empty: Flag,
  features: Features,
  topics: v.strictObject({
    privacyRequest: Flag,
    securityProbe: Flag,
    contactChange: Flag,
    hasLink: Flag,
    machineMail: Flag,
    preorderTerm: Flag,
    unsubscribeOnly: Flag,
    deniesReceipt: Flag,
    /** A question that no order template answers. */
    asksSomethingElse: Flag,
  }),
  /** Order numbers the customer named; the numbers themselves never travel. */
  orderNumbersNamed: Count,
});

/** Everything unanswered, seen together (protocols §3). */
export const TurnInput = v.strictObject({
  comments: Count,
  /** A customer comment newer than the turn's newest exists. */
  newerCommentSeen: Flag,
  screenStrength: Strength,
  screenHits: few(ScreenHit, 40),
  /** Keyword hits of the older customer comments after the newest operator comment, decided or not. */
  olderKeywordHits: few(KeywordHit, 60),
  /** Those of the comment to be answered, in all of its text: certain ones, and any where no classifier reads. Older facts have none. */
  answeredKeywordHits: v.optional(few(KeywordHit, 60), []),
  hasAttachments: Flag,
  moderation: v.nullable(Strength),
});

export const CLASSIFIERS = ['openai', 'embedded', 'keyword'] as const;
export const FAILURES = [
  'timeout',
  'rate_limited',
  'server',
  'network',
  'invalid',
  'refusal',
  'permanent',
  'circuit_open',
] as const;
export const REQUESTED_TIERS = [
  'TIER_0_ESCALATION',
  'TIER_1_SAFE_ASSIST',
  'TIER_2_VERIFIED',
  'TIER_3_AUTO_ACTION',
] as const;
export const ACTIONS = ['ROUTE_ONLY', 'SEND_TEMPLATE', 'ACK_ONLY'] as const;

export const ClassifierInput = v.strictObject({
  /** Which classifier's scores these are; `null` when none was asked (screen hit, attachment only, empty). */
  kind: v.nullable(v.picklist(CLASSIFIERS)),
  /** `primary`, or the rung of the fallback ladder (decisions §3.8). */
  rung: v.picklist(['primary', 'F0', 'F1', 'F2', 'F3']),
  /** May this classifier decide replies in this stage (architecture §6)? */
  mayReply: Flag,
  failure: v.nullable(v.picklist(FAILURES)),
  raw: Scores,
  calibrated: Scores,
  /** What the model asked for: advice, never authority. */
  requested: v.nullable(
    v.strictObject({
      primary: Intent,
      secondaries: few(Intent, 2),
      confidence: Confidence,
      tier: v.picklist(REQUESTED_TIERS),
      action: v.picklist(ACTIONS),
      templateId: v.nullable(TemplateId),
      requiresMatch: Flag,
      riskFlags: few(RiskFlag, 5),
      forceHuman: Flag,
      needsManualTriage: Flag,
      consistent: Flag,
    }),
  ),
});

export const STATUS_LABELS = [
  'processing',
  'shipped',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'unknown',
] as const;
export const ORDER_STATES = [
  'received',
  'on_hold',
  'partially_shipped',
  'shipped',
  'out_for_delivery',
  'delivered',
  'exception',
  'cancelled',
  'refunded',
  'unknown',
] as const;
export const ORDER_GAPS = [
  'order_id',
  'order_name',
  'created_at',
  'tracking',
  'shipping_window',
  'order_state',
  'line_items',
  'contact',
] as const;
export const OrderGap = v.picklist(ORDER_GAPS);
export const SHIPPING_BUCKETS = [
  'Standard',
  'Ground',
  'Expedited',
  'Express',
  'Two-day',
  'Priority',
  'Rushed',
  'Economy',
  'Pre-Order',
  'Other',
] as const;

/** What is known of the order, as labels and numbers (replies §2–3); never the facts themselves. */
export const OrderLabels = v.strictObject({
  statusLabel: v.picklist(STATUS_LABELS),
  fulfilmentState: v.picklist(ORDER_STATES),
  hasTracking: Flag,
  trackedParcels: v.picklist(['0', '1', 'many']),
  hasOrderPage: Flag,
  /** Test, draft, zero-line or fully digital orders are routed only (replies S16). */
  isOrdinary: Flag,
  isSubscription: v.picklist(['yes', 'no', 'unknown']),
  /** `Other`: a window under a label of the shop's own map. */
  shippingBucket: v.nullable(v.picklist(SHIPPING_BUCKETS)),
  slaMinBd: v.nullable(BusinessDays),
  slaMaxBd: v.nullable(BusinessDays),
  elapsedBd: v.nullable(BusinessDays),
  remainingMinBd: v.nullable(BusinessDays),
  remainingMaxBd: v.nullable(BusinessDays),
  isPreorder: v.picklist(['yes', 'no', 'unknown']),
  preorderEtaKnown: Flag,
  isLate: Flag,
  /** Set when no estimate may be made although a window is known. */
  estimateObjection: v.nullable(v.picklist(['clock_skew', 'shipping_bucket_unknown', 'preorder_eta_missing'])),
  hasOrderName: Flag,
});
export type OrderLabels = v.InferOutput<typeof OrderLabels>;

export const OrderInput = v.strictObject({
  /** `unknown` when the look-up failed. */
  deterministicMatch: v.picklist(['true', 'false', 'unknown']),
  matchMethod: v.nullable(v.picklist(['linked', 'verified'])),
  matchCount: Count,
  notMatchedReason: v.nullable(v.picklist(['unlinked', 'multiple', 'missing_context'])),
  contextComplete: Flag,
  missingFields: few(OrderGap, 8),
  contextReasonCodes: ReasonCodes,
  labels: v.nullable(OrderLabels),
  factsFetchedAt: v.nullable(Instant),
  contextExpiresAt: v.nullable(Instant),
});
export type OrderInput = v.InferOutput<typeof OrderInput>;

export const VERIFIER_CODES = [
  'OK',
  'NOT_ORDER_STATUS',
  'CONFLICTING_INTENT',
  'DETERMINISTIC_MATCH_FALSE',
  'TOO_AMBIGUOUS',
  'ESCALATION_PRESENT',
] as const;
export const VerifierInput = v.strictObject({
  kind: v.picklist(['openai', 'embedded']),
  failure: v.nullable(v.picklist(FAILURES)),
  allow: Flag,
  confidence: v.nullable(Confidence),
  downgradeTo: v.picklist(['TIER_1_SAFE_ASSIST', 'ROUTE_ONLY', 'TIER_0_ESCALATION']),
  reasonCode: v.picklist(VERIFIER_CODES),
});
export type VerifierInput = v.InferOutput<typeof VerifierInput>;

/** What an automatic reply has asked for, or announced, and nobody has taken up since (replies §4.3). */
export const PendingFlow = v.strictObject({
  /** `estimate`: the reply that resolved the ticket. */
  type: v.picklist(['order_identifiers', 'intake', 'estimate']),
  /** What the reply was about. */
  intent: Intent,
});
export type PendingFlow = v.InferOutput<typeof PendingFlow>;

export const StateInput = v.strictObject({
  ticketOpen: Flag,
  /** Author of the newest comment of the ticket. */
  lastAuthor: v.picklist(['customer', 'bot', 'agent', 'unknown']),
  agentHeld: Flag,
  assignedTeam: v.nullable(Team),
  stickyFlags: few(RiskFlag, 5),
  stickyTeam: v.nullable(Team),
  autoResolvedBefore: Flag,
  /** `null` where nothing is open. Older facts have none. */
  pendingFlow: v.optional(v.nullable(PendingFlow), null),
  /** `overtaken`: a newer comment was decided without this one, so it is screened and routed, never answered (protocols §3). */
  sequence: v.picklist(['newest', 'superseded', 'stale', 'decided', 'overtaken']),
});

export const SentReply = v.strictObject({ at: Instant, templateId: TemplateId });
export const HistoryInput = v.strictObject({
  /** Replies of the last 24 h in this conversation and to this customer; own reservation of this approval left out. */
  conversation: few(SentReply, 20),
  customer: few(Instant, 20),
  /** No customer hash means no cap can be kept, so no reply (protocols §1). */
  customerKnown: Flag,
});

/** Runtime flags as read (platform §1.5); names as in SSM, without the per-template switches. */
export const FlagsInput = v.strictObject({
  safe_mode: Flag,
  shadow_mode: Flag,
  automation_enabled: Flag,
  outbound_enabled: Flag,
  richpanel_read_only: Flag,
  writes_acknowledged: Flag,
  assignment_enabled: Flag,
  tier2_enabled: Flag,
  auto_close_enabled: Flag,
  openai_enabled: Flag,
  embedded_replies_enabled: Flag,
  catch_up_mode: Flag,
  order_match_verified_enabled: Flag,
  channels: few(Channel, 6),
  blocked_intents: few(Intent, 25),
  /** `null` = missing = closed. */
  reply_epoch: v.nullable(Instant),
  /** Is this recipient on the outbound allow-list (the list itself holds addresses and never travels)? */
  recipient_allowed: Flag,
  bot_identity_present: Flag,
  holiday_calendar: v.picklist(['none', 'us_parcel']),
  templates_enabled: few(TemplateId, 24),
});
export type FlagsInput = v.InferOutput<typeof FlagsInput>;

export const SetupInput = v.strictObject({
  teamsAvailable: few(Team, 11),
  /** Templates that exist with an automatic variant for this channel and locale. */
  templatesAvailable: few(TemplateId, 24),
  /** Tenant answer V8: a closed ticket is proven to reopen on a customer's reply. */
  reopenProven: Flag,
  stage: v.picklist(['local', 'dev', 'staging', 'prod']),
  /** The shop's own limits; they only make the shipped ones stricter (platform §2.4 L4). */
  limits: v.strictObject({ minutesBetweenReplies: Count, perConversationDay: Count, perCustomerDay: Count }),
});

export const AgeInput = v.strictObject({
  receivedAt: v.nullable(Instant),
  commentCreatedAt: v.nullable(Instant),
  isReplay: Flag,
  expiresAt: v.nullable(Instant),
});

export const VersionsInput = v.strictObject({
  taxonomy: Version,
  policy: Version,
  thresholds: Version,
  screenRules: Version,
  classifier: Version,
  calibration: Version,
  templates: Version,
  routing: Version,
  config: Version,
});

export const DecisionInput = v.strictObject({
  schema: v.literal('1.0'),
  stage: v.picklist(STAGES),
  now: Instant,
  message: MessageInput,
  turn: TurnInput,
  classifier: ClassifierInput,
  order: v.nullable(OrderInput),
  verifier: v.nullable(VerifierInput),
  state: StateInput,
  history: HistoryInput,
  flags: FlagsInput,
  setup: SetupInput,
  age: AgeInput,
  versions: VersionsInput,
});
export type DecisionInput = v.InferOutput<typeof DecisionInput>;

export const GATE_IDS = [
  'G01',
  'G02',
  'G03',
  'G04',
  'G05',
  'G06',
  'G07',
  'G08',
  'G09',
  'G10',
  'G11',
  'G12',
  'G13',
  'G14',
  'G15',
  'G16',
  'G17',
  'G18',
  'G19',
  'G20',
  'G21',
  'G22',
  'G23',
  'G24',
  'G25',
  'G26',
  'G27',
  'G28',
  'G29',
  'G30',
  'G31',
  'G32',
  'G33',
  'G34',
] as const;
export type GateId = (typeof GATE_IDS)[number];

export const GateEntry = v.strictObject({
  gate: v.picklist(GATE_IDS),
  /** Only `block` is an objection; `downgrade` changes the candidate and goes on. */
  result: v.picklist(['pass', 'downgrade', 'block', 'n/a']),
  reasonCode: v.optional(ReasonCode),
  /** Further codes of the same gate. */
  also: v.optional(few(ReasonCode, 6)),
  before: v.optional(v.nullable(TemplateId)),
  after: v.optional(v.nullable(TemplateId)),
});
export type GateEntry = v.InferOutput<typeof GateEntry>;
export const GateReport = few(GateEntry, GATE_IDS.length);

export const DECISION_ROWS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10'] as const;

export const Decision = v.strictObject({
  row: v.picklist(DECISION_ROWS),
  primaryIntent: Intent,
  secondaryIntents: few(Intent, 2),
  /** `null` only when the message gets no route of its own (superseded, agent answered). */
  team: v.nullable(Team),
  routeTag: v.nullable(RouteTag),
  rank: v.picklist([0, 1, 2]),
  routeWhen: v.picklist(['now', 'afterReply']),
  tags: few(TagName, 24),
  tier: Tier,
  /** Tier the reply gates still have to judge; `null` when no reply is possible any more. */
  tierCandidate: v.nullable(v.picklist([1, 2])),
  templateCandidate: v.nullable(TemplateId),
  action: v.picklist(ACTIONS),
  templateId: v.nullable(TemplateId),
  autoClose: Flag,
  wouldReply: Flag,
  routingConfidence: v.nullable(Confidence),
  margin: v.nullable(Confidence),
  automationConfidence: v.nullable(Confidence),
  riskFlags: few(RiskFlag, 5),
  escalates: Flag,
  reasonCodes: ReasonCodes,
  gateReport: GateReport,
});
export type Decision = v.InferOutput<typeof Decision>;

/** Everything a reply decision needs, stated once by `classify` and carried verbatim. */
export const Candidate = v.strictObject({
  decisionId: DecisionId,
  input: DecisionInput,
  tierCandidate: v.picklist([1, 2]),
  primaryIntent: Intent,
  /** The route that is written now, or with `afterReply` once the outcome of the reply is known. */
  route: v.strictObject({
    department: Team,
    routeTag: RouteTag,
    tags: few(TagName, 24),
    rank: v.picklist([0, 1, 2]),
    when: v.picklist(['now', 'afterReply']),
  }),
  /** Keyed digest of the customer's address. */
  customerHash: v.nullable(Digest),
  /** The comment to be answered. */
  answersCommentId: VendorId,
  /** Keyed digests of the order numbers the customer named (replies §2.2 row 4). */
  namedOrderHashes: few(Digest, 10),
});
export type Candidate = v.InferOutput<typeof Candidate>;

/** The three fields that make a fact re-decidable. */
export const DecisionFields = {
  input: DecisionInput,
  inputHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  decision: Decision,
} as const;
