/** Which shipped messages stand for which path: each is played as a conversation of its own. */
import { readFileSync } from 'node:fs';
import type { MessagePath } from '../../../config/cost/counts.ts';
import { SHIPPED_SET } from '../../../local/demo/options.ts';
import { type MessageRow, parseRows } from '../../../local/demo/rows.ts';
import { demoMix } from '../load/rows.ts';

const EXAMPLES: Readonly<Record<MessagePath, string>> = {
  'tier-0': 't0-chargeback',
  'route-only': 'empty',
  unanswerable: 'photo-only',
  denied: 'social-damaged',
  'denied-order': 'no-created-at',
  'tier-1-reply': 'ask-where',
  'tier-2-reply': 's01-tracked',
  'tier-2-resolve': 'e01-standard',
};

/** A conversation of its own for each round: its ids and its customer are nobody else's. */
export function rowOf(path: MessagePath, round: number): MessageRow {
  const { rows } = parseRows(readFileSync(SHIPPED_SET, 'utf8'));
  const example = rows.find(({ id }) => id === EXAMPLES[path]);
  if (example === undefined) throw new Error(`the shipped set has no ${EXAMPLES[path]}`);
  const row = demoMix(round + 1, [example]).at(-1);
  if (row === undefined) throw new Error('no round');
  return row;
}
