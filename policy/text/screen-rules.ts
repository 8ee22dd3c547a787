/** The Tier 0 screen as one rule book (decisions §2.1). A change here is one of type "prompt": it needs a full Tier 0 evaluation. */
import type { RiskFlag } from '../../events/words.ts';
import type { PhraseRule } from './phrases.ts';
import { CHARGEBACK } from './screen-chargeback.ts';
import type { Phrases, ScreenFamily } from './screen-family.ts';
import { FRAUD } from './screen-fraud.ts';
import { HARASSMENT } from './screen-harassment.ts';
import { LEGAL } from './screen-legal.ts';
import { SELF_HARM } from './screen-self-harm.ts';
import { SHARED_CLASSES } from './screen-words.ts';

export const TIER0_RULES_VERSION = 'tier0-rules@2.0.0';

export type ScreenStrength = 'weak' | 'strong';
export type ScreenRule = PhraseRule & { readonly family: RiskFlag; readonly strength: ScreenStrength };

const FAMILIES: readonly ScreenFamily[] = [CHARGEBACK, FRAUD, LEGAL, HARASSMENT, SELF_HARM];

function rulesOf(family: RiskFlag, strength: ScreenStrength, phrases: Phrases): ScreenRule[] {
  return Object.entries(phrases).map(([id, list]) => ({ id, family, strength, phrases: list }));
}

/** Class names are unique over all families (tested). */
export const SCREEN_CLASSES: Phrases = Object.assign({}, SHARED_CLASSES, ...FAMILIES.map(({ classes }) => classes));

export const ORDINARY_EXPRESSIONS: readonly string[] = FAMILIES.flatMap(({ ordinary }) => ordinary);

export const SCREEN_RULES: readonly ScreenRule[] = [
  ...FAMILIES.flatMap(({ family, strong }) => rulesOf(family, 'strong', strong)),
  ...FAMILIES.flatMap(({ family, weak }) => rulesOf(family, 'weak', weak)),
];
