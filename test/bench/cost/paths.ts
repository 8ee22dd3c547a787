/** Which shipped messages stand for which path: each is played as a conversation of its own, with what came before it. */
import { readFileSync } from 'node:fs';
import type { MessagePath } from '../../../config/cost/counts.ts';
import { SHIPPED_SET } from '../../../local/demo/options.ts';
import { conversationOf, type MessageRow, parseRows } from '../../../local/demo/rows.ts';
import { demoMix } from '../load/rows.ts';

const EXAMPLES: Readonly<Record<MessagePath, string>> = {
  'tier-0': 't0-chargeback',
  'route-only': 'empty',
  unanswerable: 'photo-only',
  denied: 'no-created-at',
  'tier-1-reply': 'ask-where',
  'tier-2-reply': 's01-tracked',
  'tier-2-resolve': 'e01-standard',
};

/** What a customer writes, the counted message last: its ids and its customer are nobody else's in any other round. */
export function conversationFor(path: MessagePath, round: number): MessageRow[] {
  const { rows } = parseRows(readFileSync(SHIPPED_SET, 'utf8'));
  const at = rows.findIndex(({ id }) => id === EXAMPLES[path]);
  const example = rows[at];
  if (example === undefined) throw new Error(`the shipped set has no ${EXAMPLES[path]}`);
  const conversation = rows.slice(0, at + 1).filter((row) => conversationOf(row) === conversationOf(example));
  // The last round of as many as it takes.
  return demoMix((round + 1) * conversation.length, conversation).slice(-conversation.length);
}
