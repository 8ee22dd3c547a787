/** Segments through Powertools' tracer. No payload and no error is captured: both could quote a customer. */
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { SpanFields, Trace, TraceOrigin } from './doors.ts';
import { readTraceparent, xrayTraceId } from './traceparent.ts';

/** @param inner  what else records the same spans */
export function powertoolsTrace(release: string, inner: Trace): Trace {
  const tracer = new Tracer({ serviceName: 'frontdesk', captureHTTPsRequests: false });
  return async (span, fields, run, origin) => {
    if (!tracer.isTracingEnabled()) return inner(span, fields, run, origin);
    if (origin) restore(tracer, origin);
    const outcome = tracer.provider.captureAsyncFunc(span, async (segment) => {
      const annotate = (told: SpanFields): void => {
        for (const [name, value] of Object.entries(told)) if (value != null) segment?.addAnnotation(name, value);
      };
      annotate(fields);
      if (origin) {
        segment?.addAnnotation('release', release);
        segment?.addAnnotation('trace_id', origin.correlationId);
      }
      try {
        return await inner(
          span,
          fields,
          (innerAnnotate) =>
            run((more) => {
              annotate(more);
              innerAnnotate(more);
            }),
          origin,
        );
      } catch (error) {
        segment?.addFaultFlag();
        throw error;
      } finally {
        segment?.close();
      }
    });
    return outcome as ReturnType<typeof run>;
  };
}

/**
 * EventBridge does not carry a trace to all who listen, so the envelope's stands in the place of the one that Lambda began: what is
 * opened from here on belongs to it, and whether it is sent follows from it.
 */
function restore(tracer: Tracer, { traceparent }: TraceOrigin): void {
  const lambda = tracer.getSegment();
  if (lambda === undefined || !('trace_id' in lambda)) return;
  const { traceId, spanId, isSampled } = readTraceparent(traceparent);
  lambda.trace_id = xrayTraceId(traceId);
  lambda.id = spanId;
  // The SDK asks whether the mark is there, and would send it on.
  if (isSampled) delete lambda.notTraced;
  else lambda.notTraced = true;
}
