/** What neither the bus nor a function could finish, by queue. */
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { asking, queueClient, type Reachable } from '../instance/clients.ts';
import { type Instance, stageOf } from '../instance/instance.ts';

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** Queue name → messages; queues that hold none are left out. */
export async function readDeadLetters(
  instance: Reachable & Pick<Instance, 'busName'>,
): Promise<Readonly<Record<string, number>>> {
  const client = queueClient(instance);
  try {
    const { QueueUrls = [] } = await asking('SQS', () =>
      client.send(new ListQueuesCommand({ QueueNamePrefix: `frontdesk-${stageOf(instance)}-`, MaxResults: 1000 })),
    );
    const dead = QueueUrls.filter((url) => /-(dlq|failures)$/.test(url));
    const counted = await Promise.all(
      dead.map(async (url): Promise<[string, number]> => {
        const { Attributes = {} } = await asking('SQS', () =>
          client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTS] })),
        );
        return [url.split('/').at(-1) ?? url, COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)];
      }),
    );
    return Object.fromEntries(counted.filter(([, messages]) => messages > 0));
  } finally {
    client.destroy();
  }
}
