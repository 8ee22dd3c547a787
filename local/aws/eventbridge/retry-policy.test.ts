/** Retries of a target that is there and fails: reference/sst-offline.md, "EventBridge facts to honour". */
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { ACCOUNT, queueArn, REGION, seededRandom, virtualTiming } from '../testing.ts';
import { createEventBridge } from './event-bridge.ts';

type Sent = { queue: string; at: number; attributes: Readonly<Record<string, string>> };

/** The longest waits that full jitter can draw. */
const longest = () => 1 - 2 ** -32;

function world(retry: Record<string, number>, timeScale = 1, random = longest) {
  const timing = virtualTiming(0, timeScale);
  const database = openDatabase(null);
  const sent: Sent[] = [];
  const eventBridge = createEventBridge({
    database,
    accountId: ACCOUNT,
    region: REGION,
    timing,
    random,
    duplicateShare: 0,
    enqueueInvocation: () => true,
    sendToQueue(queue, _body, attributes) {
      sent.push({ queue, at: timing.now(), attributes });
      if (queue === 'busy') throw new Error('the queue is busy');
    },
  });
  const call = (operation: string, input: Record<string, unknown>) =>
    eventBridge.service.operations[operation]?.(input);
  call('PutRule', { Name: 'r', EventPattern: '{"source":["s"]}' });
  const target = { Id: '1', Arn: queueArn('busy'), RetryPolicy: retry, DeadLetterConfig: { Arn: queueArn('dead') } };
  call('PutTargets', { Rule: 'r', Targets: [target] });
  eventBridge.start();
  call('PutEvents', { Entries: [{ Source: 's', DetailType: 't', Detail: '{}' }] });
  stops.push(() => {
    eventBridge.stop();
    database.close();
  });
  const tries = () => sent.filter(({ queue }) => queue === 'busy').map(({ at }) => Math.round(at / 1_000));
  const dead = () => sent.filter(({ queue }) => queue === 'dead').map(({ attributes }) => attributes);
  return { timing, tries, dead };
}
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('retry policy', () => {
  it('counts the tries after the first and waits exponentially', async () => {
    const { timing, tries, dead } = world({ MaximumRetryAttempts: 4 });
    await timing.advance(86_400_000);
    expect(tries()).toEqual([0, 1, 3, 7, 15]);
    expect(dead()).toMatchObject([
      {
        ERROR_CODE: 'ERROR_FROM_TARGET',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '4',
        TARGET_ARN: queueArn('busy'),
      },
    ]);
  });

  it('ends when the next try would come after the maximum age', async () => {
    const { timing, tries, dead } = world({ MaximumEventAgeInSeconds: 60 });
    await timing.advance(86_400_000);
    expect(tries()).toEqual([0, 1, 3, 7, 15, 31]);
    expect(dead()).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '5' }]);
  });

  it('defaults to 24 hours and 185 retries', async () => {
    const { timing, tries, dead } = world({});
    await timing.advance(2 * 86_400_000);
    // 1 + 2 + … + 512 s, then every 600 s: the 24 hours end before 185 retries.
    expect(tries().length).toBeGreaterThan(140);
    expect(tries().at(-1)).toBeLessThanOrEqual(86_400);
    expect(dead()).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' }]);
  });

  it('draws every wait anew between none and the longest', async () => {
    const { timing, tries } = world({ MaximumRetryAttempts: 9 }, 1, seededRandom(5));
    await timing.advance(86_400_000);
    const waits = tries()
      .map((at, index, all) => at - (all[index - 1] ?? 0))
      .slice(1);
    expect(waits).toHaveLength(9);
    // 1, 2, 4 … 256 s; the rounding of `tries` to seconds may add one.
    for (const [index, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(2 ** index + 1);
    const shares = waits.map((wait, index) => wait / 2 ** index);
    expect(Math.min(...shares.slice(3))).toBeLessThan(0.5);
    expect(Math.max(...shares.slice(3))).toBeGreaterThan(0.5);
  });

  it('tells in the dead letter which rule and target failed, how, how often and which limit ended it', async () => {
    const { timing, dead } = world({ MaximumRetryAttempts: 0 });
    await timing.advance(1_000);
    expect(dead()).toEqual([
      {
        RULE_ARN: 'arn:aws:events:us-east-2:000000000000:rule/r',
        TARGET_ARN: queueArn('busy'),
        ERROR_CODE: 'ERROR_FROM_TARGET',
        ERROR_MESSAGE: 'The queue did not take the event.',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '0',
      },
    ]);
  });

  it('scales with the time scale', async () => {
    const { timing, tries } = world({ MaximumRetryAttempts: 2 }, 10);
    await timing.advance(60_000);
    expect(tries()).toEqual([0, 10, 30]);
  });
});
