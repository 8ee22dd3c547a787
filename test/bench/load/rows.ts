/** Messages to measure with: the shipped demo mix, over and over. */
import { readFileSync } from 'node:fs';
import { SHIPPED_SET } from '../../../local/demo/options.ts';
import { conversationOf, type MessageRow, parseRows } from '../../../local/demo/rows.ts';

/** The shipped rows in their order, repeated up to `count`; every round has its own conversations and customers. */
export function demoMix(count: number, shipped: readonly MessageRow[] = shippedRows()): MessageRow[] {
  return Array.from({ length: count }, (_, index) => {
    const row = shipped[index % shipped.length];
    if (row === undefined) throw new Error('the shipped set is empty');
    return inRound(row, Math.floor(index / shipped.length));
  });
}

/** Each row a conversation of its own, none dated: every message is a new one that nothing came before. */
export function lonelyMessages(count: number): MessageRow[] {
  return demoMix(count, lonelyRows());
}

/** Lonely ones for which the shipped set expects a route or a reply, and thereby marks on the ticket. */
export function routableMessages(count: number): MessageRow[] {
  const rows = lonelyRows().filter(({ expected }) => ['routed', 'replied'].includes(expected?.outcome ?? ''));
  return demoMix(count, rows);
}

/** Conversations of one message, dated ones with their orders included, for which the shipped set expects a reply. */
export function answerableMessages(count: number): MessageRow[] {
  const rows = shippedRows();
  const lonely = rows.filter((row) => rows.filter(isBeside(row)).length === 1);
  return demoMix(
    count,
    lonely.filter(({ expected }) => expected?.outcome === 'replied'),
  );
}

function lonelyRows(): readonly MessageRow[] {
  return shippedRows().filter((row, index, rows) => rows.findIndex(isBeside(row)) === index && !row.at);
}

function isBeside(row: MessageRow): (other: MessageRow) => boolean {
  return (other) => conversationOf(other) === conversationOf(row);
}

function shippedRows(): readonly MessageRow[] {
  return parseRows(readFileSync(SHIPPED_SET, 'utf8')).rows;
}

function inRound(row: MessageRow, round: number): MessageRow {
  const email = row.customer?.email;
  // The address stands in the order too, sometimes in other capitals: both must stay one customer.
  const own =
    typeof email === 'string'
      ? (JSON.parse(
          JSON.stringify(row).replace(new RegExp(email.replaceAll(/\W/g, '\\$&'), 'gi'), (spelt) =>
            spelt.replace('@', `+${round}@`),
          ),
        ) as MessageRow)
      : row;
  return { ...own, id: `${row.id}-${round}`, conversationId: `${conversationOf(row)}-${round}` };
}
