import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import type { AwsServer } from '../server.ts';
import { startAwsServer } from '../server.ts';
import type { Sqs } from './sqs.ts';
import { createSqs } from './sqs.ts';

const ACCOUNT = '000000000000';
let now = 1_700_000_000_000;
let server: AwsServer;
let sqs: Sqs;
let client: SQSClient;

beforeAll(async () => {
  sqs = createSqs({
    database: openDatabase(null),
    accountId: ACCOUNT,
    region: 'us-east-2',
    baseUrl: () => server.url,
    now: () => now,
  });
  server = await startAwsServer({ port: 0, services: [sqs.service], rawHandlers: [sqs.rawHandler] });
  client = new SQSClient({
    endpoint: server.url,
    region: 'us-east-2',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

let queues = 0;
let QueueUrl: string;
let queue: string;

beforeEach(() => {
  queues += 1;
  queue = `frontdesk-local-queue-${queues}`;
  sqs.createQueue({ name: queue });
  QueueUrl = `${server.url}/${ACCOUNT}/${queue}`;
});

const receive = async (options: object = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...options }))).Messages ?? [];
const bodies = async () => (await receive()).map((message) => message.Body);

describe('SQS through the SDK', () => {
  it('carries body and attributes, with the checksums the SDK verifies', async () => {
    const MessageAttributes = {
      RULE_ARN: { DataType: 'String', StringValue: 'arn:aws:events:us-east-2:000000000000:rule/frontdesk/verify' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    };
    const sent = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'Grüße 🎁 <&>\r\n', MessageAttributes }),
    );
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße 🎁 <&>\r\n',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1700000000000', SenderId: ACCOUNT },
    });
  });

  it('computes the digest of attributes as AWS documents it', async () => {
    // Hand-made: 4-byte lengths of name, type and value, transport byte 1, as in "Calculating the MD5 message digest".
    const { createHash } = await import('node:crypto');
    const bytes = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from('a'),
      Buffer.from([0, 0, 0, 6]),
      Buffer.from('String'),
      Buffer.from([1, 0, 0, 0, 2]),
      Buffer.from('xy'),
    ]);
    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'b',
        MessageAttributes: { a: { DataType: 'String', StringValue: 'xy' } },
      }),
    );
    expect(sent.MD5OfMessageAttributes).toBe(createHash('md5').update(bytes).digest('hex'));
    expect(sent.MD5OfMessageBody).toBe('92eb5ffee6ae2fec3ad71c777531578f');
  });

  it('hides a received message for the visibility timeout, then gives it again under a new handle', async () => {
    sqs.send(queue, 'one');
    const [first] = await receive({ VisibilityTimeout: 30 });
    now += 29_999;
    expect(await receive()).toEqual([]);
    now += 1;
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });

    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    now += 30_000;
    expect(await bodies(), 'an outdated handle deletes nothing').toEqual(['one']);
  });

  it('deletes by the newest handle', async () => {
    sqs.send(queue, 'one');
    const [message] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    now += 3_600_000;
    expect(await receive()).toEqual([]);
  });

  it('delivers a delayed message when its delay is over, and refuses more than 900 seconds', async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
    now += 899_999;
    expect(await receive()).toEqual([]);
    now += 1;
    expect(await bodies()).toEqual(['later']);
    await expect(
      client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 901 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('changes visibility only of what is in flight', async () => {
    sqs.send(queue, 'one');
    const [message] = await receive();
    const change = (VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
      );
    await change(0);
    await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(await bodies()).toEqual(['one']);
  });

  it('waits for a message with a long poll', async () => {
    const waiting = receive({ WaitTimeSeconds: 5 });
    setTimeout(() => sqs.send(queue, 'at last'), 50);
    expect((await waiting).map((message) => message.Body)).toEqual(['at last']);
  });

  it('answers each entry of a batch for itself', async () => {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'first' },
          { Id: 'bad', MessageBody: 'x', DelaySeconds: 1_000 },
          { Id: 'illegal', MessageBody: 'bell \u0007' },
        ],
      }),
    );
    expect(answer.Successful?.map((entry) => entry.Id)).toEqual(['good']);
    expect(answer.Failed?.map((entry) => [entry.Id, entry.Code])).toEqual([
      ['bad', 'InvalidParameterValueException'],
      ['illegal', 'InvalidMessageContents'],
    ]);
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));
    await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries: eleven }))).rejects.toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
    });
  });

  it('moves what was received too often to the dead-letter queue', async () => {
    sqs.createQueue({ name: `${queue}-dead` });
    const created = await client.send(
      new CreateQueueCommand({
        QueueName: `${queue}-redriven`,
        Attributes: {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: `arn:aws:sqs:us-east-2:${ACCOUNT}:${queue}-dead`,
            maxReceiveCount: 2,
          }),
        },
      }),
    );
    QueueUrl = created.QueueUrl ?? '';
    sqs.send(`${queue}-redriven`, 'poison');
    for (const expected of [['poison'], ['poison'], []]) {
      expect(await bodies()).toEqual(expected);
      now += 30_000;
    }
    expect(sqs.receive(`${queue}-dead`, { max: 10 })).toMatchObject([
      { body: 'poison', receiveCount: 1, deadLetterOf: `${queue}-redriven` },
    ]);
  });

  it('forgets a message after the retention period', async () => {
    sqs.createQueue({ name: queue, retentionSeconds: 60 });
    sqs.send(queue, 'old');
    now += 60_000;
    expect(await receive()).toEqual([]);
    expect(sqs.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('forgets it where nobody receives, too', () => {
    sqs.createQueue({ name: queue, retentionSeconds: 60 });
    sqs.send(queue, 'old');
    now += 60_000;
    sqs.send(queue, 'new');
    sqs.removeExpired();
    expect(sqs.depth(queue)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('counts what is visible, in flight and delayed', async () => {
    sqs.send(queue, 'a');
    await receive();
    sqs.send(queue, 'b');
    sqs.send(queue, 'c', { delaySeconds: 10 });
    sqs.send(queue, 'd', { delaySeconds: 10 });
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '2',
      QueueArn: `arn:aws:sqs:us-east-2:${ACCOUNT}:${queue}`,
      VisibilityTimeout: '30',
    });
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(sqs.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('names queues by the host of this endpoint, page by page', async () => {
    sqs.createQueue({ name: 'page-1' });
    sqs.createQueue({ name: 'page-2' });
    const first = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 1 }));
    const second = await client.send(
      new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 1, NextToken: first.NextToken }),
    );
    expect([first.QueueUrls, second.QueueUrls, second.NextToken]).toEqual([
      [`${server.url}/${ACCOUNT}/page-1`],
      [`${server.url}/${ACCOUNT}/page-2`],
      undefined,
    ]);
    const { QueueUrl: url } = await client.send(new GetQueueUrlCommand({ QueueName: 'page-1' }));
    expect(url).toBe(`${server.url}/${ACCOUNT}/page-1`);
  });

  it('creates a queue twice with the same attributes, never with others', async () => {
    const create = (DelaySeconds: string) =>
      client.send(new CreateQueueCommand({ QueueName: `${queue}-made`, Attributes: { DelaySeconds } }));
    await create('5');
    expect((await create('5')).QueueUrl).toBe(`${server.url}/${ACCOUNT}/${queue}-made`);
    await expect(create('6')).rejects.toMatchObject({ name: 'QueueNameExists' });
  });

  it('names a missing queue and a broken handle as AWS does', async () => {
    await expect(
      client.send(new SendMessageCommand({ QueueUrl: `${server.url}/${ACCOUNT}/nowhere`, MessageBody: 'x' })),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'not a handle' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });
});

describe('SQS by the query protocol', () => {
  const post = async (parameters: Record<string, string>) => {
    const body = new URLSearchParams({ Version: '2012-11-05', QueueUrl, ...parameters });
    const response = await fetch(server.url, { method: 'POST', body });
    return { status: response.status, xml: await response.text() };
  };

  it('sends, receives and deletes', async () => {
    const sent = await post({
      Action: 'SendMessage',
      MessageBody: 'a < b\r',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'test',
    });
    expect(sent.status).toBe(200);
    expect(sent.xml).toMatch(/<SendMessageResult><MessageId>[0-9a-f-]{36}<\/MessageId><MD5OfMessageBody>[0-9a-f]{32}</);

    const received = await post({
      Action: 'ReceiveMessage',
      MaxNumberOfMessages: '10',
      'AttributeName.1': 'ApproximateReceiveCount',
      'MessageAttributeName.1': 'All',
    });
    expect(received.xml).toContain('<Body>a &lt; b&#13;</Body>');
    expect(received.xml).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
    expect(received.xml).toContain(
      '<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>test</StringValue></Value></MessageAttribute>',
    );
    const handle = /<ReceiptHandle>([^<]+)</.exec(received.xml)?.[1] ?? '';
    expect((await post({ Action: 'DeleteMessage', ReceiptHandle: handle })).status).toBe(200);
    expect(sqs.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('answers an empty result where nothing is there, and none where nothing is answered', async () => {
    const empty = await post({ Action: 'ReceiveMessage' });
    expect([empty.status, empty.xml]).toEqual([
      200,
      expect.stringContaining('<ReceiveMessageResult></ReceiveMessageResult>'),
    ]);
    expect((await post({ Action: 'PurgeQueue' })).xml).not.toContain('Result>');
  });

  it('tells clients of the JSON protocol the code of the query protocol too', async () => {
    const headers = { 'x-amz-target': 'AmazonSQS.GetQueueUrl' };
    const missing = await fetch(server.url, { method: 'POST', headers, body: '{"QueueName":"nowhere"}' });
    expect(missing.headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(await missing.json()).toMatchObject({ __type: 'QueueDoesNotExist' });
  });

  it('reports errors under the codes of the query protocol', async () => {
    const missing = await post({ Action: 'GetQueueUrl', QueueName: 'nowhere' });
    expect(missing.status).toBe(400);
    expect(missing.xml).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
    expect((await post({ Action: 'constructor' })).xml).toContain('<Code>InvalidAction</Code>');
  });
});

describe('SQS in the process', () => {
  it('keeps messages over a restart on the same file', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(`${tmpdir()}/sqs-`);
    const options = { accountId: ACCOUNT, region: 'us-east-2', baseUrl: () => server.url, now: () => now };
    const before = openDatabase(`${folder}/state.db`);
    const first = createSqs({ database: before, ...options });
    first.createQueue({ name: 'kept', delaySeconds: 5 });
    first.send('kept', 'body', { attributes: { ERROR_CODE: 'x' } });
    before.close();
    const after = openDatabase(`${folder}/state.db`);
    const second = createSqs({ database: after, ...options });
    now += 5_000;
    expect(second.receive('kept', { max: 1 })).toMatchObject([
      { body: 'body', attributes: { ERROR_CODE: { DataType: 'String', StringValue: 'x' } } },
    ]);
    after.close();
    rmSync(folder, { recursive: true });
  });

  it('scales delays', () => {
    const scaled = createSqs({
      database: openDatabase(null),
      accountId: ACCOUNT,
      region: 'us-east-2',
      baseUrl: () => '',
      now: () => now,
      timeScale: 0.01,
    });
    scaled.createQueue({ name: 'q' });
    scaled.send('q', 'x', { delaySeconds: 900 });
    now += 8_999;
    expect(scaled.receive('q', { max: 1 })).toEqual([]);
    now += 1;
    expect(scaled.receive('q', { max: 1 })).toHaveLength(1);
  });
});
