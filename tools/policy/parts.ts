/** What the policy consists of, part by part, each with the version that stands for its content. */
import { createHash } from 'node:crypto';
import { ACTIONS, CLASSIFIERS, DECISION_ROWS, FAILURES, GATE_IDS, REQUESTED_TIERS } from '../../events/decision.ts';
import { CHANNELS, INTENTS, REASON_CODES, RISK_FLAGS, ROUTE_TAG_OF_TEAM, TEAMS } from '../../events/words.ts';
import { CALIBRATION } from '../../policy/embedded/generated/calibration.ts';
import { WEIGHTS } from '../../policy/embedded/weights.ts';
import {
  ACKNOWLEDGEMENTS,
  INTENT_CATALOGUE,
  INTENT_OF_RISK_FLAG,
  PRIORITY_CLASSES,
  TEAM_FALLBACK,
  TIER0_TIE_ORDER,
} from '../../policy/intents.ts';
import { RESIDUAL_INTENTS, SPECIALISTS, TEAM_OF_CHANNEL } from '../../policy/route.ts';
import { LEARNED_RULES } from '../../policy/screen-learned/detector.ts';
import { LEARNED_WEIGHTS } from '../../policy/screen-learned/weights.ts';
import { DECISION_TAGS, ORDER_AND_REPLY_TAGS } from '../../policy/tag-words.ts';
import { ORDER } from '../../policy/text/beyond-order.ts';
import { PARCEL } from '../../policy/text/beyond-parcel.ts';
import { PLAIN_WORDS } from '../../policy/text/beyond-plain-words.ts';
import { BEYOND_STATUS, BEYOND_STATUS_VERSION } from '../../policy/text/beyond-status.ts';
import { KEYWORD_RULES } from '../../policy/text/keyword-rules.ts';
import { KEYWORD_CLASSES, MISLEADING_EXPRESSIONS } from '../../policy/text/keyword-words.ts';
import { SCREEN_FAMILIES, TIER0_RULES_VERSION } from '../../policy/text/screen-rules.ts';
import { SHARED_CLASSES } from '../../policy/text/screen-words.ts';
import { THRESHOLDS } from '../../policy/thresholds.ts';
import { AUTO_CLOSE_ALLOWED, REPLY_AGES, REPLY_CHANNELS, REPLY_LIMITS } from '../../policy/tier-policy.ts';
import { CLASSIFIER_VERSIONS, POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION } from '../../policy/versions.ts';

export type Part = {
  readonly version: string;
  /** Where that version is declared. */
  readonly versionIn: string;
  readonly content: unknown;
};

const { version: thresholdsVersion, ...thresholds } = THRESHOLDS;

/** Some field of every intent. */
function ofIntents<T>(field: (entry: (typeof INTENT_CATALOGUE)[(typeof INTENTS)[number]]) => T): Record<string, T> {
  return Object.fromEntries(INTENTS.map((intent) => [intent, field(INTENT_CATALOGUE[intent])]));
}

const inVersions = (name: string): string => `${name} in policy/versions.ts`;
const ofPolicy = { version: POLICY_VERSION, versionIn: inVersions('POLICY_VERSION') };

export const PARTS = {
  taxonomy: {
    version: TAXONOMY_VERSION,
    versionIn: inVersions('TAXONOMY_VERSION'),
    content: {
      intents: INTENTS,
      classes: PRIORITY_CLASSES,
      channels: CHANNELS,
      riskFlags: RISK_FLAGS,
      intentOfRiskFlag: INTENT_OF_RISK_FLAG,
      aliasTags: ofIntents(({ aliasTag }) => aliasTag),
    },
  },
  routing: {
    version: ROUTING_VERSION,
    versionIn: inVersions('ROUTING_VERSION'),
    content: {
      teams: TEAMS,
      routeTags: ROUTE_TAG_OF_TEAM,
      teamOfIntent: ofIntents(({ team }) => team),
      teamOfChannel: TEAM_OF_CHANNEL,
      residualIntents: RESIDUAL_INTENTS,
      specialists: [...SPECIALISTS],
      substitutes: TEAM_FALLBACK,
    },
  },
  thresholds: {
    version: thresholdsVersion,
    versionIn: inVersions('THRESHOLDS_VERSION'),
    content: thresholds,
  },
  tiers: {
    ...ofPolicy,
    content: {
      tiers: REQUESTED_TIERS,
      actions: ACTIONS,
      highestTier: ofIntents(({ highestTier }) => highestTier),
      templates: ofIntents(({ templates }) => templates),
      acknowledgements: ACKNOWLEDGEMENTS,
      autoCloseAllowed: AUTO_CLOSE_ALLOWED,
      replyChannels: REPLY_CHANNELS,
      replyLimits: REPLY_LIMITS,
      replyAges: REPLY_AGES,
    },
  },
  gates: {
    ...ofPolicy,
    content: {
      order: GATE_IDS,
      rows: DECISION_ROWS,
      tier0TieOrder: TIER0_TIE_ORDER,
      classifiers: CLASSIFIERS,
      failures: FAILURES,
    },
  },
  reasonCodes: { ...ofPolicy, content: REASON_CODES },
  tags: { ...ofPolicy, content: { decision: DECISION_TAGS, orderAndReply: ORDER_AND_REPLY_TAGS } },
  screenRules: {
    version: TIER0_RULES_VERSION,
    versionIn: 'TIER0_RULES_VERSION in policy/text/screen-rules.ts',
    content: {
      families: SCREEN_FAMILIES,
      classes: SHARED_CLASSES,
      learned: { rules: LEARNED_RULES, weights: LEARNED_WEIGHTS.version, thresholds: LEARNED_WEIGHTS.thresholds },
    },
  },
  beyondStatus: {
    version: BEYOND_STATUS_VERSION,
    versionIn: 'BEYOND_STATUS_VERSION in policy/text/beyond-status.ts',
    content: { kinds: BEYOND_STATUS, books: [PARCEL, ORDER], plainWords: [...PLAIN_WORDS] },
  },
  keywordRules: {
    version: CLASSIFIER_VERSIONS.keyword,
    versionIn: inVersions('CLASSIFIER_VERSIONS.keyword'),
    content: { rules: KEYWORD_RULES, classes: KEYWORD_CLASSES, misleading: MISLEADING_EXPRESSIONS },
  },
  embedded: {
    version: CLASSIFIER_VERSIONS.embedded,
    versionIn: inVersions('CLASSIFIER_VERSIONS.embedded'),
    content: { weights: WEIGHTS.version, calibration: CALIBRATION },
  },
} as const satisfies Readonly<Record<string, Part>>;

/** SHA-256 in hex of a content: names in a record are sorted, the order of a list counts. */
export function contentHash(content: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
