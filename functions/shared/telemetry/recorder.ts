/** Spans as plain values, for whoever takes them: an OpenTelemetry collector, the log of one machine. Sends nothing itself. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionName } from '../../../events/words.ts';
import type { Clock, Ids } from '../ports.ts';
import type { SpanFields, Trace } from './doors.ts';
import type { SpanName } from './spans.ts';
import { readTraceparent, type TraceContext } from './traceparent.ts';

export type FinishedSpan = {
  readonly name: SpanName;
  readonly function: FunctionName;
  readonly traceId: string;
  readonly spanId: string;
  /** `null` of the span that began the trace. */
  readonly parentSpanId: string | null;
  /** Correlation id of the envelope; within an invocation all have the same. */
  readonly correlationId: string;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly fields: SpanFields;
  readonly isFault: boolean;
};

type Parts = {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly ids: Pick<Ids, 'hex'>;
  readonly functionName: FunctionName;
  readonly take: (span: FinishedSpan) => void;
};

/** A span without an origin, and outside of one that has, is run and not recorded. */
export function recordingTrace({ clock, ids, functionName, take }: Parts): Trace {
  const within = new AsyncLocalStorage<TraceContext & { readonly correlationId: string }>();
  return async (name, fields, run, origin) => {
    const parent = origin
      ? { ...readTraceparent(origin.traceparent), correlationId: origin.correlationId }
      : within.getStore();
    if (!parent?.isSampled) return run(() => {});
    const isRoot = origin?.isRoot === true;
    const spanId = isRoot ? parent.spanId : ids.hex(8);
    const startMs = clock.now();
    const began = clock.monotonic();
    let told: SpanFields = fields;
    let isFault = true;
    try {
      const value = await within.run({ ...parent, spanId }, () =>
        run((more) => {
          told = { ...told, ...more };
        }),
      );
      isFault = false;
      return value;
    } finally {
      take({
        name,
        function: functionName,
        traceId: parent.traceId,
        spanId,
        parentSpanId: isRoot ? null : parent.spanId,
        correlationId: parent.correlationId,
        startMs,
        durationMs: Math.max(0, clock.monotonic() - began),
        fields: told,
        isFault,
      });
    }
  };
}
