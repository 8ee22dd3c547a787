import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { converse, stepsFor } from './conversation.ts';
import { fillLongArchive, settleMessages } from './preparation.ts';
import { startProduct } from './product.ts';
import { sdkClient, sdkVariables } from './sdk-client.ts';

// node bin/launch.js test/full/aws-clients/aws-sdk.ts
// Drives the running product with the unmodified SDK clients of node_modules, pointed at it by AWS_ENDPOINT_URL.

const say = (line: string) => process.stdout.write(`${line}\n`);
const product = await startProduct(['--unlimited']);
try {
  const { awsEndpoint: endpoint, region } = product.ready;
  Object.assign(process.env, sdkVariables({ endpoint, region }));
  const world = { ready: product.ready, conversations: await settleMessages(product) };
  await fillLongArchive(product);
  const client = sdkClient();
  const talk = await converse(client, stepsFor(world), say);
  client.close();
  const pages = await paging();
  for (const { does, items, wanted } of pages)
    if (items !== wanted) say(`failed: ${does}: ${items} instead of ${wanted}`);
  const failed = talk.failures.length + pages.filter(({ items, wanted }) => items !== wanted).length;
  say(`${client.title}: ${talk.calls + pages.length} calls, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
} finally {
  await product.stop();
}

/** The SDK's own paginators, over what the conversation left. */
async function paging(): Promise<{ does: string; items: number; wanted: number }[]> {
  const [dynamodb, ssm, sqs] = [new DynamoDBClient(), new SSMClient(), new SQSClient()];
  const items = await total(
    paginateQuery(
      { client: dynamodb, pageSize: 3 },
      {
        TableName: 'frontdesk_local_read_models',
        KeyConditionExpression: 'model = :model',
        ExpressionAttributeValues: { ':model': { S: 'probe' } },
      },
    ),
    ({ Items }) => Items,
  );
  const parameters = await total(
    paginateGetParametersByPath({ client: ssm, pageSize: 1 }, { Path: '/probe', Recursive: true }),
    ({ Parameters }) => Parameters,
  );
  const queues = await total(
    paginateListQueues({ client: sqs, pageSize: 2 }, { QueueNamePrefix: 'probe-' }),
    ({ QueueUrls }) => QueueUrls,
  );
  for (const client of [dynamodb, ssm, sqs]) client.destroy();
  return [
    { does: 'follows the pages of a query', items, wanted: 4 },
    { does: 'follows the pages of a path', items: parameters, wanted: 2 },
    { does: 'follows the pages of a list of queues', items: queues, wanted: 3 },
  ];
}

async function total<Page>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly unknown[] | undefined,
): Promise<number> {
  let count = 0;
  for await (const page of pages) count += itemsOf(page)?.length ?? 0;
  return count;
}
