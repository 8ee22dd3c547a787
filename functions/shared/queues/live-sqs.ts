/** A function's own queues on SQS. */
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionName } from '../../../events/words.ts';
import { asking } from '../aws/live-client.ts';
import { VendorError } from '../errors.ts';
import type { Queues } from '../ports.ts';
import { delayOf, failureQueueName, laterQueueName } from './names.ts';

/**
 * @param secondsFor  the delay to ask SQS for, in its seconds, so that a message is back after so many milliseconds of the
 *                    clock: on one machine the queue makes delays shorter by the time scale
 */
export function sqsQueues(
  client: SQSClient,
  env: string,
  name: FunctionName,
  secondsFor: (ms: number) => number,
): Queues {
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
    later: (body, delayMs) =>
      send(laterQueueName(env, name), { MessageBody: body, DelaySeconds: delayOf(secondsFor(delayMs)) }),
    failure: (body, cause) =>
      send(failureQueueName(env, name), {
        MessageBody: body,
        MessageAttributes: { cause: { DataType: 'String', StringValue: cause } },
      }),
  };
}
