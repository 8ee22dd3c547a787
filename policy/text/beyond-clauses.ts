/** A question or wish beside an order question that no rule knows: whatever it wants, a status is no answer to it (decisions §4). */
import { INTENT_CATALOGUE } from '../intents.ts';
import { PLAIN_WORDS } from './beyond-plain-words.ts';
import { keywordHits } from './keywords.ts';
import { plainCopy } from './normalise.ts';

const ORDER_CLASS = 4;
/** In a long letter most clauses are its story; in a short message each one is there for a reason. */
const MOST_WORDS = 40;
const JOINTS = /[.!?;:,\n()–—]+|\s-+\s|\s(?:and|but|also|plus|or|so|because|if|unless|otherwise|y|pero|o|si)\s/u;
const GREETING = /^(?:hi|hello|hey|dear|good|thanks|thank|regards|cheers|hola)\b/u;
/** The purchase itself: what was bought may have any name. */
const BOUGHT = /(?<!\p{L})(?:i|we|ive|weve) (?:\p{L}+ )?(?:ordered|bought|purchased|order|placed|paid)(?!\p{L})/u;
const PLACEHOLDER = /\[[a-z_]+\]|#?\d[\d\w./#-]*/gu;

/** How a question, a wish or an order begins; a statement beside an order question is mostly its story. */
const OPENER =
  /^(?:(?:please|pls|plz|kindly|just|also|then|now|next time|by the way|btw|oh|ok|yes|lol) )*(?:(?:can|could|may|would|will|shall|should) (?:i|we|you|u|it|they|he|she|someone|somebody|the|my)|(?:i|we) (?:also |really |just |still |do )?(?:need|want|wish|would like|would love|demand)(?!\p{L})|id (?:also |really )?(?:like|love)|(?:do|does|did|is|are|was|have|has) (?:i|we|you|u|ya|it|this|that|they|he|she|there|the|my|your|these|those|someone|anyone|anybody|any)(?!\p{L})|(?:whats|what|which|how|hows|who|whos|why|whose) |(?:please|pls|plz|kindly) |(?:add|ask|attach|bill|bring|buy|call|cancel|change|charge|combine|donate|drop|email|enclose|explain|fix|give|hand|have|include|knock|leave|let|mail|make|move|notify|pack|phone|print|put|refund|remove|replace|return|ring|send|ship|sign|skip|split|stop|switch|take|tell|throw|transfer|turn|upgrade|use|wait|wrap|write)(?: |$))/u;

const wordsOf = (clause: string): string[] => clause.replace(PLACEHOLDER, ' ').match(/\p{L}+/gu) ?? [];

function isExplained(clause: string): boolean {
  const unknown = wordsOf(clause).filter((word) => word.length > 1 && !PLAIN_WORDS.has(word));
  if (unknown.length === 0) return true;
  if (wordsOf(clause).length === 1) return true; // a name, an exclamation
  if (GREETING.test(clause) && wordsOf(clause).length <= 4) return true;
  return (
    BOUGHT.test(clause) || keywordHits(clause).some(({ intent }) => INTENT_CATALOGUE[intent].priority === ORDER_CLASS)
  );
}

/** True when a short message has a wish or question that neither names the order nor consists of plain words. */
export function wantsUnknown(text: string): boolean {
  const copy = plainCopy(text);
  return wordsOf(copy).length <= MOST_WORDS && unknownWishes(copy).length > 0;
}

export function unknownWishes(copy: string): string[] {
  return copy
    .split(JOINTS)
    .map((clause) => clause.trim())
    .filter((clause) => OPENER.test(clause) && !isExplained(clause));
}
