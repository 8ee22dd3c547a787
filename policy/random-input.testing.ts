/** Decision inputs drawn by a seed over every field, for tests that ask what no input may ever lead to. */
import {
  ACTIONS,
  CLASSIFIERS,
  type DecisionInput,
  FAILURES,
  ORDER_GAPS,
  ORDER_STATES,
  type OrderInput,
  REQUESTED_TIERS,
  SCREEN_FAMILIES,
  type Scores,
  SHIPPING_BUCKETS,
  STAGES,
  STATUS_LABELS,
  VERIFIER_CODES,
} from '../events/decision.ts';
import { CHANNELS, INTENTS, RISK_FLAGS, TEAMS, TEMPLATE_IDS } from '../events/words.ts';
import { decisionInput, minutesAgo, NOW, orderInput, orderNotMatched, orderUnknown, verifierInput } from './testing.ts';
import { CALIBRATION_VERSIONS, CLASSIFIER_VERSIONS } from './versions.ts';

/** 0 up to, not including, 1. */
export type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How often a field takes a value that stands in a reply's way: from a message without a flaw to anything goes. */
const FLAW_SHARES = [0, 0.01, 0.03, 0.1, 0.5] as const;

type Draw = {
  readonly random: Random;
  readonly one: <T>(list: readonly T[]) => T;
  /** True as often as this input has flaws. */
  readonly flawed: () => boolean;
  /** The harmless value, or by chance any of the others. */
  readonly mostly: <T>(usual: T, others: readonly T[]) => T;
  readonly someOf: <T>(list: readonly T[], most: number) => T[];
};

function drawFrom(random: Random): Draw {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const share = one(FLAW_SHARES);
  const flawed = (): boolean => random() < share;
  return {
    random,
    one,
    flawed,
    mostly: (usual, others) => (flawed() ? one(others) : usual),
    someOf: (list, most) => [...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => one(list)))],
  };
}

export function randomInput(random: Random): DecisionInput {
  const draw = drawFrom(random);
  const { one, flawed, mostly, someOf } = draw;
  const stage = one(STAGES);
  const kind = one(CLASSIFIERS);
  const scores = scoresFrom(draw);
  const hasSpoken = stage !== 'classification' || flawed();
  return decisionInput({
    stage,
    message: messageFrom(draw),
    turn: {
      comments: one([1, 1, 2, 3]),
      newerCommentSeen: flawed(),
      screenStrength: mostly('none', ['weak', 'strong'] as const),
      screenHits: flawed()
        ? someOf(SCREEN_FAMILIES, 2).map((family) => ({ family, ruleId: 'a.rule', strength: one(['weak', 'strong']) }))
        : [],
      olderKeywordHits: flawed()
        ? someOf(INTENTS, 2).map((intent) => ({ intent, ruleId: 'kw.rule', precision: one(['high', 'weak']) }))
        : [],
      answeredKeywordHits: flawed()
        ? someOf(INTENTS, 2).map((intent) => ({ intent, ruleId: 'kw.rule', precision: one(['high', 'weak']) }))
        : [],
      hasAttachments: flawed(),
      moderation: mostly<'none' | 'weak' | 'strong' | null>(null, ['none', 'weak', 'strong']),
    },
    classifier: {
      kind: mostly<DecisionInput['classifier']['kind']>(kind, [null]),
      rung: mostly('primary', ['F0', 'F1', 'F2', 'F3'] as const),
      mayReply: !flawed(),
      failure: mostly<DecisionInput['classifier']['failure']>(null, FAILURES),
      raw: scores,
      calibrated: scores,
      requested: kind === 'openai' || flawed() ? requestFrom(draw) : null,
    },
    order: hasSpoken ? orderFrom(draw) : null,
    verifier: hasSpoken ? verdictFrom(draw) : null,
    state: {
      ticketOpen: !flawed(),
      lastAuthor: mostly('customer', ['bot', 'agent', 'unknown'] as const),
      agentHeld: flawed(),
      assignedTeam: one([null, null, ...TEAMS]),
      stickyFlags: flawed() ? someOf(RISK_FLAGS, 2) : [],
      stickyTeam: one([null, 'Leadership Team', 'Chargebacks / Disputes Team'] as const),
      autoResolvedBefore: flawed(),
      pendingFlow: flawed()
        ? { type: one(['order_identifiers', 'intake', 'estimate'] as const), intent: one(INTENTS) }
        : null,
      sequence: mostly('newest', ['superseded', 'stale', 'decided', 'overtaken'] as const),
    },
    history: {
      conversation: flawed() ? Array.from({ length: one([1, 2, 3, 4]) }, () => sentFrom(draw)) : [],
      customer: flawed() ? Array.from({ length: one([1, 4, 5, 6]) }, () => momentFrom(draw)) : [],
      customerKnown: !flawed(),
    },
    flags: flagsFrom(draw),
    setup: {
      teamsAvailable: flawed() ? someOf(TEAMS, TEAMS.length) : [...TEAMS],
      templatesAvailable: flawed() ? someOf(TEMPLATE_IDS, 12) : [...TEMPLATE_IDS],
      reopenProven: !flawed(),
      stage: one(['local', 'dev', 'staging', 'prod']),
      limits: {
        minutesBetweenReplies: mostly(10, [1, 60]),
        perConversationDay: mostly(3, [0, 1, 9]),
        perCustomerDay: mostly(5, [0, 1, 9]),
      },
    },
    age: {
      receivedAt: mostly<string | null>(minutesAgo(1), [null, ...AGES]),
      commentCreatedAt: mostly<string | null>(minutesAgo(2), [null, ...AGES]),
      isReplay: flawed(),
      expiresAt: mostly<string | null>(null, [minutesAgo(-5), minutesAgo(5)]),
    },
    versions: {
      classifier: mostly(CLASSIFIER_VERSIONS[kind], ['other@1.0.0']),
      calibration: mostly(CALIBRATION_VERSIONS[kind], ['other@1.0.0']),
    },
  });
}

const AGES = [0, 14, 15, 16, 54, 56, 119, 121, 5000].map((minutes) => minutesAgo(minutes));
const MINUTES = [0, 1, 9, 10, 11, 600, 1439, 1440, 1441, 3000];

function momentFrom({ one }: Draw): string {
  return minutesAgo(one(MINUTES));
}

function sentFrom(draw: Draw): DecisionInput['history']['conversation'][number] {
  return { at: momentFrom(draw), templateId: draw.one(TEMPLATE_IDS) };
}

function messageFrom({ one, random, flawed, mostly }: Draw): Partial<DecisionInput['message']> {
  return {
    channel: random() < 0.6 ? one(['email', 'livechat']) : mostly('email', CHANNELS),
    language: {
      detector: mostly('en', ['es', 'other', 'unknown'] as const),
      model: one([null, mostly('en', ['es', 'unknown'] as const)]),
    },
    words: one([0, 1, 3, 4, 5, 6, 12, 60]),
    attachmentOnly: flawed(),
    empty: flawed(),
    features: {
      hasOrderNumber: random() < 0.3,
      hasEmail: random() < 0.2,
      hasPhone: random() < 0.2,
      hasTrackingNumber: random() < 0.1,
      hasAttachments: flawed(),
    },
    topics: {
      privacyRequest: flawed(),
      securityProbe: flawed(),
      contactChange: flawed(),
      hasLink: random() < 0.1,
      machineMail: flawed(),
      preorderTerm: random() < 0.1,
      unsubscribeOnly: flawed(),
      deniesReceipt: random() < 0.2,
      asksSomethingElse: random() < 0.1,
    },
    orderNumbersNamed: one([0, 0, 1, 2]),
  };
}

const ORDINARY = INTENTS.slice(0, 17);
const ORDER_QUESTIONS = INTENTS.slice(0, 2);
const EDGES = [
  0, 0.09, 0.1, 0.19, 0.2, 0.34, 0.35, 0.49, 0.5, 0.54, 0.55, 0.56, 0.59, 0.6, 0.64, 0.65, 0.69, 0.7, 0.8, 1,
];

/** Two decimals; as often on the edge of a threshold as anywhere. */
function scoreFrom({ one, random }: Draw): number {
  return random() < 0.5 ? one(EDGES) : Math.round(random() * 100) / 100;
}

function scoresFrom(draw: Draw): Scores {
  const { one, random, flawed } = draw;
  if (flawed()) return Object.fromEntries(INTENTS.map((intent) => [intent, scoreFrom(draw)]));
  const first = random() < 0.5 ? one(ORDER_QUESTIONS) : one(ORDINARY);
  const others = random() < 0.6 ? [] : Array.from({ length: one([1, 2, 3]) }, () => one(flawed() ? INTENTS : ORDINARY));
  return Object.fromEntries([
    ...others.map((intent) => [intent, scoreFrom(draw)]),
    [first, random() < 0.5 ? one([0.6, 0.65, 0.7, 0.8, 0.9, 1]) : scoreFrom(draw)],
  ]);
}

function requestFrom(draw: Draw): DecisionInput['classifier']['requested'] {
  const { one, random, flawed, mostly, someOf } = draw;
  const primary = random() < 0.5 ? one(ORDER_QUESTIONS) : one(flawed() ? INTENTS : ORDINARY);
  return {
    primary,
    secondaries: random() < 0.7 ? [] : someOf(flawed() ? INTENTS : ORDINARY, 2).filter((intent) => intent !== primary),
    confidence: scoreFrom(draw),
    tier: mostly('TIER_2_VERIFIED', REQUESTED_TIERS),
    action: mostly('SEND_TEMPLATE', ACTIONS),
    templateId: one([null, one(TEMPLATE_IDS)]),
    requiresMatch: !flawed(),
    riskFlags: flawed() ? someOf(RISK_FLAGS, 2) : [],
    forceHuman: flawed(),
    needsManualTriage: flawed(),
    consistent: !flawed(),
  };
}

function orderFrom(draw: Draw): OrderInput | null {
  const { one, random, flawed, mostly, someOf } = draw;
  const kind = random();
  if (kind < 0.02) return null;
  if (kind < 0.06) return orderUnknown();
  if (kind < 0.2) return orderNotMatched(one(['unlinked', 'multiple']));
  const hasTracking = random() < 0.5;
  const elapsed = one([null, 0, 1, 2, 4, 5, 9]);
  const remaining = elapsed === null ? null : Math.max(0, 5 - elapsed);
  return orderInput({
    deterministicMatch: mostly('true', ['false', 'unknown'] as const),
    matchMethod: one(['linked', 'verified', null]),
    matchCount: mostly(1, [0, 2, 3]),
    notMatchedReason: mostly<OrderInput['notMatchedReason']>(null, ['unlinked', 'multiple', 'missing_context']),
    contextComplete: !flawed(),
    missingFields: flawed() ? someOf(ORDER_GAPS, 2) : [],
    contextReasonCodes: flawed() ? [one(['missing_order_context', 'source_conflict', 'created_at_implausible'])] : [],
    factsFetchedAt: mostly<string | null>(NOW, [null, minutesAgo(14), minutesAgo(15), minutesAgo(16)]),
    contextExpiresAt: mostly<string | null>(null, [minutesAgo(1), minutesAgo(-1)]),
    ...(flawed()
      ? { labels: null }
      : {
          labels: {
            statusLabel: one(STATUS_LABELS),
            fulfilmentState: hasTracking ? one(ORDER_STATES) : mostly('received', ORDER_STATES),
            hasTracking,
            trackedParcels: hasTracking ? one(['1', '1', 'many']) : '0',
            hasOrderPage: random() < 0.5,
            isOrdinary: !flawed(),
            isSubscription: one(['no', 'yes', 'unknown']),
            shippingBucket: one([null, ...SHIPPING_BUCKETS]),
            slaMinBd: 3,
            slaMaxBd: 5,
            elapsedBd: elapsed,
            remainingMinBd: remaining === null ? null : Math.max(0, remaining - 2),
            remainingMaxBd: remaining,
            isPreorder: one(['no', 'no', 'yes', 'unknown']),
            preorderEtaKnown: random() < 0.5,
            isLate: flawed() ? random() < 0.5 : remaining === 0,
            estimateObjection: mostly<'clock_skew' | 'shipping_bucket_unknown' | null>(null, [
              'clock_skew',
              'shipping_bucket_unknown',
            ]),
            hasOrderName: !flawed(),
          },
        }),
  });
}

function verdictFrom(draw: Draw): DecisionInput['verifier'] {
  const { one, random, mostly } = draw;
  if (random() < 0.6) return verifierInput();
  return mostly<DecisionInput['verifier']>(
    verifierInput({ kind: 'openai', confidence: one([0.69, 0.7, 0.79, 0.8, 0.95]) }),
    [
      null,
      {
        kind: one(['openai', 'embedded']),
        failure: random() < 0.3 ? one(FAILURES) : null,
        allow: random() < 0.5,
        confidence: random() < 0.1 ? null : scoreFrom(draw),
        downgradeTo: one(['TIER_1_SAFE_ASSIST', 'ROUTE_ONLY', 'TIER_0_ESCALATION']),
        reasonCode: one(VERIFIER_CODES),
      },
    ],
  );
}

function flagsFrom({ random, flawed, mostly, someOf }: Draw): Partial<DecisionInput['flags']> {
  return {
    safe_mode: flawed(),
    shadow_mode: flawed(),
    automation_enabled: !flawed(),
    outbound_enabled: !flawed(),
    richpanel_read_only: flawed(),
    writes_acknowledged: !flawed(),
    assignment_enabled: !flawed(),
    tier2_enabled: !flawed(),
    auto_close_enabled: random() < 0.8,
    openai_enabled: random() < 0.5,
    embedded_replies_enabled: random() < 0.5,
    catch_up_mode: flawed(),
    channels: mostly([...CHANNELS], [[], ['email'], ['livechat'], ['social']]),
    blocked_intents: flawed() ? someOf(INTENTS, 4) : [],
    reply_epoch: mostly<string | null>('2025-11-01T00:00:00.000Z', [
      null,
      minutesAgo(0.5),
      minutesAgo(1),
      minutesAgo(3),
    ]),
    recipient_allowed: !flawed(),
    bot_identity_present: !flawed(),
    templates_enabled: flawed() ? someOf(TEMPLATE_IDS, 12) : [...TEMPLATE_IDS],
  };
}
