/** Every span there is, declared once; what it measures is in words.ts (platform §6.6). A span has a name, times and codes; never text. */
export const SPAN_NAMES = [
  'ingest',
  'consumer',
  'ingest.validate',
  'ingest.publish',
  'classify.fetch_context',
  'classify.llm',
  'classify.policy',
  'order_lookup.fetch',
  'verify.gates',
  'verify.llm',
  'responder.flags',
  'responder.claim',
  'responder.tags',
  'responder.send',
  'auditor.write',
] as const;
export type SpanName = (typeof SPAN_NAMES)[number];
