/**
 * A function's own queues on SQS. Delays are passed on as they are: on one machine the queue itself scales them by
 * FRONTDESK_TIME_SCALE (local/aws/sqs/queues.ts), and nowhere else.
 */
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionName } from '../../../events/words.ts';
import { asking } from '../aws/live-client.ts';
import { VendorError } from '../errors.ts';
import type { Queues } from '../ports.ts';
import { delayOf, failureQueueName, laterQueueName } from './names.ts';

export function sqsQueues(client: SQSClient, env: string, name: FunctionName): Queues {
  const urls = new Map<string, string>();

  async function urlOf(queue: string): Promise<string> {
    const known = urls.get(queue);
    if (known !== undefined) return known;
    const { QueueUrl } = await asking('sqs', 'read', () => client.send(new GetQueueUrlCommand({ QueueName: queue })));
    if (QueueUrl === undefined) throw new VendorError('sqs', 'parse');
    urls.set(queue, QueueUrl);
    return QueueUrl;
  }

  async function send(queue: string, message: Omit<SendMessageCommand['input'], 'QueueUrl'>): Promise<void> {
    const QueueUrl = await urlOf(queue);
    await asking('sqs', 'write', () => client.send(new SendMessageCommand({ QueueUrl, ...message })));
  }

  return {
    later: (body, delaySeconds) =>
      send(laterQueueName(env, name), { MessageBody: body, DelaySeconds: delayOf(delaySeconds) }),
    failure: (body, cause) =>
      send(failureQueueName(env, name), {
        MessageBody: body,
        MessageAttributes: { cause: { DataType: 'String', StringValue: cause } },
      }),
  };
}
