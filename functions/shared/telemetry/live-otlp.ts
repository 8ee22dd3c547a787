/** Posts spans to an OpenTelemetry collector at the end of an invocation. Never fails, never holds a function up for long. */
import { otlpBody, type Resource } from './otlp.ts';
import type { FinishedSpan } from './recorder.ts';

export type SpanSink = { take(span: FinishedSpan): void; flush(): Promise<void> };

/** A collector within reach answers in a few milliseconds. */
const WITHIN_MS = 500;
/** One that failed is left alone for so long. */
const APART_MS = 60_000;
/** Of one invocation; more are dropped. */
const MOST_SPANS = 200;

/**
 * @param endpoint  origin of the collector; nothing is sent anywhere else, and no redirect is followed
 * @param monotonic  milliseconds
 */
export function otlpSink(endpoint: string, resource: Resource, monotonic: () => number): SpanSink {
  const url = `${endpoint}${endpoint.endsWith('/') ? '' : '/'}v1/traces`;
  let spans: FinishedSpan[] = [];
  let apartUntil = Number.NEGATIVE_INFINITY;
  return {
    take(span) {
      if (spans.length < MOST_SPANS) spans.push(span);
    },
    async flush() {
      const finished = spans;
      spans = [];
      if (finished.length === 0 || monotonic() < apartUntil) return;
      if (!(await isPosted(url, otlpBody(finished, resource)))) apartUntil = monotonic() + APART_MS;
    },
  };
}

async function isPosted(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
