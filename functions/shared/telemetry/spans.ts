/** Every span there is, declared once (platform §6.6). A span has a name, a duration and codes; never text. */
import type { DeployedFunction } from '../function-settings.ts';

export type SpanDeclaration = { readonly from: readonly DeployedFunction[]; readonly meaning: string };

const span = (from: SpanDeclaration['from'], meaning: string): SpanDeclaration => ({ from, meaning });

const CONSUMERS = [
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
] as const;

export const SPANS = {
  ingest: span(['ingest'], 'One webhook, from the request to the answer.'),
  consumer: span(CONSUMERS, 'One event in one function; the other spans of the function lie within.'),
  'ingest.validate': span(['ingest'], 'Authentication, content type, size, JSON and fields of the webhook.'),
  'ingest.publish': span(['ingest'], 'Record put, fact published.'),
  'classify.fetch_context': span(['classify'], 'The ticket is read.'),
  'classify.llm': span(['classify'], 'The classifier is asked, model or embedded.'),
  'classify.policy': span(['classify'], 'The decision is made.'),
  'order_lookup.fetch': span(['order-lookup'], 'The order is looked for.'),
  'verify.gates': span(['verify'], 'What the gates look at is gathered, and judged.'),
  'verify.llm': span(['verify'], 'The verifier is asked, model or embedded.'),
  'responder.flags': span(['responder-reply'], 'Flags and standing read fresh: the last await before a send.'),
  'responder.claim': span(['responder-reply'], 'The one claim on the reply.'),
  'responder.tags': span(['responder-route', 'responder-reply', 'responder-settle'], 'Tags and team written.'),
  'responder.send': span(['responder-reply'], 'The message sent.'),
  'auditor.write': span(['auditor'], 'The record of the trail put.'),
} as const satisfies Readonly<Record<string, SpanDeclaration>>;

export type SpanName = keyof typeof SPANS;
