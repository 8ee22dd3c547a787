/** Closed lists whose members can be mistaken for one another: an edit swaps a word with another of its kind. */
import {
  DECISION_ROWS,
  GATE_IDS,
  ORDER_GAPS,
  ORDER_STATES,
  SCREEN_FAMILIES,
  SHIPPING_BUCKETS,
  STAGES,
  STATUS_LABELS,
} from '../../../events/decision.ts';
import { CHANNELS, INTENTS, REASON_CODES, TEAMS, TEMPLATE_IDS } from '../../../events/words.ts';

const LISTS: readonly (readonly string[])[] = [
  INTENTS,
  TEAMS,
  TEMPLATE_IDS,
  CHANNELS,
  REASON_CODES,
  STAGES,
  SCREEN_FAMILIES,
  ORDER_STATES,
  STATUS_LABELS,
  SHIPPING_BUCKETS,
  ORDER_GAPS,
  GATE_IDS,
  DECISION_ROWS,
  ['none', 'weak', 'strong'],
  ['high', 'weak'],
  ['yes', 'no', 'unknown'],
  ['true', 'false', 'unknown'],
  ['pass', 'block', 'downgrade', 'n/a'],
  ['sentence', 'text'],
  ['now', 'afterReply'],
  ['unlinked', 'multiple', 'missing_context'],
];

/** The next and the next but one of each list that the word stands in; empty for a word of no list. */
export function siblingsOf(word: string): readonly string[] {
  const others = LISTS.flatMap((list) => {
    const at = list.indexOf(word);
    return at < 0 ? [] : [list[(at + 1) % list.length], list[(at + 2) % list.length]];
  });
  return [...new Set(others)].filter((other) => other !== undefined && other !== word) as string[];
}
