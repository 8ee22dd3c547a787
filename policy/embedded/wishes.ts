/** Wishes that a part of a message states by itself, so that one sentence does not drown the other (decisions §6.3). */
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import type { Reading } from './model.ts';

/**
 * `least` a part read alone scores for its wish, `next` its next wish does at most, `whole` the message does at least. Such a wish is
 * meant in two of three golden messages where the rest drowns it, so it is `worth` that; chosen on them, see docs/decisions.md.
 */
const STATED = { least: 0.95, next: 0.5, whole: 0.2, worth: 0.7 } as const;

/** The phrase rules' own scores: what two unlike readers find is there, though a louder wish stands beside it. */
const RULED = { least: 0.8, whole: 0.15, alone: 0.25, leads: 0.8 } as const;

/**
 * Intents that parts of the message state, or that phrase rules and weights both find in it, in table order. A message of one part
 * is no two by its parts.
 *
 * @param ruled  scores of the phrase rules
 */
export function statedWishes({ scores, parts }: Reading, ruled: Scores): Intent[] {
  const stated = new Set(parts.length < 2 ? [] : parts.map(statedIn));
  // A word of the rules in a message that asks for nothing makes no wish of it.
  const isAsking = INTENTS.some((intent) => isWish(intent) && scores[intent] >= RULED.leads);
  const least = parts.length < 2 ? RULED.alone : RULED.whole;
  return INTENTS.filter((intent) => {
    const isRuled = isAsking && (ruled[intent] ?? 0) >= RULED.least && isWish(intent) && scores[intent] >= least;
    return isRuled || (stated.has(intent) && scores[intent] >= STATED.whole);
  });
}

/** Tier 0 has thresholds and a screen of its own, and `unknown_other` is no wish. */
function isWish(intent: Intent): boolean {
  const { priority } = INTENT_CATALOGUE[intent];
  return priority !== 0 && priority !== 7;
}

function statedIn(scores: Record<Intent, number>): Intent | null {
  const [best = 'unknown_other', next = best] = [...INTENTS].sort((a, b) => scores[b] - scores[a]);
  const isClear = scores[best] >= STATED.least && scores[next] <= STATED.next;
  return isClear && isWish(best) ? best : null;
}

/** What a part states is a candidate, however clear the rest of the message is: the matrix decides which of them leads. */
export function withStated(calibrated: Scores, stated: readonly Intent[]): Scores {
  const raised = stated.map((intent) => [intent, Math.max(calibrated[intent] ?? 0, STATED.worth)] as const);
  return { ...calibrated, ...Object.fromEntries(raised) };
}
