/** Expectations: architecture §4 (at least once, lived), reference/sst-offline.md (retry policy, dead-letter attributes). */
import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { functionArn, queueArn, startWorld, type World, type WorldOptions } from '../testing.ts';

const BUS = 'frontdesk-local';
const DLQ = 'frontdesk-local-verify-dlq';
const RULE_ARN = `arn:aws:events:us-east-2:000000000000:rule/${BUS}/r`;

let world: World;
afterEach(() => world.close());

async function start(arn: string, options: WorldOptions = {}, retry: Record<string, number> = {}) {
  world = await startWorld(options);
  world.sqs.createQueue({ name: DLQ });
  await world.client.send(new CreateEventBusCommand({ Name: BUS }));
  await world.client.send(new PutRuleCommand({ Name: 'r', EventBusName: BUS, EventPattern: '{"source":["s"]}' }));
  const target = { Id: '1', Arn: arn, RetryPolicy: retry, DeadLetterConfig: { Arn: queueArn(DLQ) } };
  await world.client.send(new PutTargetsCommand({ Rule: 'r', EventBusName: BUS, Targets: [target] }));
}
const put = async (count = 1) => {
  const entry = { EventBusName: BUS, Source: 's', DetailType: 't', Detail: '{}' };
  const answer = await world.client.send(new PutEventsCommand({ Entries: Array.from({ length: count }, () => entry) }));
  return (answer.Entries ?? []).map((result) => result.EventId);
};
const eventIds = () => world.runs.map((run) => (run.payload as { id: string }).id);
const deadLetters = () =>
  world.sqs.receive(DLQ, { max: 10 }).map((message) => ({
    id: (JSON.parse(message.body) as { id: string }).id,
    attributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, attribute]) => [name, attribute.StringValue]),
    ),
  }));

describe('at least once', () => {
  it('an accepted event outlives the process that accepted it', async () => {
    await start(functionArn('verify'));
    const ids = await put(3);
    // Virtual time stands still: nothing was handed over before the process died.
    expect(world.runs).toEqual([]);
    expect(world.eventBridge.pendingDeliveries()).toBe(3);
    world = await world.killAndRestart();
    await world.timing.advance(0);
    expect(eventIds()).toEqual(ids);
    expect(world.eventBridge.pendingDeliveries()).toBe(0);
  });

  it('a dead letter that its process had in its hands is sent by the next one at once', async () => {
    const missing = 'frontdesk-local-gone-dlq';
    await start(functionArn('nobody'));
    const DeadLetterConfig = { Arn: queueArn(missing) };
    const target = { Id: '1', Arn: functionArn('nobody'), DeadLetterConfig };
    await world.client.send(new PutTargetsCommand({ Rule: 'r', EventBusName: BUS, Targets: [target] }));
    await put();
    await world.timing.advance(0);
    world.sqs.createQueue({ name: missing });
    world = await world.killAndRestart();
    await world.timing.advance(0);
    expect(world.sqs.receive(missing, { max: 10 })).toHaveLength(1);
  });

  it('a duplicated delivery is a second invocation of the same event, a little later', async () => {
    await start(functionArn('verify'), { duplicateShare: 1 });
    const [id] = await put();
    await world.timing.advance(0);
    expect(eventIds()).toEqual([id]);
    await world.timing.advance(5_000);
    expect(eventIds()).toEqual([id, id]);
    expect(new Set(world.runs.map((run) => run.requestId)).size).toBe(2);
  });

  it('about the asked share of deliveries is duplicated', async () => {
    await start(functionArn('verify'), { duplicateShare: 0.1, seed: 7 });
    for (let batch = 0; batch < 50; batch += 1) await put(10);
    await world.timing.advance(10_000);
    // 500 draws at 0.1: five standard deviations (6.7) around 50.
    expect(world.runs.length - 500).toBeGreaterThan(16);
    expect(world.runs.length - 500).toBeLessThan(84);
  });
});

describe('a target that fails', () => {
  it('does not hold up the others', async () => {
    // Two hundred events for a function that is not there and queues that are not there, before one for a function that is.
    await start(functionArn('nobody'));
    const putTarget = (Id: string, Arn: string) =>
      world.client.send(new PutTargetsCommand({ Rule: 'r', EventBusName: BUS, Targets: [{ Id, Arn }] }));
    await putTarget('2', queueArn('missing'));
    for (let batch = 0; batch < 20; batch += 1) await put(10);
    await putTarget('3', functionArn('verify'));
    const [id] = await put();
    await world.timing.advance(0);
    expect(eventIds()).toEqual([id]);
  });
});

describe('what cannot be delivered', () => {
  it('goes to the dead-letter queue at once when there is no such function', async () => {
    await start(functionArn('nobody'));
    const [id] = await put();
    await world.timing.advance(0);
    expect(deadLetters()).toEqual([
      {
        id,
        attributes: {
          RULE_ARN,
          TARGET_ARN: functionArn('nobody'),
          ERROR_CODE: 'NO_RESOURCE',
          ERROR_MESSAGE: 'The function does not exist.',
          RETRY_ATTEMPTS: '0',
        },
      },
    ]);
    expect(world.eventBridge.pendingDeliveries()).toBe(0);
  });

  it('goes there at once when there is no such queue', async () => {
    await start(queueArn('nobody'));
    await put();
    await world.timing.advance(0);
    expect(deadLetters().map((letter) => letter.attributes.ERROR_CODE)).toEqual(['NO_RESOURCE']);
  });

  it('reaches a queue that exists, as the event itself', async () => {
    await start(queueArn('inbox'));
    world.sqs.createQueue({ name: 'inbox' });
    const [id] = await put();
    await world.timing.advance(0);
    const [message] = world.sqs.receive('inbox', { max: 10 });
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ id, source: 's', detail: {} });
    expect(deadLetters()).toEqual([]);
  });

  it('goes there when it grew too old while the process was down', async () => {
    await start(functionArn('verify'), {}, { MaximumEventAgeInSeconds: 600 });
    const [id] = await put();
    const stopped = world.timing;
    world.eventBridge.stop();
    await stopped.advance(601_000);
    world = await world.killAndRestart();
    await world.timing.advance(0);
    expect(world.runs).toEqual([]);
    expect(deadLetters()).toMatchObject([
      { id, attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '0' } },
    ]);
  });

  it('waits for a dead-letter queue that is not there yet', async () => {
    await start(functionArn('nobody'));
    await world.client.send(
      new PutTargetsCommand({
        Rule: 'r',
        EventBusName: BUS,
        Targets: [{ Id: '1', Arn: functionArn('nobody'), DeadLetterConfig: { Arn: queueArn('made-later') } }],
      }),
    );
    await put();
    await world.timing.advance(0);
    expect(world.eventBridge.pendingDeliveries()).toBe(1);
    world.sqs.createQueue({ name: 'made-later' });
    await world.timing.advance(600_000);
    expect(world.sqs.depth('made-later').visible).toBe(1);
    expect(world.eventBridge.pendingDeliveries()).toBe(0);
  });
});
