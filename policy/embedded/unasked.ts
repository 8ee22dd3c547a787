/** Messages whose wish is over, not yet there or none of ours: "found it, all good", "if I order now, can I cancel later?", "4 stars". No reply of ours fits them. */
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import { plainCopy } from '../text/normalise.ts';
import { isAside } from './aside.ts';

/** Below every threshold of a reply (decisions §5.3), so that a person reads it. */
const NO_REPLY = 0.55;
const MOST_WORDS = 40;

const OVER =
  /\b(?:(?:its|im|were|is|are|now|its now|thats) all (?:good|set|well|sorted)|all (?:good|sorted|set) (?:now|thanks?|thank you|here|cheers|then|sorry)|(?:sorted|fixed) (?:itself|now|it myself|it out)|never ?mind|nvm|(?:please )?(?:ignore|disregard|forget) (?:my|the|that) (?:last|previous|earlier|first|other|e ?mail|message)|found (?:(?:it|them)(?! \w*(?:cheaper|cheap|cheep|at|for|less|on|elsewhere))|the (?:parcel|package|box|order)|my (?:parcel|package|box|order|delivery))|works? (?:now|again|perfectly|after all)|working (?:now|again)|problem solved|resolved (?:now|itself)|thanks? (?:you )?for (?:the (?:tracking|info|update|quick|fast|help|refund|replacement)|sorting|fixing|sending|letting|getting)|(?:ok|okay|alright|great|perfect) (?:then )?(?:i will|ill|we will|well) wait|just (?:letting|wanted to let) you know|ya (?:aparecio|lo encontre|funciona)|todo (?:bien|perfecto))\b/;
const CAME =
  /\b(?:arrived|came|turned up|showed up|got (?:it|them|here)|received (?:it|them|everything)|ya llego)\b(?=.*\b(?:thanks?|thank|cheers|great|perfect|lovely|happy|gracias|at last|after all|all good|safely|fine)\b)/;
/** Something is still asked or amiss. */
const OPEN =
  /\?|\b(?:but|still|however|yet|except|although|though|unless|please|pls|can|could|would|want|wants|need|needs|when|where|wheres|why|how|what|whats|only|missing|wrong|half|instead|empty|refund (?:me|it)|apart|without|sadly|pero|todavia|aun|falta|quiero|necesito|cambiar)\b/;

const SUPPOSED =
  /\b(?:(?:if|once|before|when) (?:i|we) (?:order|buy|get one|purchase|placed? an order|go for|subscribe|sign up)\b(?! #?\d)|before (?:ordering|buying)|(?:thinking|considering) (?:of|about)? ?(?:ordering|buying|getting)|what happens if (?:it|they|one|something|the)|can (?:you|i|we|one|people) (?:cancel|return|exchange|change) (?:orders|things|items|stuff|it later|later)|if (?:it|they) (?:arrives?|comes?|breaks?|doesnt fit|dont fit)|do you (?:refund|replace|take back|accept)|would (?:i|we) (?:be able|get|have to|need to)|si (?:pido|compro|encargo)|antes de (?:pedir|comprar))\b/;
const PLACED =
  /\b(?:ordered|bought|purchased|my (?:order|parcel|package|purchase|delivery|subscription|plan)|paid|placed|received|arrived|already|yesterday|ago|last (?:week|month|night|friday|monday|tuesday|wednesday|thursday|saturday|sunday)|this morning|order (?:number|no)|mi pedido|pedi|compre)\b|#?\d{4,}/;

export type Unasked = 'over' | 'supposed' | 'aside';

export function unaskedIn(text: string): Unasked | null {
  const copy = plainCopy(text);
  if (SUPPOSED.test(copy) && !PLACED.test(copy)) return 'supposed';
  const isShort = copy.split(/\s+/).length <= MOST_WORDS;
  if (isShort && (OVER.test(copy) || CAME.test(copy)) && !OPEN.test(copy)) return 'over';
  return isAside(copy) ? 'aside' : null;
}

/** The wishes an order must be there for; the others may be asked by somebody who has none. */
const NEEDS_ORDER: readonly Intent[] = INTENTS.filter((intent) =>
  [1, 2, 3, 4].includes(INTENT_CATALOGUE[intent].priority),
);
const WISHES: readonly Intent[] = INTENTS.filter((intent) => ![0, 7].includes(INTENT_CATALOGUE[intent].priority));

/** Scores as they are, but for wishes that nobody has: those stay below every reply. Tier 0 is never lowered. */
export function withoutUnasked(scores: Scores, unasked: Unasked | null): Scores {
  if (unasked === null) return scores;
  const lowered = unasked === 'supposed' ? NEEDS_ORDER : WISHES;
  const capped = lowered.flatMap((intent) => {
    const score = scores[intent];
    return score === undefined ? [] : [[intent, Math.min(score, NO_REPLY)] as const];
  });
  return { ...scores, ...Object.fromEntries(capped) };
}
