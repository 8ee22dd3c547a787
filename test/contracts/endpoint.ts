/** The local endpoint with everything the live adapters speak to, on memory and one temporary file. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { FunctionName } from '../../events/words.ts';
import { CLIENT_OPTIONS } from '../../functions/shared/aws/live-client.ts';
import { failureQueueName, laterQueueName } from '../../functions/shared/queues/names.ts';
import { recordStream } from '../../functions/shared/records/table.ts';
import { openDatabase } from '../../local/aws/database.ts';
import { createDynamoDb } from '../../local/aws/dynamodb/dynamodb.ts';
import { createEventBridge } from '../../local/aws/eventbridge/event-bridge.ts';
import { createFirehose } from '../../local/aws/firehose/firehose.ts';
import { LINES_FILE, recordFiles } from '../../local/aws/firehose/record-files.ts';
import { createSecrets } from '../../local/aws/secrets/secrets.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { createSqs } from '../../local/aws/sqs/sqs.ts';
import { createSsm } from '../../local/aws/ssm/ssm.ts';
import { realTiming } from '../../local/aws/time.ts';
import { topology } from '../../stacks/topology.ts';

const ACCOUNT = '000000000000';
const REGION = 'us-east-2';

export type Heard = { readonly source: string; readonly detailType: string; readonly detail: unknown };

export type Endpoint = {
  readonly url: string;
  readonly dynamo: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqsClient: SQSClient;
  readonly ssmClient: SSMClient;
  readonly secretsClient: SecretsManagerClient;
  readonly firehoseClient: FirehoseClient;
  /** Rows that the stream was handed, in the order of their arrival. */
  readonly rows: () => unknown[];
  readonly putParameter: (name: string, value: string) => void;
  readonly putSecret: (name: string, value: string) => void;
  /** Events of the bus `frontdesk-local`, as a rule for everything hears them. */
  readonly heard: () => readonly Heard[];
  /** Forgets what was heard. */
  forget(): Promise<void>;
  /** Both queues of the function, empty. */
  emptyQueues(name: FunctionName): void;
  received(queue: string): { readonly body: string; readonly cause: string }[];
  /** What waits, with the delay it was sent with. */
  delayed(queue: string): { readonly body: string; readonly seconds: number }[];
  close(): Promise<void>;
};

export async function openEndpoint(): Promise<Endpoint> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-contracts-'));
  const database = openDatabase(join(folder, 'aws.sqlite'));
  const dynamo = await createDynamoDb({ database, accountId: ACCOUNT, region: REGION });
  await dynamo.createTables(topology.tables, 'local');
  let url = '';
  const sqs = createSqs({ database, accountId: ACCOUNT, region: REGION, baseUrl: () => url });
  const ssm = createSsm({ database, accountId: ACCOUNT, region: REGION });
  const secrets = createSecrets({ database, accountId: ACCOUNT, region: REGION });
  const firehose = createFirehose({
    streams: new Map([[recordStream('local'), recordFiles(folder, 'local')]]),
    now: Date.now,
  });
  const heard: Heard[] = [];
  const eventBridge = createEventBridge({
    database,
    accountId: ACCOUNT,
    region: REGION,
    timing: realTiming(),
    random: () => 0.5,
    duplicateShare: 0,
    enqueueInvocation: () => true,
    sendToQueue: (_queue, body) => {
      const event: { source: string; 'detail-type': string; detail: unknown } = JSON.parse(body);
      heard.push({ source: event.source, detailType: event['detail-type'], detail: event.detail });
    },
  });
  const server = await startAwsServer({
    port: 0,
    services: [dynamo.service, sqs.service, ssm.service, secrets.service, eventBridge.service, firehose.service],
  });
  url = server.url;
  eventBridge.start();
  const options = {
    endpoint: server.url,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...CLIENT_OPTIONS,
  };
  const clients = {
    dynamo: new DynamoDBClient(options),
    eventBridge: new EventBridgeClient(options),
    sqsClient: new SQSClient(options),
    ssmClient: new SSMClient(options),
    secretsClient: new SecretsManagerClient(options),
    firehoseClient: new FirehoseClient(options),
  };
  await hearEverything(clients.eventBridge);
  return {
    url,
    ...clients,
    rows: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(LINES_FILE))
        .sort()
        .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
        .map((line): unknown => JSON.parse(line)),
    putParameter: (name, value) => void ssm.put(name, value),
    putSecret: (name, value) => secrets.put(name, value),
    heard: () => heard,
    forget: async () => void heard.splice(0),
    emptyQueues(name) {
      for (const queue of [laterQueueName('local', name), failureQueueName('local', name)]) {
        sqs.createQueue({ name: queue });
        database.prepare('DELETE FROM sqs_messages WHERE queue = ?').run(queue);
      }
    },
    received: (queue) =>
      sqs
        .receive(queue, { max: 10 })
        .map(({ body, attributes }) => ({ body, cause: attributes.cause?.StringValue ?? '' })),
    delayed: (queue) =>
      database
        .prepare('SELECT body, (visible_at - sent_at) / 1000 AS seconds FROM sqs_messages WHERE queue = ?')
        .all(queue)
        .map((row) => ({ body: String(row.body), seconds: Number(row.seconds) })),
    async close() {
      eventBridge.stop();
      for (const client of Object.values(clients)) client.destroy();
      await server.close();
      await dynamo.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function hearEverything(client: EventBridgeClient): Promise<void> {
  const EventBusName = 'frontdesk-local';
  await client.send(new CreateEventBusCommand({ Name: EventBusName }));
  await client.send(
    new PutRuleCommand({
      EventBusName,
      Name: 'everything',
      EventPattern: JSON.stringify({ source: [{ prefix: 'frontdesk.' }] }),
    }),
  );
  const Arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:all`;
  await client.send(new PutTargetsCommand({ EventBusName, Rule: 'everything', Targets: [{ Id: 'all', Arn }] }));
}
