/** Expectations: architecture §10 ruling 32, platform §5.3, Lambda's documentation of SQS event source mappings. */
import { afterEach, describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../host/contract.ts';
import { openDatabase } from '../database.ts';
import { createSqs } from '../sqs/sqs.ts';
import { queueArn, REGION, virtualTiming } from '../testing.ts';
import { startQueueMapping } from './queue-mapping.ts';

const QUEUE = 'frontdesk-local-verify-later';
const succeeded: InvocationResult = { ok: true, value: undefined };

type Record_ = { messageId: string; body: string; attributes: Record<string, string> };
type Answer = (body: string, run: number) => InvocationResult | Promise<InvocationResult>;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function mapping(
  answer: Answer,
  options: { slots?: number; maxConcurrency?: number; duplicateShare?: number; isQueueMade?: boolean } = {},
) {
  const timing = virtualTiming();
  const database = openDatabase(null);
  const sqs = createSqs({ database, accountId: '000000000000', region: REGION, baseUrl: () => '', now: timing.now });
  if (options.isQueueMade ?? true) sqs.createQueue({ name: QUEUE, visibilitySeconds: 30 });
  const payloads: { Records: Record_[] }[] = [];
  let running = 0;
  let most = 0;
  const hasCapacity = () => running < (options.slots ?? 10);
  const stop = startQueueMapping({
    queueName: QUEUE,
    queueArn: queueArn(QUEUE),
    functionName: 'verify',
    timing,
    duplicateShare: options.duplicateShare ?? 0,
    ...(options.maxConcurrency === undefined ? {} : { maxConcurrency: options.maxConcurrency }),
    sqs: {
      ...sqs,
      // SQS itself waits in real time; here a wait is one step of the virtual clock.
      waitForMessage: (_queue, maxWaitMs, signal) =>
        new Promise((resolve) => {
          timing.setTimer(resolve, Math.min(1_000, maxWaitMs));
          signal?.addEventListener('abort', () => resolve());
        }),
    },
    dispatcher: {
      hasCapacity,
      async invoke(_name, payload) {
        if (!hasCapacity()) return { ok: false, code: 'throttled' };
        running += 1;
        most = Math.max(most, running);
        payloads.push(payload as { Records: Record_[] });
        try {
          return await answer((payload as { Records: Record_[] }).Records[0]?.body ?? '', payloads.length);
        } finally {
          running -= 1;
        }
      },
    },
  });
  stops.push(async () => {
    await stop();
    database.close();
  });
  const bodies = () => payloads.flatMap((payload) => payload.Records.map((record) => record.body));
  return { timing, sqs, payloads, bodies, most: () => most, stop };
}

describe('startQueueMapping', () => {
  it("invokes with Lambda's SQS event of one record and removes the message after a success", async () => {
    const { timing, sqs, payloads } = mapping(() => succeeded);
    const messageId = sqs.send(QUEUE, '{"a":1}', { attributes: { cause: 'rate_limited' } });
    await timing.advance(2_000);
    expect(payloads).toEqual([
      {
        Records: [
          {
            messageId,
            receiptHandle: expect.any(String),
            body: '{"a":1}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: '1769851800000',
              SenderId: '000000000000',
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^176985180\d{4}$/),
            },
            messageAttributes: {
              cause: { stringValue: 'rate_limited', stringListValues: [], binaryListValues: [], dataType: 'String' },
            },
            // printf '{"a":1}' | md5sum
            md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:us-east-2:000000000000:frontdesk-local-verify-later',
            awsRegion: 'us-east-2',
          },
        ],
      },
    ]);
    expect(sqs.depth(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('waits for a delayed message', async () => {
    const { timing, sqs, bodies } = mapping(() => succeeded);
    sqs.send(QUEUE, 'later', { delaySeconds: 60 });
    await timing.advance(59_000);
    expect(bodies()).toEqual([]);
    await timing.advance(2_000);
    expect(bodies()).toEqual(['later']);
  });

  it.each([
    { what: 'a failure', result: { ok: false, code: 'error' } as const },
    { what: 'a throttle', result: { ok: false, code: 'throttled' } as const },
  ])('lets a message come back after its visibility timeout: $what', async ({ result }) => {
    const { timing, sqs, payloads } = mapping((_, run) => (run === 1 ? result : succeeded));
    sqs.send(QUEUE, 'm');
    await timing.advance(29_000);
    expect(payloads).toHaveLength(1);
    await timing.advance(3_000);
    expect(payloads.map((payload) => payload.Records[0]?.attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
    expect(sqs.depth(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('keeps a message that the answer names as failed', async () => {
    const { timing, sqs, payloads } = mapping((_, run) => ({
      ok: true,
      value: run > 1 ? null : { batchItemFailures: [{ itemIdentifier: payloads[0]?.Records[0]?.messageId }] },
    }));
    sqs.send(QUEUE, 'm');
    await timing.advance(35_000);
    expect(payloads).toHaveLength(2);
  });

  it('gives a message back soon when no host was there', async () => {
    const { timing, sqs, payloads } = mapping((_, run) => (run === 1 ? { ok: false, code: 'unavailable' } : succeeded));
    sqs.send(QUEUE, 'm');
    await timing.advance(4_000);
    expect(payloads).toHaveLength(2);
  });

  it('runs no more at once than the mapping allows, and loses nothing beside a reserved concurrency of one', async () => {
    const slow: Answer = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return succeeded;
    };
    const all = Array.from({ length: 20 }, (_, n) => `m${n}`);
    for (const options of [{ maxConcurrency: 3 }, { slots: 1 }]) {
      const { timing, sqs, bodies, most } = mapping(slow, options);
      for (const body of all) sqs.send(QUEUE, body);
      await timing.advance(300_000);
      expect(new Set(bodies())).toEqual(new Set(all));
      expect(most()).toBe(options.maxConcurrency ?? 1);
      expect(sqs.depth(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    }
  });

  it('handles a message twice now and then, and removes it after that', async () => {
    const { timing, sqs, bodies } = mapping(() => succeeded, { duplicateShare: 1 });
    sqs.send(QUEUE, 'm');
    await timing.advance(60_000);
    expect(bodies()).toEqual(['m', 'm']);
    expect(sqs.depth(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('outlives a queue that is made later, and a receipt that ran out', async () => {
    const { timing, sqs, bodies } = mapping(
      async (_, run) => {
        // The first run outlasts the visibility timeout: its receipt is void when it ends.
        if (run === 1) await new Promise<void>((resolve) => timing.setTimer(resolve, 31_000));
        return run === 1 ? { ok: false, code: 'unavailable' } : succeeded;
      },
      { isQueueMade: false },
    );
    await timing.advance(5_000);
    sqs.createQueue({ name: QUEUE, visibilitySeconds: 30 });
    sqs.send(QUEUE, 'm');
    await timing.advance(40_000);
    expect(bodies()).toEqual(['m', 'm']);
    expect(sqs.depth(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('stops after the running message, and takes no other', async () => {
    let release = () => {};
    const { timing, sqs, bodies, stop } = mapping(
      () =>
        new Promise((resolve) => {
          release = () => resolve(succeeded);
        }),
      { maxConcurrency: 1 },
    );
    sqs.send(QUEUE, 'first');
    sqs.send(QUEUE, 'second');
    await timing.advance(1_000);
    const stopping = stop();
    release();
    await stopping;
    expect(bodies()).toEqual(['first']);
    expect(sqs.depth(QUEUE).visible).toBe(1);
  });
});
