/** The deterministic Tier 0 screen: rules, and what was learnt of threats in other words (decisions §2.1). */
import type { RiskFlag } from '../../events/words.ts';
import { detectorOf, learnedHit } from '../screen-learned/detector.ts';
import { LEARNED_WEIGHTS } from '../screen-learned/weights.ts';
import { resultOf, type ScreenHit, type ScreenResult, screenByRules } from './screen-by-rules.ts';

export type { ScreenHit, ScreenResult };

const detector = detectorOf(LEARNED_WEIGHTS);
/** "This site is a fraud" is weak by rule (decisions §2.1): words of anger at a shop are those of a theft as well, and only the rules know which. */
const WEAK_STANDS: readonly RiskFlag[] = ['FRAUD_SUSPECTED'];

/**
 * Screens what a customer wrote and what they quoted. A strong hit forces Tier 0; one found only in the quoted part is weak.
 * Where no rule hits strongly, the learnt part reads what the customer wrote, and its hit is strong: it adds threats, and takes no
 * route from a rule. Whoever catches a throw treats it as a strong `OTHER_HIGH_RISK`.
 */
export function screenTier0(text: { own: string; quoted: string }): ScreenResult {
  const byRules = screenByRules(text);
  if (byRules.strength === 'strong') return byRules;
  const learned = learnedHit(detector, text.own);
  if (learned === undefined) return byRules;
  if (WEAK_STANDS.includes(learned.family) && byRules.hits.some(({ family }) => family === learned.family))
    return byRules;
  return resultOf([{ family: learned.family, ruleId: learned.id, strength: 'strong' }, ...byRules.hits]);
}
