/** Runs message rows as `npm run demo` does, in this process and on a virtual clock. */
import { htmlToText } from 'html-to-text';
import type { AnyEvent } from '../../../events/define-event.ts';
import { type OutcomeRow, outcomeRow, type Seen } from '../../../local/demo/outcome-row.ts';
import { conversationOf } from '../../../local/demo/rows.ts';
import { customerMessage } from '../../../local/demo/run.ts';
import type { Row } from './rows.ts';
import { type SandboxChoreography, sandboxChoreography } from './shop.ts';

/** Nothing of a plain message takes longer: looks and parked attempts are over by then. */
const MOST_WAITING_MS = 30 * 60_000;
const BETWEEN_ROWS_MS = 2000;

export type RowRun = { readonly row: Row; readonly outcome: OutcomeRow };

/** Outcomes in the order of the rows; stop reading and nothing more is run. */
export async function* runRows(rows: readonly Row[]): AsyncGenerator<RowRun> {
  const shop = sandboxChoreography();
  const inbox = readerOf(shop);
  for (const group of groupsOf(rows)) {
    const roots: string[] = [];
    for (const row of group) {
      await write(shop, row);
      shop.functions.clock.advance(1);
    }
    for (const row of group) roots.push(await inbox.ring(conversationOf(row)));
    for (let waited = 0; waited < MOST_WAITING_MS && !inbox.areSettled(roots); waited += 5000) {
      await shop.functions.pass(5000);
    }
    for (const [index, row] of group.entries()) {
      const conversationId = conversationOf(row);
      const root = roots[index] ?? '';
      const settlement = { kind: 'own', trace: { root, facts: inbox.factsOf(root) } } as const;
      const seen = await seenIn(shop, conversationId);
      yield { row, outcome: outcomeRow({ id: row.id, conversationId, messageKey: null }, settlement, seen) };
    }
    await shop.functions.pass(BETWEEN_ROWS_MS);
  }
}

/** A row and the burst rows behind it: sent without waiting for one another. */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last && first && row.burst === true && conversationOf(first) === conversationOf(row)) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

async function write({ sandbox }: SandboxChoreography, row: Row): Promise<void> {
  await sandbox.customerWrites(customerMessage(row));
}

async function seenIn({ sandbox, reader }: SandboxChoreography, conversationId: string): Promise<Seen> {
  const lastReply = sandbox.outbox().findLast(({ ticketId }) => ticketId === conversationId)?.body ?? null;
  const ticket = await reader.ticket(conversationId);
  // As the customer reads it: e-mail leaves as HTML.
  return { ticketTags: ticket?.tags ?? [], replyText: lastReply && htmlToText(lastReply, { wordwrap: false }) };
}

/** Facts by the root they hang on, read once each. */
function readerOf({ functions }: SandboxChoreography) {
  const byRoot = new Map<string, AnyEvent[]>();
  const settled = new Set<string>();
  let read = 0;
  let lastRoot = '';

  function readOn(): void {
    for (; read < functions.bus.published.length; read += 1) {
      const entry = functions.bus.published[read];
      if (entry === undefined) continue;
      const fact = JSON.parse(entry.detail) as AnyEvent;
      const root = fact.metadata.rootEventId ?? fact.metadata.eventId;
      if (entry.detailType === 'MessageReceived') lastRoot = fact.metadata.eventId;
      if (entry.detailType === 'MessageSettled') settled.add(root);
      byRoot.set(root, [...(byRoot.get(root) ?? []), fact]);
    }
  }

  return {
    /** Fires the webhook of a conversation; returns the root of the message it became. */
    async ring(conversationId: string): Promise<string> {
      const answer = await functions.webhook({ ticket_id: conversationId, trigger: 'customer_message' });
      if (answer.statusCode !== 200) throw new Error(`webhook answered ${answer.statusCode}`);
      readOn();
      return lastRoot;
    },
    areSettled(roots: readonly string[]): boolean {
      readOn();
      return roots.every((root) => settled.has(root));
    },
    factsOf(root: string): readonly AnyEvent[] {
      readOn();
      return byRoot.get(root) ?? [];
    },
  };
}
