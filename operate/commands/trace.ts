/** `trace ID`: the way of a message through the functions, from the audit trail and the spans; works without a running instance. */
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { openTables, type Tables } from '../instance/tables.ts';
import { businessZone } from '../shop.ts';
import { readSpans, type Span } from '../telemetry/span-lines.ts';
import { type Way, wayOf } from '../telemetry/way.ts';
import { wayText } from '../telemetry/way-text.ts';
import { findTicket } from '../trail/find.ts';
import { type Fact, RECORDS_ONLY, readTrail } from '../trail/trail.ts';

const TRACE = /^trc_[0-9A-HJKMNP-TV-Z]{26}$/;

/** @param id  conversation id, ticket number or message key; or the trace id that every line and every envelope has */
export async function trace(context: Context, id: string): Promise<Answer> {
  const tables = await openTables(context);
  try {
    const given = id.trim();
    const ways = TRACE.test(given)
      ? await waysOfTrace(context, tables, given)
      : await waysOfTicket(context, tables, given);
    if (ways.length === 0)
      throw new Failure(
        'unknown_trace',
        'neither the audit trail nor the spans hold anything under this id',
        'give a conversation id, a ticket number, a message id or a trace id (trc_…); a new message takes a moment to appear',
      );
    const zone = businessZone(context.variables);
    return { value: { traces: ways }, text: ways.map((way) => wayText(way, zone)).join('\n\n') };
  } finally {
    await tables.close();
  }
}

async function waysOfTicket(
  context: Context,
  tables: Awaited<ReturnType<typeof openTables>>,
  id: string,
): Promise<Way[]> {
  const found = await findTicket(context, tables, id);
  if (found === null) return [];
  const facts = Map.groupBy(found.facts, ({ metadata }) => metadata.correlationId);
  const spans = Map.groupBy(readSpans(context.dataDir, [...facts.keys()]), ({ correlationId }) => correlationId);
  return [...facts].map(([traceId, ofTrace]) => wayOf(traceId, ofTrace, spans.get(traceId) ?? []));
}

async function waysOfTrace(context: Context, tables: Tables, traceId: string): Promise<Way[]> {
  const spans = readSpans(context.dataDir, [traceId]);
  const facts = await factsOf(tables, traceId, spans);
  return facts.length + spans.length === 0 ? [] : [wayOf(traceId, facts, spans)];
}

/** The spans say which ticket it is; where none is kept any more, the whole trail is walked: for a person's question. */
async function factsOf(tables: Tables, traceId: string, spans: readonly Span[]): Promise<Fact[]> {
  const isOfTrace = ({ metadata }: Fact): boolean => metadata.correlationId === traceId;
  const conversationId = spans.find(({ fields }) => fields.ticket_id)?.fields.ticket_id;
  if (conversationId) return (await readTrail(tables, conversationId)).filter(isOfTrace);
  const question = {
    FilterExpression: `${RECORDS_ONLY.FilterExpression} AND contains(envelope, :t)`,
    ExpressionAttributeValues: { ':t': { S: traceId } },
  };
  for await (const item of tables.scan('audit_trail', question)) {
    const { metadata } = JSON.parse(String(item.envelope)) as Fact;
    if (metadata.correlationId === traceId && metadata.conversationId !== null)
      return (await readTrail(tables, metadata.conversationId)).filter(isOfTrace);
  }
  return [];
}
