/** What the rules of the Tier 0 screen find: recall first, linear time, no network (decisions §2.1). */
import type { RiskFlag } from '../../events/words.ts';
import { normalisedCopies } from './normalise.ts';
import { compileParts } from './phrases.ts';
import { SCREEN_FAMILIES, SCREEN_RULES, type ScreenRule, type ScreenStrength } from './screen-rules.ts';
import { respell } from './screen-spelling.ts';
import { SHARED_CLASSES } from './screen-words.ts';

const MAX_CHARS = 64_000; // decisions §2.1
/** Equal strength resolves in this order (M1, decisions §6.3); a risk without a family comes last (ruling 26). */
const FAMILY_ORDER: readonly RiskFlag[] = [
  'CHARGEBACK_DISPUTE',
  'FRAUD_SUSPECTED',
  'LEGAL_THREAT',
  'HARASSMENT_THREATS',
  'OTHER_HIGH_RISK',
];

export type ScreenHit = { readonly family: RiskFlag; readonly ruleId: string; readonly strength: ScreenStrength };
export type ScreenResult = {
  /** Strong first, then in rule order; a rule is named once. */
  readonly hits: readonly ScreenHit[];
  readonly strength: 'none' | ScreenStrength;
  /** Family of the strongest hit; `null` when nothing hit. */
  readonly family: RiskFlag | null;
};

const book = compileParts(
  SCREEN_FAMILIES.map(({ classes, ordinary, strong, weak }) => ({
    classes: { ...SHARED_CLASSES, ...classes },
    benign: ordinary,
    rules: Object.entries({ ...strong, ...weak }).map(([id, phrases]) => ({ id, phrases })),
  })),
  {
    reach: 'text', // a threat broken into sentences is still one
    forgivingFrom: 8, // decisions §2.1
    shuffledFrom: 6,
  },
);

function rulesHitBy(text: string): readonly ScreenRule[] {
  const copies = normalisedCopies(text.slice(0, MAX_CHARS)).map(respell);
  const ids = new Set(copies.flatMap((copy) => [...book(copy)]));
  return SCREEN_RULES.filter((rule) => ids.has(rule.id));
}

/** A hit found only in the quoted part is weak. Negation is not considered. */
export function screenByRules(text: { own: string; quoted: string }): ScreenResult {
  const own = rulesHitBy(text.own).map(({ family, id, strength }): ScreenHit => ({ family, ruleId: id, strength }));
  const quoted = rulesHitBy(text.quoted)
    .filter((rule) => !own.some((hit) => hit.ruleId === rule.id))
    .map(({ family, id }): ScreenHit => ({ family, ruleId: id, strength: 'weak' }));
  return resultOf([...own, ...quoted]);
}

export function resultOf(all: readonly ScreenHit[]): ScreenResult {
  const strong = all.filter((hit) => hit.strength === 'strong');
  const hits = [...strong, ...all.filter((hit) => hit.strength === 'weak')];
  const leading = strong.length > 0 ? strong : hits;
  return {
    hits,
    strength: strong.length > 0 ? 'strong' : hits.length > 0 ? 'weak' : 'none',
    family: FAMILY_ORDER.find((family) => leading.some((hit) => hit.family === family)) ?? null,
  };
}
