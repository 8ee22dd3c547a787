/** Spans in OTLP/JSON, the wire format of OpenTelemetry collectors (`POST /v1/traces`). Pure. */
import type { FinishedSpan } from './recorder.ts';

export type Resource = { readonly env: string; readonly release: string; readonly function: string };
type Attribute = { readonly key: string; readonly value: { readonly stringValue: string } };

const INTERNAL = 1;
/** Requests come in at the door, events at a consumer. */
const SERVER = 2;
const CONSUMER = 5;
const FAILED = 2;
const NANOSECONDS = 1_000_000;

export function otlpBody(spans: readonly FinishedSpan[], { env, release, function: name }: Resource): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: attributesOf({
            'service.name': `frontdesk-${name}`,
            'service.namespace': 'frontdesk',
            'service.version': release,
            'deployment.environment.name': env,
          }),
        },
        scopeSpans: [{ scope: { name: 'frontdesk' }, spans: spans.map((span) => spanOf(span, release)) }],
      },
    ],
  });
}

function spanOf(span: FinishedSpan, release: string): object {
  const startNanos = BigInt(Math.round(span.startMs)) * BigInt(NANOSECONDS);
  const endNanos = startNanos + BigInt(Math.round(span.durationMs * NANOSECONDS));
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== null && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.name === 'ingest' ? SERVER : span.name === 'consumer' ? CONSUMER : INTERNAL,
    startTimeUnixNano: String(startNanos),
    endTimeUnixNano: String(endNanos),
    attributes: attributesOf({ ...span.fields, trace_id: span.correlationId, release }),
    // Without a message: a foreign one could quote a customer.
    status: span.isFault ? { code: FAILED } : {},
  };
}

function attributesOf(fields: Readonly<Record<string, unknown>>): Attribute[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: { stringValue: String(value) } }],
  );
}
