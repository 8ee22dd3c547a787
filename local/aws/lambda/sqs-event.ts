/** The event a function receives from an SQS queue, in Lambda's spelling. */
import { md5 } from '../sqs/attributes.ts';
import type { StoredMessage } from '../sqs/store.ts';

/** A batch of one. */
export function sqsEvent(message: StoredMessage, queueArn: string) {
  const [, , , region = '', accountId = ''] = queueArn.split(':');
  return {
    Records: [
      {
        messageId: message.messageId,
        receiptHandle: message.receiptHandle,
        body: message.body,
        attributes: {
          ApproximateReceiveCount: String(message.receiveCount),
          SentTimestamp: String(message.sentAt),
          SenderId: accountId,
          ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
        },
        messageAttributes: Object.fromEntries(
          Object.entries(message.attributes).map(([name, attribute]) => [
            name,
            {
              ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
              ...(attribute.BinaryValue === undefined ? {} : { binaryValue: attribute.BinaryValue }),
              stringListValues: [],
              binaryListValues: [],
              dataType: attribute.DataType,
            },
          ]),
        ),
        md5OfBody: md5(message.body),
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn,
        awsRegion: region,
      },
    ],
  };
}
