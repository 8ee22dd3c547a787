/** What would have been done, message by message, with the gates that objected. */

import type { AnyEvent } from '../../events/define-event.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { createPaths, type Path } from '../../local/view/paths.ts';
import { table } from '../table.ts';
import { eventId } from '../trail/ids.ts';

export type ShadowRow = {
  readonly conversationId: string;
  readonly ticket: number | null;
  readonly receivedAt: string;
  readonly channel: string;
  readonly outcome: string | null;
  readonly intent: string | null;
  /** Where it would be routed to. */
  readonly team: string | null;
  /** What would be sent; `null` where no reply would be. */
  readonly wouldReply: string | null;
  /** `G27 shadow_mode`, in gate order. */
  readonly gates: readonly string[];
};
export type ShadowReport = {
  readonly messages: number;
  readonly wouldReply: number;
  readonly wouldRoute: number;
  readonly rows: readonly ShadowRow[];
};

const MOST_ROWS = 10_000;

/** From facts in the order in which they came about. */
export function reportOfFacts(facts: readonly AnyEvent[]): ShadowReport {
  const paths = createPaths(MOST_ROWS);
  for (const fact of facts) paths.hear(fact);
  return reportOf(paths.recent().toReversed(), () => null);
}

/** @param numberOf  ticket number of a conversation, by the helpdesk's own spelling of its id */
export function reportOf(paths: readonly Path[], numberOf: (id: string) => number | null): ShadowReport {
  const rows = paths.map((path): ShadowRow => {
    const conversationId = decodeVendorId(path.conversationId);
    return {
      conversationId,
      ticket: numberOf(conversationId),
      receivedAt: path.receivedAt,
      channel: path.channel,
      outcome: path.outcome,
      intent: path.intent,
      team: path.team,
      wouldReply: path.template ?? path.wouldSend,
      gates: path.objections,
    };
  });
  return {
    messages: rows.length,
    wouldReply: rows.filter(({ wouldReply }) => wouldReply !== null).length,
    wouldRoute: rows.filter(({ team }) => team !== null).length,
    rows,
  };
}

export function shadowText({ messages, wouldReply, wouldRoute, rows }: ShadowReport): string {
  if (messages === 0) return 'No message has been decided yet.';
  const shown = rows.map((row) => [
    row.ticket === null ? (eventId(row.conversationId) ?? row.conversationId) : `#${row.ticket}`,
    row.channel,
    row.intent ?? '',
    row.team ?? '',
    row.wouldReply ?? 'no reply',
    row.gates.join(', '),
  ]);
  return [
    table(['ticket', 'channel', 'intent', 'would go to', 'would be sent', 'gates that objected'], shown),
    `${messages} messages: ${wouldRoute} would be routed, ${wouldReply} would be answered. Nothing was written.`,
  ].join('\n');
}
