/** `logs`, `metrics` and `trace` as an operator types them, on a real instance and on the folder that it leaves. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { frontdesk, frontdeskJson, type RunningInstance, startedInstance } from '../instance/testing.ts';

const WAIT_MS = 60_000;
/** What comes last of a conversation that is answered. */
const LAST = ['pipeline.end_to_end_latency_ms', 'responder.reply_sent_total', 'AWS/Lambda/Duration'];
const SECRET_WORD = 'Zebulon';

let running: RunningInstance;
let conversationId: string;
const run = (...args: readonly string[]) => frontdesk(running.data, ...args);
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);

async function areKept(names: readonly string[]): Promise<boolean> {
  const { value } = await json('metrics');
  return names.every((name) => value.metrics.some((metric: { name: string }) => metric.name === name));
}

beforeAll(async () => {
  running = await startedInstance();
  const { value } = await json('say', `where is my order? ${SECRET_WORD}`, '--conversation', 'conv-observe-1');
  conversationId = value.conversationId;
  // Series are written every few seconds.
  const until = performance.now() + WAIT_MS;
  while (!(await areKept(LAST)) && performance.now() < until) await sleep(1_000);
}, 3 * WAIT_MS);
afterAll(async () => {
  await running.stop();
  running.remove();
});

describe('logs', () => {
  it('tells what happened to a ticket, every line with its trace', async () => {
    const { code, value } = await json('logs', '--ticket', conversationId, '--since', '-1h');
    expect(code).toBe(0);
    expect(value.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining([
        'ingress.publish.success',
        'policy.decision.made',
        'vendor.richpanel.message.send.success',
      ]),
    );
    expect(new Set(value.map(({ trace_id }: { trace_id: string }) => trace_id)).size).toBe(1);
    expect(value[0].trace_id).toMatch(/^trc_/);
  });

  it('keeps to an event, all below it, and a level', async () => {
    const { value } = await json('logs', '--event', 'vendor.richpanel', '--since', '-1h');
    expect(value.length).toBeGreaterThan(0);
    expect(value.every(({ event }: { event: string }) => event.startsWith('vendor.richpanel.'))).toBe(true);
    const { out, err } = await run('logs', '--event', 'policy.decision.made');
    expect(err).toMatch(/^Times in \w+\/\w+\.$/m);
    expect(out).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} INFO {2}classify +policy\.decision\.made .*intent=order_status_tracking/m,
    );
    expect((await json('logs', '--level', 'ERROR', '--event', 'policy.decision.made')).value).toEqual([]);
  });

  it('refuses a name that no line can have, and an endless JSON value', async () => {
    expect(await run('logs', '--event', 'nonsense')).toMatchObject({
      code: 2,
      err: expect.stringContaining('docs/telemetry.md lists them'),
    });
    expect(await run('--json', 'logs', '--follow')).toMatchObject({ code: 2 });
    expect(await run('logs', '--since', 'yesterday')).toMatchObject({ code: 2 });
  });

  it(
    'goes on with what comes, until it is ended',
    async () => {
      const child = spawn(process.execPath, [
        join(ROOT, 'bin/frontdesk.js'),
        ...['--data', running.data, 'logs', '--follow', '--ticket', 'conv-observe-2'],
      ]);
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      await json('say', 'My lamp arrived broken.', '--conversation', 'conv-observe-2');
      const until = performance.now() + WAIT_MS;
      while (!out.includes('policy.decision.made') && performance.now() < until) await sleep(100);
      child.kill('SIGINT');
      expect(await ended).toBe(0);
      expect(out).toContain('policy.decision.made');
      expect(out).not.toContain('conv-observe-1');
    },
    2 * WAIT_MS,
  );
});

describe('metrics', () => {
  it('begins where what is kept begins', async () => {
    const { value } = await json('metrics', '--since', '-3d');
    expect(Date.now() - Date.parse(value.since)).toBeLessThan(26 * 3_600_000);
  });

  it('lists what has a value, of the functions and of the platform', async () => {
    const { code, value } = await json('metrics');
    expect(code).toBe(0);
    const names = value.metrics.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'ingress.requests_total',
        'consumer.event_lag_ms',
        'pipeline.end_to_end_latency_ms',
        'responder.reply_sent_total',
        'AWS/Lambda/Duration',
        'AWS/Events/Invocations',
        'AWS/SQS/ApproximateNumberOfMessagesVisible',
        'AWS/ApiGateway/Count',
      ]),
    );
  });

  it('shows one, by the values of its dimension', async () => {
    const { value } = await json('metrics', 'ingress.requests_total', '--by', 'result');
    expect(value).toMatchObject({ name: 'ingress.requests_total', kind: 'count', unit: 'Count' });
    const [accepted] = value.series;
    expect(accepted).toMatchObject({ dimensions: { env: 'local', result: 'accepted' } });
    expect(accepted.sum).toBeGreaterThanOrEqual(1);
    const { out } = await run('metrics', 'consumer.event_lag_ms', '--by', 'function');
    expect(out).toMatch(/^classify +– +\d+ +\d+ .*[▁▂▃▄▅▆▇█]/m);
  });

  it('names what is wrong with a question', async () => {
    expect(await run('metrics', 'nonsense.total')).toMatchObject({ code: 2 });
    expect(await run('metrics', 'ingress.requests_total', '--by', 'channel')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not told apart by channel'),
    });
    expect(await run('metrics', 'redaction.failed_total')).toMatchObject({ code: 1 });
    expect(await run('metrics', '--by', 'function')).toMatchObject({ code: 2 });
  });
});

describe('trace', () => {
  it('is the same way by ticket and by trace id, from the door to the end', async () => {
    const { code, value } = await json('trace', conversationId);
    expect(code).toBe(0);
    const [way] = value.traces;
    expect(way).toMatchObject({ conversationId, roots: [{ name: 'ingest', result: 'accepted' }] });
    expect(way.spans).toBeGreaterThan(10);
    expect((await json('trace', way.traceId)).value).toEqual(value);
    const { out } = await run('trace', conversationId);
    expect(out).toMatch(/◆ MessageReceived/);
    expect(out).toMatch(/responder\.send {2}\d+ ms/);
    expect(out).toMatch(/◆ MessageSettled/);
  });

  it('says that it knows nothing under an id', async () => {
    expect(await run('trace', 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W')).toMatchObject({ code: 1 });
    expect(await run('trace', 'nobody')).toMatchObject({ code: 1 });
  });
});

describe('the folder', () => {
  it('holds no word of the customer in any of it, and answers when nothing runs', async () => {
    const { value: before } = await json('metrics', 'responder.reply_sent_total', '--since', '-1h');
    await running.stop();
    for (const name of ['functions.log', 'metrics.log', 'traces.log']) {
      const file = join(running.data, name);
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, 'utf8')).not.toContain(SECRET_WORD);
    }
    const { value } = await json('metrics', 'responder.reply_sent_total', '--since', '-1h');
    expect(value.series[0].sum).toBeGreaterThanOrEqual(before.series[0].sum);
    expect((await json('logs', '--ticket', conversationId)).value.length).toBeGreaterThan(0);
    expect((await json('trace', conversationId)).value.traces).toHaveLength(1);
    expect(await run('logs', '--follow')).toMatchObject({ code: 1, err: expect.stringContaining('not running') });
  });
});
