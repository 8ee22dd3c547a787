import { getPriority } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../events/words.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import { openDatabase } from '../aws/database.ts';
import { startAwsServer } from '../aws/server.ts';
import { createSsm } from '../aws/ssm/ssm.ts';
import type { InvocationResult } from './contract.ts';
import { hostEnvironment } from './environment.ts';
import type { FunctionHost, HostOptions } from './host.ts';
import { startHost } from './host.ts';

const spec = (name: FunctionName, options: Partial<FunctionSpec> = {}): FunctionSpec => ({
  name,
  entry: 'local/host/testdata/behaviours.ts',
  timeoutSeconds: 30,
  memoryMb: 128,
  reservedConcurrency: null,
  async: { retries: 2, maxAgeSeconds: 21_600 },
  laterQueue: false,
  scheduleSeconds: null,
  http: false,
  secrets: [],
  publishes: false,
  ...options,
});

const env = hostEnvironment({
  awsEndpoint: 'http://127.0.0.1:1',
  region: 'us-east-2',
  env: 'local',
  timeScale: 1,
  richpanelBaseUrl: 'http://127.0.0.1:2',
});

const options: HostOptions = {
  functions: [
    spec('classify'),
    spec('verify'),
    spec('auditor', { timeoutSeconds: 1 }),
    spec('order-lookup', { reservedConcurrency: 2 }),
    spec('sweeper', { entry: 'local/host/testdata/broken-import.ts' }),
    spec('sealer', { entry: 'local/host/testdata/no-handler.ts' }),
  ],
  env,
  timeScale: 1,
};

let host: FunctionHost;
const logs: string[] = [];

beforeAll(async () => {
  host = await startHost({ ...options, onLog: (line) => logs.push(line) });
});

afterAll(() => host.stop(0));

let requests = 0;
const run = (functionName: FunctionName, act: string, ms?: number, target = host): Promise<InvocationResult> => {
  requests += 1;
  return target.invoke({ requestId: `request-${requests}`, functionName, payload: JSON.stringify({ act, ms }) });
};
const value = (result: InvocationResult): unknown => (result.ok ? result.value : result);

describe('a function in the host', () => {
  it('gets its event and keeps its worker between invocations', async () => {
    expect(value(await run('verify', 'echo'))).toEqual({ event: { act: 'echo' }, runs: 1 });
    expect(value(await run('verify', 'echo'))).toEqual({ event: { act: 'echo' }, runs: 2 });
    expect(value(await run('verify', 'nothing'))).toBeNull();
  });

  it('gets the context of Lambda', async () => {
    const result = await host.invoke({
      requestId: 'the-request',
      functionName: 'verify',
      payload: JSON.stringify({ act: 'context' }),
    });
    expect(value(result)).toMatchObject({
      awsRequestId: 'the-request',
      functionName: 'frontdesk-local-verify',
      memoryLimitInMB: '128',
    });
    const { remaining } = Object(value(result));
    expect(remaining).toBeGreaterThan(29_000);
    expect(remaining).toBeLessThanOrEqual(30_000);
  });

  it('sees the environment made for it and nothing of the person who started Frontdesk', async () => {
    process.env.OPENAI_API_KEY = 'not-for-functions';
    const other = await startHost(options);
    const seen = Object(value(await run('verify', 'environment', 0, other)));
    await other.stop();
    delete process.env.OPENAI_API_KEY;
    expect(seen).toMatchObject({
      ...env,
      AWS_LAMBDA_FUNCTION_NAME: 'frontdesk-local-verify',
      POWERTOOLS_SERVICE_NAME: 'verify',
    });
    expect(seen).not.toHaveProperty('OPENAI_API_KEY');
    expect(seen).not.toHaveProperty('HOME');
  });

  it('shares its worker between concurrent invocations', async () => {
    const started = performance.now();
    const results = await Promise.all(Array.from({ length: 20 }, () => run('verify', 'sleep', 200)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is throttled beyond its reserved concurrency and free again afterwards', async () => {
    const results = await Promise.all([1, 2, 3].map(() => run('order-lookup', 'sleep', 200)));
    expect(results.map((result) => (result.ok ? 'ok' : result.code))).toEqual(['ok', 'ok', 'throttled']);
    expect((await run('order-lookup', 'sleep', 0)).ok).toBe(true);
  });

  it('writes its log lines through the supervisor', async () => {
    await run('verify', 'log');
    await expect.poll(() => logs).toContain('{"level":"INFO"}');
  });
});

describe('an unmodified AWS client in a function', () => {
  it('reaches the local endpoint by its environment alone', async () => {
    const ssm = createSsm({ database: openDatabase(null), accountId: '000000000000', region: 'us-east-2' });
    ssm.put('/frontdesk/local/safe_mode', 'true');
    const server = await startAwsServer({ port: 0, services: [ssm.service] });
    const own = await startHost({
      ...options,
      functions: [spec('flag-watcher', { entry: 'local/host/testdata/aws-client.ts' })],
      env: { ...env, AWS_ENDPOINT_URL: server.url },
      onLog: (line) => logs.push(line),
    });
    const result = await own.invoke({
      requestId: 'r',
      functionName: 'flag-watcher',
      payload: JSON.stringify({ parameter: '/frontdesk/local/safe_mode' }),
    });
    expect(value(result)).toBe('true');
    await expect.poll(() => logs.join()).toContain('"service":"flag-watcher"');
    await own.stop();
    await server.close();
  });
});

describe('a function that misbehaves', () => {
  const failures: [act: string, result: InvocationResult][] = [
    ['throw', { ok: false, code: 'error', errorType: 'RangeError' }],
    ['throw text', { ok: false, code: 'error', errorType: 'string' }],
    ['unserialisable', { ok: false, code: 'error', errorType: 'TypeError' }],
    ['exit', { ok: false, code: 'exit' }],
    ['crash later', { ok: false, code: 'exit', errorType: 'TypeError' }],
    ['reject later', { ok: false, code: 'exit', errorType: 'TypeError' }],
    ['fill the heap with arrays', { ok: false, code: 'exit', errorType: 'OutOfMemory' }],
    ['fill the heap with strings', { ok: false, code: 'exit', errorType: 'OutOfMemory' }],
    ['fill the heap with a map', { ok: false, code: 'exit', errorType: 'OutOfMemory' }],
    ['fill memory with buffers', { ok: false, code: 'exit', errorType: 'OutOfMemory' }],
  ];
  it.each(failures)('%s: is reported without its message, harms no other, and starts afresh', async (act, expected) => {
    const { pid } = host;
    const [result, other] = await Promise.all([run('classify', act), run('verify', 'sleep', 100)]);
    expect(result).toEqual(expected);
    expect(value(other)).toBe('slept');
    expect(value(await run('classify', 'echo'))).toMatchObject({ runs: 1 });
    expect(host.pid).toBe(pid);
  });

  it.each(['hang', 'block'])('%s: ends at its timeout, with those who share the worker', async (act) => {
    const started = performance.now();
    const misbehaving = run('auditor', act);
    const sharing = run('auditor', 'sleep', 60_000);
    expect(value(await run('verify', 'sleep', 100))).toBe('slept');
    expect(await misbehaving).toEqual({ ok: false, code: 'timeout' });
    expect(await sharing).toEqual({ ok: false, code: 'host_exit' });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(value(await run('auditor', 'echo'))).toMatchObject({ runs: 1 });
  });

  it('lets the others of a failed worker finish', async () => {
    const slow = run('classify', 'sleep', 300);
    expect(await run('classify', 'throw')).toMatchObject({ code: 'error' });
    expect(value(await run('classify', 'echo'))).toMatchObject({ runs: 1 });
    expect(value(await slow)).toBe('slept');
  });

  it.runIf(process.platform === 'linux')(
    'runs behind the others, and not at once, once it ended badly in a row; one good run clears it',
    async () => {
      const own = await startHost(options);
      const behindUs = (steps: number) => Math.min(19, getPriority() + steps);
      const priority = async () => value(await run('classify', 'priority', 0, own));
      await run('classify', 'exit', 0, own);
      expect(await priority()).toBe(behindUs(5));
      for (let times = 0; times < 4; times += 1) await run('classify', 'exit', 0, own);
      const started = performance.now();
      const behind = await priority();
      // The fourth in a row waits 400 ms.
      expect(performance.now() - started).toBeGreaterThan(300);
      expect(behind).toBe(behindUs(15));
      expect(await priority()).toBe(behindUs(5));
      await own.stop();
    },
  );

  it('has its events wait while its threads are stuck where nothing ends them', async () => {
    const own = await startHost(options);
    const stuck = () => run('auditor', 'block in native code', 0, own);
    for (let times = 0; times < 3; times += 1) expect(await stuck()).toEqual({ ok: false, code: 'timeout' });
    expect(await stuck()).toEqual({ ok: false, code: 'throttled' });
    expect(await run('verify', 'nothing', 0, own)).toMatchObject({ ok: true });
    await own.stop(0);
    expect(own.pid).toBeNull();
  });

  it.each([
    ['sweeper', 'SyntaxError'],
    ['sealer', 'TypeError'],
  ] as const)('%s: a module that cannot be loaded is an error of that function alone', async (name, errorType) => {
    expect(await run(name, 'echo')).toEqual({ ok: false, code: 'error', errorType });
    expect(await run('verify', 'nothing')).toMatchObject({ ok: true });
  });

  it('is unavailable when the host does not know it', async () => {
    expect(await run('analytics', 'echo')).toEqual({ ok: false, code: 'unavailable' });
  });
});

describe('the process of the host', () => {
  it.each([
    ['kill the process', 'SIGKILL'],
    ['abort', 'SIGABRT'],
  ])('%s: answers exit when it dies, unavailable while it is down, and comes back', async (act, signal) => {
    const own = await startHost(options);
    const exits: unknown[] = [];
    own.onExit((exit) => exits.push(exit));
    const before = own.pid;
    const [killer, other] = await Promise.all([run('classify', act, 0, own), run('verify', 'sleep', 60_000, own)]);
    expect([killer, other]).toEqual([
      { ok: false, code: 'host_exit' },
      { ok: false, code: 'host_exit' },
    ]);
    expect(await run('verify', 'echo', 0, own)).toEqual({ ok: false, code: 'unavailable' });
    await expect.poll(() => run('verify', 'echo', 0, own), { timeout: 5_000 }).toMatchObject({ ok: true });
    expect(own.pid).not.toBe(before);
    expect(exits).toEqual([{ code: null, signal }]);
    await own.stop();
  });

  it('drains before it stops and accepts nothing meanwhile', async () => {
    const own = await startHost(options);
    await run('verify', 'echo', 0, own);
    const running = run('verify', 'sleep', 300, own);
    const stopped = own.stop();
    expect(await run('verify', 'echo', 0, own)).toEqual({ ok: false, code: 'unavailable' });
    expect(value(await running)).toBe('slept');
    await stopped;
    expect(own.pid).toBeNull();
  });

  it('stops at once when asked again while it drains', async () => {
    const own = await startHost(options);
    await run('verify', 'echo', 0, own);
    const running = run('verify', 'sleep', 60_000, own);
    const started = performance.now();
    await Promise.all([own.stop(), own.stop(0)]);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(await running).toEqual({ ok: false, code: 'host_exit' });
  });

  it('stops in time although a function hangs', async () => {
    const own = await startHost(options);
    await run('classify', 'echo', 0, own);
    const hanging = run('classify', 'block', 0, own);
    const started = performance.now();
    await own.stop(200);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(await hanging).toEqual({ ok: false, code: 'host_exit' });
  });

  it('says so when it cannot start', async () => {
    await expect(startHost({ ...options, env: { ...env, NODE_OPTIONS: '--require=/nowhere.cjs' } })).rejects.toThrow(
      'ended before it was ready',
    );
  });
});
