/** The keyword classifier: phrase rules, exclusions of the taxonomy, fixed scores (decisions §1.3, §3.8). */
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE, INTENT_OF_RISK_FLAG } from '../intents.ts';
import type { CleanMessage } from './clean.ts';
import { withoutCodes } from './forgery.ts';
import { KEYWORD_RULES, type Precision } from './keyword-rules.ts';
import { KEYWORD_CLASSES, MISLEADING_EXPRESSIONS } from './keyword-words.ts';
import { plainCopy } from './normalise.ts';
import { compilePhrases } from './phrases.ts';
import { type ScreenHit, screenTier0 } from './screen.ts';
import { specialTopics } from './topics.ts';

export type KeywordHit = { readonly intent: Intent; readonly ruleId: string; readonly precision: Precision };

const MAX_CHARS = 64_000;
const SCORE = { high: 0.9, weak: 0.7, severalClasses: 0.8, nothing: 0.4, ambiguousUnsubscribe: 0.55 } as const;

/** Circumstances that decide between two intents without being one (decisions §1.3, "excludes"). */
const CIRCUMSTANCES = [
  {
    id: 'own_mistake',
    phrases: [
      'i|we|accidentally ~2 ordered|selected|picked|chose|bought|clicked|entered|put|typed|purchased ~2 the|a wrong|incorrect',
      'wrong ~2 by accident|mistake',
      'my mistake|fault',
    ],
  },
  {
    id: 'after_use',
    phrases: [
      'after ~5 @span|uses',
      'worked ~3 fine|well|great|perfectly|for',
      'stopped|since|until ~3 yesterday|week|month|months|weeks|now|today',
      '@span ~2 old',
      'of use',
      'anymore',
    ],
  },
  {
    id: 'refund_awaited',
    phrases: [
      'where|wheres is? my|the|our ~1 refund*|money',
      'when ~3 refund*|money|reimburs*',
      'still no|waiting|without ~2 refund*',
      'refund* ~6 status|issued|processed|arrive|land|take|yet',
    ],
  },
  { id: 'tracking_trouble', phrases: ['tracking|track ~6 @malfunction'] },
  { id: 'restocking', phrases: ['back in|on stock', 'in stock again', 'when ~5 restock*'] },
  { id: 'in_the_cart', phrases: ['in|into|at|to my|the|your cart|basket|checkout'] },
  { id: 'already_arrived', phrases: ['already|it|they ~1 arrived|came|received|delivered'] },
] as const;
type Circumstance = (typeof CIRCUMSTANCES)[number]['id'];

const book = compilePhrases({
  classes: KEYWORD_CLASSES,
  benign: MISLEADING_EXPRESSIONS,
  rules: [...KEYWORD_RULES.filter((rule) => !rule.aboutTheFuture), ...CIRCUMSTANCES],
  reach: 'text', // chat is written without full stops; the gaps are short instead
  forgivingFrom: 6, // classification is not a screen: shorter words forgive too
});
const futureBook = compilePhrases({
  rules: KEYWORD_RULES.filter((rule) => rule.aboutTheFuture),
  reach: 'sentence',
  forgivingFrom: 6,
});

/** Where `winner` is present, `losers` were hit by the same words (decisions §1.3). `high` demands a high-precision winner. */
type Exclusion = {
  readonly winner: Intent | Circumstance;
  readonly losers: readonly Intent[];
  readonly weakOnly?: true;
};
const CHANNEL_INTENTS = ['tiktok_support_request', 'social_media_support_request'] as const satisfies readonly Intent[];
const EXCLUSIONS: readonly Exclusion[] = [
  { winner: 'own_mistake', losers: ['wrong_item_received'] },
  { winner: 'tracking_trouble', losers: ['technical_support', 'promo_discount_issue'] },
  { winner: 'restocking', losers: ['order_status_tracking'] },
  { winner: 'in_the_cart', losers: ['missing_items_in_shipment'] },
  { winner: 'after_use', losers: ['damaged_item'] },
  { winner: 'refund_awaited', losers: ['order_status_tracking', 'shipping_delay_not_shipped'] },
  {
    winner: 'delivered_not_received',
    losers: [
      'order_status_tracking',
      'shipping_delay_not_shipped',
      'address_change_order_edit',
      'missing_items_in_shipment',
      'wrong_item_received',
    ],
  },
  {
    winner: 'missing_items_in_shipment',
    losers: ['order_status_tracking', 'shipping_delay_not_shipped', 'pre_purchase_question', 'technical_support'],
  },
  {
    winner: 'wrong_item_received',
    losers: ['order_status_tracking', 'shipping_delay_not_shipped', 'pre_purchase_question'],
  },
  {
    winner: 'damaged_item',
    losers: ['technical_support', 'order_status_tracking', 'shipping_delay_not_shipped', 'pre_purchase_question'],
  },
  { winner: 'cancel_subscription', losers: ['cancel_order', 'shipping_delay_not_shipped'] },
  { winner: 'billing_issue', losers: ['technical_support', 'cancel_subscription', 'pre_purchase_question'] },
  { winner: 'exchange_request', losers: ['return_request', 'pre_purchase_question'] },
  { winner: 'return_request', losers: ['refund_request', 'pre_purchase_question'] },
  { winner: 'promo_discount_issue', losers: ['pre_purchase_question', 'technical_support', 'billing_issue'] },
  {
    winner: 'influencer_marketing_inquiry',
    losers: ['promo_discount_issue', 'pre_purchase_question', 'technical_support', 'order_status_tracking'],
  },
  {
    winner: 'technical_support',
    losers: ['pre_purchase_question', 'phone_support_request', 'shipping_delay_not_shipped'],
  },
  { winner: 'shipping_delay_not_shipped', losers: ['order_status_tracking'] },
  { winner: 'unknown_other', losers: ['cancel_subscription'], weakOnly: true },
  {
    winner: 'address_change_order_edit',
    losers: ['wrong_item_received', 'pre_purchase_question'],
    weakOnly: true,
  },
];

type Evidence = Map<Intent, Precision>;

/** The screen's strong hits are the phrase rules of P0; weak ones do not name an intent. */
function escalationHits(screen: readonly ScreenHit[]): KeywordHit[] {
  return screen.flatMap(({ family, ruleId, strength }) =>
    strength === 'strong' && family !== 'OTHER_HIGH_RISK'
      ? [{ intent: INTENT_OF_RISK_FLAG[family], ruleId, precision: 'high' as const }]
      : [],
  );
}

type Reading = {
  readonly hits: readonly KeywordHit[];
  readonly circumstances: ReadonlySet<string>;
};

function readPhrases(
  text: string,
  screen: readonly ScreenHit[] = screenTier0({ own: text, quoted: '' }).hits,
): Reading {
  const copy = plainCopy(text.slice(0, MAX_CHARS));
  const ids = new Set([...book(copy), ...futureBook(copy)]);
  const hits = KEYWORD_RULES.filter((rule) => ids.has(rule.id)).map(
    ({ id, intent, precision }): KeywordHit => ({ intent, ruleId: id, precision }),
  );
  return { hits: [...escalationHits(screen), ...hits], circumstances: ids };
}

/** Every phrase rule that hits, P0 first and then in rule order; exclusions are not applied. */
export function keywordHits(text: string): readonly KeywordHit[] {
  return readPhrases(text).hits;
}

/** Those of P1 to P7: what the text asks for. P0 has the screen, which tells own words from quoted ones. */
function wishHits(text: string): readonly KeywordHit[] {
  return readPhrases(text, []).hits;
}

/**
 * What else than its answer a comment asks for, before anything is cut or stripped of it: certain hits in the customer's own words, and any
 * in the words that no classifier reads (decisions §3.3: when in doubt keep). In rule order, each once.
 */
export function writtenHits({ own, doubtful }: Pick<CleanMessage, 'own' | 'doubtful'>): readonly KeywordHit[] {
  return distinct([
    ...wishHits(withoutCodes(own)).filter(({ precision }) => precision === 'high'),
    ...wishHits(doubtful),
  ]);
}

/** Every hit of a comment that no classifier is asked about, in all of it. */
export function unansweredHits({ own, doubtful }: Pick<CleanMessage, 'own' | 'doubtful'>): readonly KeywordHit[] {
  return distinct([...keywordHits(own), ...wishHits(doubtful)]);
}

function distinct(hits: readonly KeywordHit[]): readonly KeywordHit[] {
  return [...new Map(hits.map((hit) => [hit.ruleId, hit])).values()];
}

function evidenceOf(hits: readonly KeywordHit[]): Evidence {
  const evidence: Evidence = new Map();
  for (const { intent, precision } of hits) if (evidence.get(intent) !== 'high') evidence.set(intent, precision);
  return evidence;
}

function applyExclusions(evidence: Evidence, circumstances: ReadonlySet<string>): void {
  for (const { winner, losers, weakOnly } of EXCLUSIONS) {
    const isHigh = evidence.get(winner as Intent) === 'high';
    if (!isHigh && !circumstances.has(winner)) continue;
    for (const loser of losers) if (!weakOnly || evidence.get(loser) === 'weak') evidence.delete(loser);
  }
  // An order edit that is still possible is no exchange; after arrival it is.
  if (evidence.get('address_change_order_edit') === 'high' && evidence.has('exchange_request')) {
    evidence.delete(circumstances.has('already_arrived') ? 'address_change_order_edit' : 'exchange_request');
  }
  dropWeakDoubles(evidence);
  dropContext(evidence);
}

const ORDER_CLASS = 4;

/**
 * Weak words that are context and no second wish: "my order" beside any P0–P3 phrase or any certain one, and every weak P4–P7
 * word beside a certain P0–P3 one.
 */
function dropContext(evidence: Evidence): void {
  const certain = [...evidence]
    .filter(([, precision]) => precision === 'high')
    .map(([intent]) => INTENT_CATALOGUE[intent].priority);
  const lowest = certain.some((priority) => priority < ORDER_CLASS) ? ORDER_CLASS : Number.POSITIVE_INFINITY;
  const isUrgent = [...evidence.keys()].some((intent) => INTENT_CATALOGUE[intent].priority < ORDER_CLASS);
  for (const [intent, precision] of [...evidence]) {
    const { priority } = INTENT_CATALOGUE[intent];
    const isContext = priority >= lowest || (priority === ORDER_CLASS && (isUrgent || certain.length > 0));
    if (precision === 'weak' && isContext) evidence.delete(intent);
  }
}

/** A weak hit beside a high-precision one of its own class is the same words again; residual intents yield to any other. */
function dropWeakDoubles(evidence: Evidence): void {
  const all = [...evidence];
  for (const [intent, precision] of all) {
    const better = all.some(
      ([other, otherPrecision]) =>
        other !== intent &&
        otherPrecision === 'high' &&
        INTENT_CATALOGUE[other].priority === INTENT_CATALOGUE[intent].priority,
    );
    if (precision === 'weak' && better) evidence.delete(intent);
  }
  for (const residual of [...CHANNEL_INTENTS, 'unknown_other' as const]) {
    const others = [...evidence.keys()].some((intent) => intent !== residual && !isResidual(intent));
    if (others) evidence.delete(residual);
  }
}

function isResidual(intent: Intent): boolean {
  return intent === 'unknown_other' || CHANNEL_INTENTS.some((channel) => channel === intent);
}

function noScores(): Record<Intent, number> {
  return Object.fromEntries(INTENTS.map((intent) => [intent, 0])) as Record<Intent, number>;
}

/**
 * Scores of all intents from the phrase rules (issue 3, item 5): one high-precision hit 0.90, a weaker one 0.70, hits in two
 * priority classes 0.80 each, none `unknown_other` 0.40. Machine mail is `unknown_other` whatever it says (A23). A bare
 * "unsubscribe" is `cancel_subscription`, 0.55 at most (decisions §6.4).
 */
export function classifyByKeywords(text: string): { readonly scores: Readonly<Record<Intent, number>> } {
  return { scores: scoresOf(text, readPhrases(text)) };
}

/**
 * What the phrase rules say of a text, the Tier 0 screen apart: ids of all that hit, and the scores. A classifier that learns from
 * them stays a second detector beside the screen, with its own eyes.
 */
export function readByRules(text: string): {
  readonly ruleIds: readonly string[];
  readonly scores: Readonly<Record<Intent, number>>;
} {
  const reading = readPhrases(text, []);
  return { ruleIds: reading.hits.map(({ ruleId }) => ruleId), scores: scoresOf(text, reading) };
}

function scoresOf(text: string, { hits, circumstances }: Reading): Readonly<Record<Intent, number>> {
  const scores = noScores();
  const topics = specialTopics(text);
  const escalates = hits.some((hit) => INTENT_CATALOGUE[hit.intent].priority === 0);
  if (topics.includes('machine_mail') && !escalates) return { ...scores, unknown_other: SCORE.high };

  const evidence = evidenceOf(hits);
  applyExclusions(evidence, circumstances);
  if (evidence.size === 0) {
    return { ...scores, unknown_other: topics.includes('privacy') ? SCORE.high : SCORE.nothing };
  }
  const classes = new Set([...evidence.keys()].map((intent) => INTENT_CATALOGUE[intent].priority));
  for (const [intent, precision] of evidence)
    scores[intent] = classes.size > 1 ? SCORE.severalClasses : SCORE[precision];
  if (topics.includes('ambiguous_unsubscribe')) scores.cancel_subscription = SCORE.ambiguousUnsubscribe;
  return scores;
}
