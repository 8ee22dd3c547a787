/** Everything a message asks for, sentence by sentence: what the verifier holds against an order reply (decisions §4). */
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import { allPartsOf } from './parts.ts';

/** Calibrated. The whole: the candidate set of decisions §6.3. A part knows less of what is meant. */
const WISH = { whole: 0.35, part: 0.5 } as const;
/** A part may be sure enough by itself; otherwise the whole message must bear it out a little: "I want to plan my week" cancels no plan. */
const ALONE = 0.85;
const BORNE_OUT = 0.05;
/** From here on, calibrated, a part may as well be about the order. */
const ABOUT_ORDER = 0.1;
const ORDER_INTENTS = INTENTS.filter((intent) => INTENT_CATALOGUE[intent].priority === 4);

/**
 * Every intent that the message, or a part of it read alone, seems to ask for. `read` scores a text, calibrated. A part that may be about the
 * order asks for nothing beside it: "it has not shipped yet" also stands in most wishes to change an order.
 */
export function askedIn(read: (text: string) => Scores, text: string): Intent[] {
  const whole = read(text);
  const parts = allPartsOf(text)
    .map(read)
    .filter((part) => ORDER_INTENTS.every((intent) => (part[intent] ?? 0) < ABOUT_ORDER));
  return INTENTS.filter((intent) => {
    const own = whole[intent] ?? 0;
    const least = own >= BORNE_OUT ? WISH.part : ALONE;
    return own >= WISH.whole || parts.some((part) => (part[intent] ?? 0) >= least);
  });
}

/** The latest class of a wish that changes what is done with an order (decisions §6.3: P1 to P3). */
const LAST_CHANGING = 3;

/**
 * Changes, exceptions and returns that a part asks for which was taken out as a machine's words. Any reader that finds one is believed: it
 * can only deny.
 *
 * @param ruled  scores by the phrase rules
 */
export function askedInTaken(
  read: (text: string) => Scores,
  ruled: (text: string) => Scores,
  parts: readonly string[],
): Intent[] {
  return INTENTS.filter((intent) => {
    const { priority } = INTENT_CATALOGUE[intent];
    if (priority < 1 || priority > LAST_CHANGING) return false;
    return parts.some((part) => (read(part)[intent] ?? 0) >= ALONE || (ruled(part)[intent] ?? 0) >= WISH.whole);
  });
}
