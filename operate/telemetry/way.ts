/**
 * The way of a message as a tree: a fact, the functions that handled it, the steps within, the facts that they stated. Facts hang
 * on one another by causation, steps by their spans; where a function's span is not there, its facts hang on the fact itself. Pure.
 */
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Fact } from '../trail/trail.ts';
import type { Span } from './span-lines.ts';

export type Node = {
  readonly kind: 'fact' | 'span';
  readonly name: string;
  readonly function: string;
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  /** Since the way began. */
  readonly offsetMs: number;
  /** `null` of a fact: it happens at once. */
  readonly durationMs: number | null;
  readonly result: string | null;
  readonly children: readonly Node[];
};

export type Way = {
  readonly traceId: string;
  /** As the helpdesk writes it. */
  readonly conversationId: string | null;
  readonly channel: string | null;
  readonly beganAt: string;
  readonly durationMs: number;
  readonly facts: number;
  readonly spans: number;
  readonly roots: readonly Node[];
};

/** Of one correlation id. There is at least one fact or span. */
export function wayOf(traceId: string, facts: readonly Fact[], spans: readonly Span[]): Way {
  const starts = [
    ...facts.map(({ metadata }) => Date.parse(metadata.occurredAt)),
    ...spans.map(({ startMs }) => startMs),
  ];
  const began = Math.min(...starts);
  const ends = [...starts, ...spans.map(({ startMs, durationMs }) => startMs + durationMs)];
  const ids = new Set(facts.map(({ metadata }) => metadata.eventId));
  const spanIds = new Set(spans.map(({ spanId }) => spanId));

  const spanNode = (span: Span): Node => ({
    kind: 'span',
    name: span.name,
    function: span.function,
    id: span.spanId,
    at: new Date(span.startMs).toISOString(),
    offsetMs: span.startMs - began,
    durationMs: span.durationMs,
    result: span.fields.result ?? (span.isFault ? 'fault' : null),
    children: inOrder([
      ...spans.filter(({ parentSpanId, name }) => parentSpanId === span.spanId && name !== 'consumer').map(spanNode),
      ...facts.filter((fact) => statedIn(fact, spans)?.spanId === span.spanId).map(factNode),
    ]),
  });
  const factNode = ({ metadata }: Fact): Node => ({
    kind: 'fact',
    name: metadata.eventName,
    function: metadata.producer,
    id: metadata.eventId,
    at: metadata.occurredAt,
    offsetMs: Date.parse(metadata.occurredAt) - began,
    durationMs: null,
    result: null,
    children: inOrder([
      ...spans.filter(({ name, fields }) => name === 'consumer' && fields.event_id === metadata.eventId).map(spanNode),
      ...facts.filter((fact) => isCaused(fact, metadata.eventId) && statedIn(fact, spans) === null).map(factNode),
    ]),
  });

  const roots = [
    ...spans
      .filter(({ name, parentSpanId, fields }) =>
        name === 'consumer' ? !ids.has(fields.event_id ?? '') : parentSpanId === null || !spanIds.has(parentSpanId),
      )
      .map(spanNode),
    ...facts
      .filter((fact) => {
        const { eventId, causationId } = fact.metadata;
        return (causationId === eventId || !ids.has(causationId)) && statedIn(fact, spans) === null;
      })
      .map(factNode),
  ];
  const [first] = facts;
  const conversation =
    first?.metadata.conversationId ?? spans.find(({ fields }) => fields.ticket_id)?.fields.ticket_id ?? null;
  return {
    traceId,
    conversationId: conversation === null ? null : decodeVendorId(conversation),
    // A webhook does not say it: what follows has read the ticket.
    channel:
      facts.find(({ metadata }) => metadata.channel !== 'unknown')?.metadata.channel ?? first?.metadata.channel ?? null,
    beganAt: new Date(began).toISOString(),
    durationMs: Math.max(...ends) - began,
    facts: facts.length,
    spans: spans.length,
    roots: inOrder(roots),
  };
}

const isCaused = ({ metadata }: Fact, eventId: string): boolean =>
  metadata.causationId === eventId && metadata.eventId !== eventId;

/** The span of the function that stated it: the door's own for a root, else that of the event which it follows from. */
function statedIn({ metadata }: Fact, spans: readonly Span[]): Span | null {
  const { causationId, eventId, producer, occurredAt } = metadata;
  const isRoot = causationId === eventId;
  const of = spans.filter(
    (span) =>
      span.function === producer &&
      (isRoot ? span.name === 'ingest' : span.name === 'consumer' && span.fields.event_id === causationId),
  );
  const at = Date.parse(occurredAt);
  // One that was parked came back: the fact is of the run in which it was stated. Clocks tick in whole milliseconds.
  return of.find(({ startMs, durationMs }) => at >= startMs - 1 && at <= startMs + durationMs + 1) ?? of.at(-1) ?? null;
}

function inOrder(nodes: readonly Node[]): Node[] {
  return nodes.toSorted(
    (one, other) => one.offsetMs - other.offsetMs || Number(one.kind === 'fact') - Number(other.kind === 'fact'),
  );
}
