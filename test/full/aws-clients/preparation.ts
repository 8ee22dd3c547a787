/** What a client finds when it comes: messages that have settled, and an archive that takes long to replay. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateArchiveCommand, EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { type Product, sandbox } from './product.ts';
import { LONG_ARCHIVE } from './steps/cancel.ts';
import { names } from './steps/names.ts';

const TEXTS = ['Where is my order?', 'My mug arrived broken, the handle is smashed', 'I want my money back'];
const SETTLE_MS = 60_000;
const AT_ONCE = 10;

/** Ids of conversations whose one message has settled. */
export async function settleMessages(product: Product): Promise<string[]> {
  const accepted = await Promise.all(
    TEXTS.map((text, index) =>
      sandbox<{ conversationId: string }>(product, '/messages', {
        channel: 'livechat',
        text,
        customer: { firstName: 'Ann', email: `ann-${index}@example.test` },
      }),
    ),
  );
  await settled(product, accepted.length);
  return accepted.map(({ conversationId }) => conversationId);
}

/** Waits until the console counts so many settled messages. */
export async function settled({ ready }: Product, messages: number, patienceMs = SETTLE_MS): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const response = await fetch(`${ready.consoleUrl}/state`, {
      headers: { authorization: `Bearer ${ready.consoleToken}` },
    });
    const { counters } = (await response.json()) as { counters: { settled: number } };
    if (counters.settled >= messages) return;
    if (performance.now() > end) throw new Error(`${counters.settled} of ${messages} messages settled in time`);
    await sleep(200);
  }
}

/** Fills `LONG_ARCHIVE` on the product's bus: thousands of calls, so by the SDK whoever replays it. */
export async function fillLongArchive({ ready }: Product): Promise<void> {
  const client = new EventBridgeClient(pointedAt(ready));
  const { name, source, from, minutes } = LONG_ARCHIVE;
  await client.send(
    new CreateArchiveCommand({
      ArchiveName: name,
      EventSourceArn: names(ready).busArn(ready.busName),
      EventPattern: JSON.stringify({ source: [source] }),
    }),
  );
  const event = (minute: number) => ({
    Source: source,
    DetailType: 'Probe',
    Detail: '{}',
    EventBusName: ready.busName,
    Time: new Date(from.getTime() + minute * 60_000),
  });
  for (let minute = 0; minute < minutes; minute += AT_ONCE) {
    const Entries = Array.from({ length: AT_ONCE }, (_, index) => event(minute + index));
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error('the long archive could not be filled');
  }
  client.destroy();
}

export const queueClient = (ready: ReadyObject): SQSClient => new SQSClient(pointedAt(ready));

function pointedAt({ awsEndpoint, region }: ReadyObject) {
  return { endpoint: awsEndpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
