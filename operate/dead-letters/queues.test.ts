import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../local/aws/database.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import { createSqs } from '../../local/aws/sqs/sqs.ts';
import { queueClient } from '../instance/clients.ts';
import { letterQueues } from './queues.ts';

const region = 'us-east-2';
let server: AwsServer;
beforeAll(async () => {
  const { service, rawHandler } = createSqs({
    database: openDatabase(null),
    accountId: '000000000000',
    region,
    baseUrl: () => server.url,
    now: Date.now,
  });
  server = await startAwsServer({ port: 0, services: [service], rawHandlers: [rawHandler] });
});
afterAll(() => server.close());

it('letters that another look holds are counted, and seen again when it is over', async () => {
  const place = { region, awsEndpoint: server.url, env: 'local' };
  const client = queueClient(place);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'frontdesk-local-classify-dlq' }));
  for (const MessageBody of ['{}', '{}']) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const [one, other] = [letterQueues(place), letterQueues(place)];

  const first = await one.take();
  expect([first.held.length, first.elsewhere]).toEqual([2, 0]);
  expect(await other.take()).toEqual({ held: [], elsewhere: 2 });
  await one.release(first.held);
  const second = await other.take();
  expect([second.held.length, second.elsewhere]).toEqual([2, 0]);
  for (const held of second.held) await other.remove(held);
  expect(await one.take()).toEqual({ held: [], elsewhere: 0 });
  for (const open of [one, other, client]) 'close' in open ? open.close() : open.destroy();
});
