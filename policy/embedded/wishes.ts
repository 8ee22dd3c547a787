/** Wishes that a part of a message states by itself, so that one sentence does not drown the other (decisions §6.3). */
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import type { Reading } from './model.ts';

/**
 * `least` a part read alone scores for its wish, `next` its next wish does at most, `whole` the message does at least. Such a wish is
 * meant in two of three golden messages where the rest drowns it, so it is `worth` that.
 */
const STATED = { least: 0.95, next: 0.5, whole: 0.2, worth: 0.7 } as const;

/** Intents that parts of the message state, in table order. A message of one part is scored as it is. */
export function statedWishes({ scores, parts }: Reading): Intent[] {
  if (parts.length < 2) return [];
  const stated = new Set(parts.map(statedIn));
  return INTENTS.filter((intent) => stated.has(intent) && scores[intent] >= STATED.whole);
}

/** Tier 0 has thresholds and a screen of its own, and `unknown_other` is no wish. */
function statedIn(scores: Record<Intent, number>): Intent | null {
  const [best = 'unknown_other', next = best] = [...INTENTS].sort((a, b) => scores[b] - scores[a]);
  const { priority } = INTENT_CATALOGUE[best];
  const isClear = scores[best] >= STATED.least && scores[next] <= STATED.next;
  return isClear && priority !== 0 && priority !== 7 ? best : null;
}

/** What a part states is a candidate, however clear the rest of the message is: the matrix decides which of them leads. */
export function withStated(calibrated: Scores, stated: readonly Intent[]): Scores {
  const raised = stated.map((intent) => [intent, Math.max(calibrated[intent] ?? 0, STATED.worth)] as const);
  return { ...calibrated, ...Object.fromEntries(raised) };
}
