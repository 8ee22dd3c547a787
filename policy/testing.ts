/**
 * Builders of decision inputs for tests: everything open, nothing against a reply, so that a test shows only what it is
 * about. Defaults are those of decisions §9: channel email, English, ticket open, flags on, no history, all templates
 * on, teams present.
 */
import type { DecisionInput, OrderInput, OrderLabels, Scores, VerifierInput } from '../events/decision.ts';
import { TEAMS, TEMPLATE_IDS } from '../events/words.ts';
import {
  CALIBRATION_VERSIONS,
  CLASSIFIER_VERSIONS,
  POLICY_VERSION,
  ROUTING_VERSION,
  TAXONOMY_VERSION,
  THRESHOLDS_VERSION,
} from './versions.ts';

type Leaf = string | number | boolean | null;

/** Any part of a value; lists are given whole. */
export type PartOf<T> = T extends Leaf
  ? T
  : T extends readonly (infer E)[]
    ? readonly E[]
    : { [K in keyof T]?: PartOf<T[K]> };

/** A Thursday, in the working hours of the shop's zone. */
export const NOW = '2025-12-04T15:00:00.000Z';

/** The instant `minutes` before `NOW`. */
export function minutesAgo(minutes: number, from: string = NOW): string {
  return new Date(Date.parse(from) - minutes * 60_000).toISOString();
}

const DEFAULT_SCORES: Scores = { order_status_tracking: 0.9 };

const DEFAULTS: DecisionInput = {
  schema: '1.0',
  stage: 'classification',
  now: NOW,
  message: {
    channel: 'email',
    language: { detector: 'en', model: null },
    words: 9,
    attachmentOnly: false,
    empty: false,
    features: {
      hasOrderNumber: false,
      hasEmail: false,
      hasPhone: false,
      hasTrackingNumber: false,
      hasAttachments: false,
    },
    topics: {
      privacyRequest: false,
      securityProbe: false,
      contactChange: false,
      hasLink: false,
      machineMail: false,
      preorderTerm: false,
      unsubscribeOnly: false,
      deniesReceipt: false,
      asksSomethingElse: false,
    },
    orderNumbersNamed: 0,
  },
  turn: {
    comments: 1,
    newerCommentSeen: false,
    screenStrength: 'none',
    screenHits: [],
    olderKeywordHits: [],
    answeredKeywordHits: [],
    hasAttachments: false,
    moderation: null,
  },
  classifier: {
    kind: 'keyword',
    rung: 'primary',
    mayReply: true,
    failure: null,
    raw: DEFAULT_SCORES,
    calibrated: DEFAULT_SCORES,
    requested: null,
  },
  order: null,
  verifier: null,
  state: {
    ticketOpen: true,
    lastAuthor: 'customer',
    agentHeld: false,
    assignedTeam: null,
    stickyFlags: [],
    stickyTeam: null,
    autoResolvedBefore: false,
    pendingFlow: null,
    sequence: 'newest',
  },
  history: { conversation: [], customer: [], customerKnown: true },
  flags: {
    safe_mode: false,
    shadow_mode: false,
    automation_enabled: true,
    outbound_enabled: true,
    richpanel_read_only: false,
    writes_acknowledged: true,
    assignment_enabled: true,
    tier2_enabled: true,
    auto_close_enabled: true,
    openai_enabled: true,
    embedded_replies_enabled: false,
    catch_up_mode: false,
    order_match_verified_enabled: false,
    channels: ['livechat', 'email'],
    blocked_intents: [],
    reply_epoch: '2025-11-01T00:00:00.000Z',
    recipient_allowed: true,
    bot_identity_present: true,
    holiday_calendar: 'none',
    templates_enabled: [...TEMPLATE_IDS],
  },
  setup: {
    teamsAvailable: [...TEAMS],
    templatesAvailable: [...TEMPLATE_IDS],
    reopenProven: true,
    stage: 'local',
    limits: { minutesBetweenReplies: 10, perConversationDay: 3, perCustomerDay: 5 },
  },
  age: { receivedAt: minutesAgo(1), commentCreatedAt: minutesAgo(1), isReplay: false, expiresAt: null },
  versions: {
    taxonomy: TAXONOMY_VERSION,
    policy: POLICY_VERSION,
    thresholds: THRESHOLDS_VERSION,
    screenRules: '1.0.0',
    classifier: CLASSIFIER_VERSIONS.keyword,
    calibration: CALIBRATION_VERSIONS.keyword,
    templates: '1.0.0',
    routing: ROUTING_VERSION,
    config: '1.0.0',
  },
};

const LABELS: OrderLabels = {
  statusLabel: 'in_transit',
  fulfilmentState: 'shipped',
  hasTracking: true,
  trackedParcels: '1',
  hasOrderPage: false,
  isOrdinary: true,
  isSubscription: 'no',
  shippingBucket: 'Standard',
  slaMinBd: 3,
  slaMaxBd: 5,
  elapsedBd: 2,
  remainingMinBd: 1,
  remainingMaxBd: 3,
  isPreorder: 'no',
  preorderEtaKnown: false,
  isLate: false,
  estimateObjection: null,
  hasOrderName: true,
};

const ORDER: OrderInput = {
  deterministicMatch: 'true',
  matchMethod: 'linked',
  matchCount: 1,
  notMatchedReason: null,
  contextComplete: true,
  missingFields: [],
  contextReasonCodes: [],
  labels: LABELS,
  factsFetchedAt: NOW,
  contextExpiresAt: null,
};

/** Records that are given whole, never merged into the default. */
const WHOLE: ReadonlySet<string> = new Set(['raw', 'calibrated']);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged<T>(base: T, part: unknown): T {
  if (!isPlainObject(base) || !isPlainObject(part)) return (part === undefined ? base : part) as T;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(part)) {
    result[key] = WHOLE.has(key) ? value : merged(result[key], value);
  }
  return result as T;
}

/** A valid decision input that permits a reply, with the given parts changed. */
export function decisionInput(part: PartOf<DecisionInput> = {}): DecisionInput {
  return merged(structuredClone(DEFAULTS), part);
}

/** The classifier part for these scores, raw and calibrated alike. */
export function scored(scores: Scores): { classifier: { raw: Scores; calibrated: Scores } } {
  return { classifier: { raw: scores, calibrated: scores } };
}

type Requested = NonNullable<DecisionInput['classifier']['requested']>;

/** What a model asks for, in the shape of its parsed output. */
export function requested(part: PartOf<Requested> = {}): Requested {
  const base: Requested = {
    primary: 'order_status_tracking',
    secondaries: [],
    confidence: 0.9,
    tier: 'TIER_2_VERIFIED',
    action: 'SEND_TEMPLATE',
    templateId: null,
    requiresMatch: true,
    riskFlags: [],
    forceHuman: false,
    needsManualTriage: false,
    consistent: true,
  };
  return merged(base, part);
}

/** One linked order, shipped and tracked, read just now. */
export function orderInput(part: PartOf<OrderInput> = {}): OrderInput {
  return merged(structuredClone(ORDER), part);
}

/** A linked order that is not shipped yet and inside its window: Standard, 2 business days elapsed (replies E01). */
export function orderInWindow(labels: PartOf<OrderLabels> = {}): OrderInput {
  return orderInput({
    labels: {
      statusLabel: 'processing',
      fulfilmentState: 'received',
      hasTracking: false,
      trackedParcels: '0',
      ...labels,
    },
  });
}

/** The answer of a look-up that found none (`unlinked`) or several (`multiple`). */
export function orderNotMatched(reason: 'unlinked' | 'multiple'): OrderInput {
  return orderInput({
    deterministicMatch: 'false',
    matchMethod: null,
    matchCount: reason === 'multiple' ? 2 : 0,
    notMatchedReason: reason,
    contextComplete: false,
    labels: null,
    factsFetchedAt: null,
  });
}

/** A look-up that failed. */
export function orderUnknown(): OrderInput {
  return orderInput({
    deterministicMatch: 'unknown',
    matchMethod: null,
    matchCount: 0,
    contextComplete: false,
    labels: null,
    factsFetchedAt: null,
  });
}

/** A verifier that agrees. */
export function verifierInput(part: PartOf<VerifierInput> = {}): VerifierInput {
  const base: VerifierInput = {
    kind: 'embedded',
    failure: null,
    allow: true,
    confidence: 1,
    downgradeTo: 'ROUTE_ONLY',
    reasonCode: 'OK',
  };
  return merged(base, part);
}
