/** Spans as values: whose child each is, what it says, and who is asked to take it (platform §6.6). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { memoryClock } from '../clock/memory.ts';
import { seededIds } from '../ids/memory.ts';
import { otlpSink } from './live-otlp.ts';
import { otlpBody } from './otlp.ts';
import { type FinishedSpan, recordingTrace } from './recorder.ts';
import { readTraceparent, xrayTraceId } from './traceparent.ts';

const START = Date.UTC(2026, 0, 15, 12);
const TRACE = '6967f0c0d1e2f3a4b5c6d7e8f9010203';
const PARENT = 'a1b2c3d4e5f60718';
const origin = (flags = '01') => ({ traceparent: `00-${TRACE}-${PARENT}-${flags}`, correlationId: 'trc_1' });

function setUp() {
  const clock = memoryClock(START);
  const spans: FinishedSpan[] = [];
  const take = (span: FinishedSpan) => void spans.push(span);
  return { clock, spans, trace: recordingTrace({ clock, ids: seededIds(1), functionName: 'verify', take }) };
}

describe('a span', () => {
  it('goes on from the envelope, has what is told at its end, and holds the spans within', async () => {
    const { clock, spans, trace } = setUp();
    await trace(
      'consumer',
      { ticket_id: 't-1', event: 'OrderMatched' },
      async (annotate) => {
        await trace('verify.gates', {}, async () => clock.advance(40));
        clock.advance(2);
        annotate({ result: 'retry' });
      },
      origin(),
    );
    const [gates, whole] = spans;
    expect(whole).toEqual({
      name: 'consumer',
      function: 'verify',
      traceId: TRACE,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentSpanId: PARENT,
      correlationId: 'trc_1',
      startMs: START,
      durationMs: 42,
      fields: { ticket_id: 't-1', event: 'OrderMatched', result: 'retry' },
      isFault: false,
    });
    expect(gates).toMatchObject({ traceId: TRACE, parentSpanId: whole?.spanId, durationMs: 40 });
  });

  it('of the door is the one that the traceparent names', async () => {
    const { spans, trace } = setUp();
    await trace('ingest', {}, async () => {}, { ...origin(), isRoot: true });
    expect(spans).toMatchObject([{ spanId: PARENT, parentSpanId: null }]);
  });

  it('that fails is a fault, without a word of why, and lets the error through', async () => {
    const { spans, trace } = setUp();
    const failing = trace('consumer', {}, () => Promise.reject(new Error('nora@mail.test')), origin());
    await expect(failing).rejects.toThrow('nora');
    expect(spans).toMatchObject([{ isFault: true }]);
    expect(JSON.stringify(spans)).not.toContain('nora');
  });

  it('is not recorded where the way is not traced, or nobody said whose way it is', async () => {
    const { spans, trace } = setUp();
    expect(await trace('consumer', {}, async () => trace('verify.llm', {}, async () => 7), origin('00'))).toBe(7);
    expect(await trace('verify.llm', {}, async () => 8)).toBe(8);
    expect(spans).toEqual([]);
  });

  it('keeps to its own way while another is handled beside it', async () => {
    const { spans, trace } = setUp();
    const other = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, correlationId: 'trc_2' };
    const handled = (from: typeof other) =>
      trace('consumer', {}, async () => trace('verify.llm', {}, async () => {}), from);
    await Promise.all([handled(origin()), handled(other)]);
    const within = spans.filter(({ name }) => name === 'verify.llm');
    expect(within.map(({ correlationId, traceId }) => [correlationId, traceId]).sort()).toEqual([
      ['trc_1', TRACE],
      ['trc_2', '1'.repeat(32)],
    ]);
  });
});

describe('the trace context', () => {
  it('is read as W3C writes it, and written as X-Ray does', () => {
    expect(readTraceparent(origin('00').traceparent)).toEqual({ traceId: TRACE, spanId: PARENT, isSampled: false });
    expect(readTraceparent(origin('03').traceparent).isSampled).toBe(true);
    expect(xrayTraceId(TRACE)).toBe('1-6967f0c0-d1e2f3a4b5c6d7e8f9010203');
  });
});

const RESOURCE = { env: 'local', release: '0.1.0', function: 'verify' };
const SPAN: FinishedSpan = {
  name: 'verify.llm',
  function: 'verify',
  traceId: TRACE,
  spanId: '00000000000000aa',
  parentSpanId: PARENT,
  correlationId: 'trc_1',
  startMs: START,
  durationMs: 12.5,
  fields: { ticket_id: null, tier: 2 },
  isFault: true,
};

describe('OTLP', () => {
  it('is the JSON that collectors take: nanoseconds as text, absent fields left out', () => {
    expect(JSON.parse(otlpBody([SPAN], RESOURCE))).toEqual({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'frontdesk-verify' } },
              { key: 'service.namespace', value: { stringValue: 'frontdesk' } },
              { key: 'service.version', value: { stringValue: '0.1.0' } },
              { key: 'deployment.environment.name', value: { stringValue: 'local' } },
            ],
          },
          scopeSpans: [
            {
              scope: { name: 'frontdesk' },
              spans: [
                {
                  traceId: TRACE,
                  spanId: '00000000000000aa',
                  parentSpanId: PARENT,
                  name: 'verify.llm',
                  kind: 1,
                  startTimeUnixNano: '1768478400000000000',
                  endTimeUnixNano: '1768478400012500000',
                  attributes: [
                    { key: 'tier', value: { stringValue: '2' } },
                    { key: 'trace_id', value: { stringValue: 'trc_1' } },
                    { key: 'release', value: { stringValue: '0.1.0' } },
                  ],
                  status: { code: 2 },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  /** A collector that answers so; `null` never does. */
  async function collector(status: number | null) {
    const seen: { path: string; type: string | undefined; spans: number }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += String(piece);
      const { resourceSpans } = JSON.parse(body);
      seen.push({
        path: request.url ?? '',
        type: request.headers['content-type'],
        spans: resourceSpans[0].scopeSpans[0].spans.length,
      });
      if (status !== null) response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { seen, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('posts what an invocation recorded once, at its end, and nothing where nothing was', async () => {
    const { seen, close, url } = await collector(200);
    const sink = otlpSink(url, RESOURCE, () => 0);
    await sink.flush();
    sink.take(SPAN);
    sink.take(SPAN);
    await sink.flush();
    await sink.flush();
    close();
    expect(seen).toEqual([{ path: '/v1/traces', type: 'application/json', spans: 2 }]);
  });

  it.each([
    { what: 'answers 500', status: 500 },
    { what: 'sends us elsewhere', status: 307 },
    { what: 'never answers', status: null },
  ])('leaves a collector that $what alone for a minute, and fails nobody', async ({ status }) => {
    const { seen, close, url } = await collector(status);
    let now = 0;
    const sink = otlpSink(`${url}/`, RESOURCE, () => now);
    const send = async () => {
      sink.take(SPAN);
      await sink.flush();
      now += 30_000;
    };
    await send();
    await send();
    expect(seen).toHaveLength(1);
    await send();
    close();
    expect(seen).toHaveLength(2);
  });

  it('fails nobody where no collector is', async () => {
    const { close, url } = await collector(200);
    close();
    const sink = otlpSink(url, RESOURCE, () => 0);
    sink.take(SPAN);
    await expect(sink.flush()).resolves.toBeUndefined();
  });
});
