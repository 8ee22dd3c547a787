/** The Tier 0 screen as one rule book (decisions §2.1). A change here is one of type "prompt": it needs a full Tier 0 evaluation. */
import type { RiskFlag } from '../../events/words.ts';
import type { PhraseRule } from './phrases.ts';
import { CHARGEBACK } from './screen-chargeback.ts';
import { DANGER } from './screen-danger.ts';
import type { Phrases, ScreenFamily } from './screen-family.ts';
import { FRAUD } from './screen-fraud.ts';
import { HARASSMENT } from './screen-harassment.ts';
import { LEGAL } from './screen-legal.ts';
import { SELF_HARM } from './screen-self-harm.ts';

export const TIER0_RULES_VERSION = 'tier0-rules@2.4.0';

export type ScreenStrength = 'weak' | 'strong';
export type ScreenRule = PhraseRule & { readonly family: RiskFlag; readonly strength: ScreenStrength };

/** Each family is a book of its own, so that what is ordinary beside one term hides nothing from another family. */
export const SCREEN_FAMILIES: readonly ScreenFamily[] = [CHARGEBACK, FRAUD, LEGAL, HARASSMENT, SELF_HARM, DANGER];

function rulesOf(family: RiskFlag, strength: ScreenStrength, phrases: Phrases): ScreenRule[] {
  return Object.entries(phrases).map(([id, list]) => ({ id, family, strength, phrases: list }));
}

/** Strong ones first. */
export const SCREEN_RULES: readonly ScreenRule[] = [
  ...SCREEN_FAMILIES.flatMap(({ family, strong }) => rulesOf(family, 'strong', strong)),
  ...SCREEN_FAMILIES.flatMap(({ family, weak }) => rulesOf(family, 'weak', weak)),
];
