/** Spans as the functions wrote them, from the data folder. */
import { join } from 'node:path';
import * as v from 'valibot';
import { SPAN_KEY } from '../../functions/shared/telemetry/live-span-lines.ts';
import { TRACES_FILE } from '../../local/telemetry/collect.ts';
import { jsonOf, lineReader } from './lines.ts';

const Span = v.object({
  name: v.string(),
  function: v.string(),
  traceId: v.string(),
  spanId: v.string(),
  parentSpanId: v.nullable(v.string()),
  correlationId: v.string(),
  startMs: v.number(),
  durationMs: v.number(),
  fields: v.object({
    ticket_id: v.optional(v.nullable(v.string())),
    event: v.optional(v.string()),
    event_id: v.optional(v.string()),
    result: v.optional(v.string()),
  }),
  isFault: v.boolean(),
});
export type Span = v.InferOutput<typeof Span>;

/** Those of these traces. A line that names none of them is not even parsed: most of a file of 32 MB. */
export function readSpans(dataDir: string, traceIds: readonly string[]): Span[] {
  return lineReader(join(dataDir, TRACES_FILE))().flatMap((text) => {
    if (!traceIds.some((id) => text.includes(id))) return [];
    const line = jsonOf(text);
    const read = v.safeParse(Span, (line as Readonly<Record<string, unknown>> | null)?.[SPAN_KEY]);
    return read.success && traceIds.includes(read.output.correlationId) ? [read.output] : [];
  });
}
