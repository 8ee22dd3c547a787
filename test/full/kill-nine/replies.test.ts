import { describe, expect, it } from 'vitest';
import type { Item } from '../../../functions/shared/store/language.ts';
import { doubled, unaccounted } from './replies.ts';

/** `c` a customer's comment, `r` a reply that the customer received, `o` another operator's comment. */
function shown(id: string, way: string) {
  const comments = [...way].map((kind, index) => ({ id: `${id}:${index}`, is_operator: kind !== 'c' }));
  const outbox = comments
    .filter((_, index) => way[index] === 'r')
    .map(({ id: commentId }) => ({ ticketId: id, commentId }));
  return { ticket: { id, comments }, outbox };
}

describe('doubled', () => {
  it.each([
    { way: 'c', isDoubled: false },
    { way: 'cr', isDoubled: false },
    { way: 'ccrcr', isDoubled: false },
    { way: 'cror', isDoubled: true },
    { way: 'crr', isDoubled: true },
    { way: 'ccrr', isDoubled: true },
    { way: 'r', isDoubled: true },
  ])('$way → $isDoubled', ({ way, isDoubled }) => {
    const { ticket, outbox } = shown('t1', way);
    expect(doubled([ticket], outbox)).toEqual(isDoubled ? ['t1'] : []);
  });
});

describe('unaccounted', () => {
  it.each([
    { received: 1, actions: ['DONE'], isWrong: false },
    { received: 1, actions: ['UNKNOWN'], isWrong: false },
    { received: 0, actions: ['UNKNOWN', 'FAILED'], isWrong: false },
    { received: 0, actions: ['DONE'], isWrong: true },
    { received: 1, actions: ['FAILED'], isWrong: true },
    { received: 1, actions: [], isWrong: true },
    { received: 2, actions: ['DONE'], isWrong: true },
  ])('$received received, $actions in the ledger → $isWrong', ({ received, actions, isWrong }) => {
    const { outbox } = shown('t1', 'r'.repeat(received));
    const ledger = new Map<string, Item>(
      actions.map((status, index) => [`act:rp_reply:t1:${index}`, { status, conversation_id: 't1' }]),
    );
    expect(unaccounted(ledger, outbox)).toEqual(isWrong ? ['t1'] : []);
  });
});
