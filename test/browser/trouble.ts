/** What a test prepares behind the page: messages under way, letters that nobody could finish, a day of the past. */
import { setTimeout as delay } from 'node:timers/promises';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ReadyObject } from '../../local/platform/ready-file.ts';
import { busClient, queueClient, tableClient } from '../../operate/instance/clients.ts';
import { endpointTables } from '../../operate/instance/tables.ts';
import { readTrail } from '../../operate/trail/trail.ts';
import { openKeeper } from '../simulation/keep/keep.ts';
import { kept } from '../simulation/keep/kept-world.ts';
import { simulate } from '../simulation/run.ts';
import type { Shop } from './shop.ts';

const IDEMPOTENCY = 'frontdesk_local_idempotency';
const PATIENCE_MS = 20_000;
const UNDER_WAY = Array.from({ length: 20 }, (_value, index) => `evt:rp:under-way:${index}`);

/** As many messages as a replay waits for; nobody touches them. Answers how they settle. */
export async function messagesUnderWay(ready: ReadyObject): Promise<() => Promise<void>> {
  const client = tableClient(ready);
  const now = Date.now();
  for (const key of UNDER_WAY) {
    const record = { key, open: 'evt', status: 'CLASSIFIED', received_at: now, next_sweep_at: now + 3_600_000 };
    await client.send(new PutItemCommand({ TableName: IDEMPOTENCY, Item: marshall(record) }));
  }
  return async () => {
    for (const key of UNDER_WAY)
      await client.send(new DeleteItemCommand({ TableName: IDEMPOTENCY, Key: marshall({ key }) }));
    client.destroy();
  };
}

/** A customer wrote, and the bus could not hand it over: the letter about it. @param hoursAgo  when it came in */
export async function undelivered(
  ready: ReadyObject,
  shop: Shop,
  conversationId: string,
  { text, hoursAgo = 0 }: { readonly text: string; readonly hoursAgo?: number },
): Promise<void> {
  const bus = busClient(ready);
  const queues = queueClient(ready);
  const rule = { Name: 'classify-intake', EventBusName: ready.busName };
  await bus.send(new DisableRuleCommand(rule));
  try {
    await shop.customerWrites(conversationId, text);
    const { metadata, data } = await received(ready, conversationId);
    const at = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    const detail =
      hoursAgo === 0 ? { metadata, data } : { metadata: { ...metadata, receivedAt: at, occurredAt: at }, data };
    const event = { version: '0', id: 'x', source: 'frontdesk.ingest', 'detail-type': 'MessageReceived', detail };
    await queues.send(
      new SendMessageCommand({
        QueueUrl: `${ready.awsEndpoint}/${ready.accountId}/frontdesk-local-classify-dlq`,
        MessageBody: JSON.stringify(event),
        MessageAttributes: {
          ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' },
          RETRY_ATTEMPTS: { DataType: 'String', StringValue: '3' },
        },
      }),
    );
  } finally {
    await bus.send(new EnableRuleCommand(rule));
    bus.destroy();
    queues.destroy();
  }
}

async function received(ready: ReadyObject, conversationId: string) {
  const tables = endpointTables(ready);
  try {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await delay(100)) {
      const facts = await readTrail(tables, conversationId);
      const root = facts.find(({ metadata }) => metadata.eventName === 'MessageReceived');
      if (root !== undefined) return root;
    }
  } finally {
    await tables.close();
  }
  throw new Error(`the message to ${conversationId} was not recorded`);
}

/** A data folder in which conversations went on from that instant. */
export async function aDayOfThePast(data: string, startAt: number): Promise<void> {
  const keeper = await openKeeper(data);
  const run = await simulate({ seed: 'the day before', conversations: 20, startAt });
  await keeper.add(structuredClone(kept(run)));
  await keeper.finish();
}
