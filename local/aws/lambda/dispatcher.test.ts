/** Expectations: platform §5.3, architecture §4 (function host, time), Lambda's documentation of asynchronous invocation. */
import { afterEach, describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../host/contract.ts';
import { functionArn, START, startWorld, type World, type WorldOptions } from '../testing.ts';

const MINUTE = 60_000;
const FAILURE_QUEUE = 'frontdesk-local-verify-failures';
const failed: InvocationResult = { ok: false, code: 'error', errorType: 'TypeError' };
const succeeded: InvocationResult = { ok: true, value: null };

let world: World;
afterEach(() => world.close());

async function start(options: WorldOptions, functions = options.functions ?? [{ onFailureQueue: FAILURE_QUEUE }]) {
  world = await startWorld({ ...options, functions });
  world.sqs.createQueue({ name: FAILURE_QUEUE });
}
const enqueue = (payload: unknown = { n: 1 }) =>
  world.dispatcher.enqueue({ functionArn: functionArn('verify'), payload: JSON.stringify(payload), delayMs: 0 });
const runTimes = () => world.runs.map((run) => run.at - START);
const failureRecords = () =>
  world.sqs.receive(FAILURE_QUEUE, { max: 10 }).map((message) => JSON.parse(message.body) as Record<string, unknown>);

describe('an invocation that fails', () => {
  it('runs again after one minute, then after two, with the same request id, then goes to the failure queue', async () => {
    await start({ answer: () => failed });
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes()).toEqual([0, MINUTE, 3 * MINUTE]);
    expect(new Set(world.runs.map((run) => run.requestId)).size).toBe(1);
    expect(failureRecords()).toEqual([
      {
        version: '1.0',
        timestamp: '2026-01-31T09:33:00.000Z',
        requestContext: {
          requestId: world.runs[0]?.requestId,
          functionArn: `${functionArn('verify')}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'TypeError', errorMessage: 'error' },
      },
    ]);
    expect(world.dispatcher.depths().size).toBe(0);
  });

  it('runs no more after a success', async () => {
    await start({ answer: (_, runs) => (runs.length === 1 ? failed : succeeded) });
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes()).toEqual([0, MINUTE]);
    expect(failureRecords()).toEqual([]);
  });

  it('has one run only where the function allows no retry', async () => {
    await start({ answer: () => ({ ok: false, code: 'timeout' }) }, [{ onFailureQueue: FAILURE_QUEUE, retries: 0 }]);
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes()).toEqual([0]);
    expect(failureRecords().map((record) => record.responsePayload)).toEqual([
      { errorType: 'Sandbox.Timedout', errorMessage: 'timeout' },
    ]);
  });

  it('waits for a failure queue that does not take the record', async () => {
    await start({ answer: () => failed }, [{ onFailureQueue: 'made-later', retries: 0 }]);
    enqueue();
    await world.timing.advance(MINUTE / 2);
    expect(world.dispatcher.depths().get('verify')).toEqual({ queued: 0, running: 0, failed: 1 });
    world.sqs.createQueue({ name: 'made-later' });
    await world.timing.advance(MINUTE);
    expect(world.sqs.depth('made-later').visible).toBe(1);
    expect(world.dispatcher.depths().size).toBe(0);
  });
});

describe('what is no attempt', () => {
  it('a throttle: back-off from one second, doubled up to five minutes', async () => {
    const throttled: InvocationResult = { ok: false, code: 'throttled' };
    await start({ answer: (_, runs) => (runs.length <= 11 ? throttled : failed) });
    enqueue();
    await world.timing.advance(60 * MINUTE);
    const waits = runTimes().map((at, index, times) => (at - (times[index - 1] ?? 0)) / 1_000);
    // 11 throttles, then the three attempts, one and two minutes apart.
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 60, 120]);
    expect(failureRecords()).toHaveLength(1);
  });

  it('a host that is not there: soon again', async () => {
    await start({ answer: (_, runs) => (runs.length <= 20 ? { ok: false, code: 'unavailable' } : succeeded) });
    enqueue();
    await world.timing.advance(MINUTE);
    expect(world.runs).toHaveLength(21);
    expect(world.dispatcher.depths().size).toBe(0);
  });

  it('a throttle after a failed attempt: begins its back-off afresh and keeps the attempts', async () => {
    const throttled: InvocationResult = { ok: false, code: 'throttled' };
    const answers = [throttled, throttled, failed, throttled, failed, failed];
    await start({ answer: (_, runs) => answers[runs.length - 1] ?? succeeded });
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes().map((at) => at / 1_000)).toEqual([0, 1, 3, 63, 64, 184]);
    expect(failureRecords()).toMatchObject([{ requestContext: { approximateInvokeCount: 3 } }]);
  });

  it.each([
    { when: 'once', deaths: 1, records: 0 },
    { when: 'every time', deaths: 9, records: 1 },
  ])('the end of the whole host, $when: soon again, once more where the function allows no retry', async (row) => {
    await start({ answer: (_, runs) => (runs.length <= row.deaths ? { ok: false, code: 'host_exit' } : succeeded) }, [
      { onFailureQueue: FAILURE_QUEUE, retries: 0 },
    ]);
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes()).toEqual([0, 1_000]);
    expect(failureRecords()).toHaveLength(row.records);
  });

  it('an invoker that breaks', async () => {
    await start({
      answer: (_, runs) => (runs.length === 1 ? Promise.reject(new Error('socket')) : succeeded),
    });
    enqueue();
    await world.timing.advance(MINUTE);
    expect(world.runs).toHaveLength(2);
  });
});

describe('age', () => {
  it('counts the waits of retries too', async () => {
    await start({ answer: () => failed }, [{ onFailureQueue: FAILURE_QUEUE, maxAgeSeconds: 120 }]);
    enqueue();
    await world.timing.advance(10 * MINUTE);
    expect(runTimes()).toEqual([0, MINUTE]);
    expect(failureRecords()).toMatchObject([
      {
        timestamp: '2026-01-31T09:32:00.001Z',
        requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
        responsePayload: { errorType: 'TypeError', errorMessage: 'error' },
      },
    ]);
  });

  it('ends while no host is there', async () => {
    await start({ answer: () => ({ ok: false, code: 'unavailable' }) }, [
      { onFailureQueue: FAILURE_QUEUE, maxAgeSeconds: 60 },
    ]);
    enqueue();
    await world.timing.advance(2 * MINUTE);
    expect(failureRecords()).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } },
    ]);
    expect(world.dispatcher.depths().size).toBe(0);
  });

  it('gives an event up that grew older than the function allows', async () => {
    await start({ answer: () => ({ ok: false, code: 'throttled' }) }, [
      { onFailureQueue: FAILURE_QUEUE, maxAgeSeconds: 600 },
    ]);
    enqueue();
    await world.timing.advance(60 * MINUTE);
    // 0, 1, 3, 7, … 511 s; the next throttle's back-off ends beyond the age.
    expect(runTimes().at(-1)).toBe(511_000);
    expect(failureRecords()).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 }, requestPayload: { n: 1 } },
    ]);
  });
});

describe('a time scale', () => {
  it('shortens the waits of retries', async () => {
    await start({ answer: () => failed, timeScale: 0.01 });
    enqueue();
    await world.timing.advance(MINUTE);
    expect(runTimes()).toEqual([0, 600, 1_800]);
    expect(failureRecords()).toHaveLength(1);
  });

  it('shortens the back-off of throttles and the age together', async () => {
    await start({ answer: () => ({ ok: false, code: 'throttled' }), timeScale: 0.01 }, [
      { onFailureQueue: FAILURE_QUEUE, maxAgeSeconds: 600 },
    ]);
    enqueue();
    await world.timing.advance(MINUTE);
    // A hundredth of 1, 3, 7, … 511 s; the age of 6 s ends before the next.
    expect(runTimes()).toEqual([0, 10, 30, 70, 150, 310, 630, 1_270, 2_550, 5_110]);
    expect(failureRecords()).toMatchObject([{ requestContext: { condition: 'EventAgeExceeded' } }]);
  });
});

describe('concurrency', () => {
  it('keeps to the reserved concurrency and loses nothing that waits', async () => {
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    await start(
      {
        async answer() {
          running += 1;
          most = Math.max(most, running);
          await new Promise<void>((resolve) => release.push(resolve));
          running -= 1;
          return succeeded;
        },
      },
      [{ reservedConcurrency: 2 }],
    );
    for (let n = 0; n < 7; n += 1) enqueue({ n });
    for (let round = 0; round < 7; round += 1) {
      await world.timing.advance(0);
      expect(world.dispatcher.hasCapacity('verify')).toBe(running < 2);
      release.shift()?.();
    }
    await world.timing.advance(0);
    expect(most).toBe(2);
    expect(world.runs.map((run) => (run.payload as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(world.dispatcher.depths().size).toBe(0);
  });

  it('shares the slots with direct invocations, which are throttled beyond them', async () => {
    const release: (() => void)[] = [];
    await start({ answer: () => new Promise((resolve) => release.push(() => resolve(succeeded))) }, [
      { reservedConcurrency: 1 },
    ]);
    const direct = world.dispatcher.invoke('verify', {});
    enqueue();
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(1);
    expect(await world.dispatcher.invoke('verify', {})).toEqual({ ok: false, code: 'throttled' });
    release.shift()?.();
    expect(await direct).toEqual(succeeded);
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(2);
    release.shift()?.();
    await world.timing.advance(0);
  });
});

describe('death of the process', () => {
  it('keeps what was accepted', async () => {
    await start({});
    enqueue();
    world = await world.killAndRestart();
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(1);
    expect(world.dispatcher.depths().size).toBe(0);
  });

  it('runs again at once what was running, with its attempt counted, so a killer ends in the failure queue', async () => {
    // Never answers: as if the process died in every run.
    await start({ answer: () => new Promise(() => {}) });
    enqueue();
    for (let boot = 0; boot < 5; boot += 1) {
      await world.timing.advance(0);
      world = await world.killAndRestart();
    }
    await world.timing.advance(0);
    expect(world.runs).toHaveLength(3);
    expect(failureRecords()).toMatchObject([
      {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        responsePayload: { errorType: 'Runtime.ExitError' },
      },
    ]);
  });
});

describe('stop', () => {
  it('waits for what runs, records it, and begins nothing', async () => {
    const release: (() => void)[] = [];
    await start({ answer: () => new Promise((resolve) => release.push(() => resolve(succeeded))) }, [
      { reservedConcurrency: 1 },
    ]);
    enqueue({ n: 1 });
    enqueue({ n: 2 });
    await world.timing.advance(0);
    let isStopped = false;
    const stopping = world.dispatcher.stop().then(() => {
      isStopped = true;
    });
    await world.timing.advance(0);
    expect(isStopped).toBe(false);
    release.shift()?.();
    await stopping;
    expect(world.runs).toHaveLength(1);
    expect(world.dispatcher.depths().get('verify')).toEqual({ queued: 1, running: 0, failed: 0 });
  });
});

it('does not know a function that is not configured', async () => {
  await start({});
  expect(world.dispatcher.enqueue({ functionArn: functionArn('nobody'), payload: '{}', delayMs: 0 })).toBe(false);
  expect(await world.dispatcher.invoke('classify', {})).toEqual({ ok: false, code: 'unavailable' });
});
