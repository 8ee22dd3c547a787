/** Bus, rules and archives, queues and topics. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function messagesStatementsOf(place: Place): Statement[] {
  const { env } = place;
  const { arn, named } = namesIn(place);
  return [
    {
      actions: of(
        'events',
        ...['CreateArchive', 'CreateEventBus', 'DeleteArchive', 'DeleteEventBus', 'DeleteRule', 'DescribeArchive'],
        ...['DescribeEventBus', 'DescribeRule', 'ListTagsForResource', 'ListTargetsByRule', 'PutPermission', 'PutRule'],
        ...[
          'PutTargets',
          'RemovePermission',
          'RemoveTargets',
          'TagResource',
          'UntagResource',
          'UpdateArchive',
          'UpdateEventBus',
        ],
      ),
      resources: [
        arn('events', `event-bus/frontdesk-${env}`),
        arn('events', `archive/frontdesk-${env}-*`),
        arn('events', `rule/frontdesk-${env}*`),
      ],
    },
    {
      actions: of(
        'sqs',
        ...['CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'ListQueueTags', 'SetQueueAttributes'],
        ...['TagQueue', 'UntagQueue'],
      ),
      resources: [named('sqs', '')],
    },
    {
      actions: of(
        'sns',
        ...[
          'CreateTopic',
          'DeleteTopic',
          'GetSubscriptionAttributes',
          'GetTopicAttributes',
          'ListSubscriptionsByTopic',
        ],
        ...[
          'ListTagsForResource',
          'SetSubscriptionAttributes',
          'SetTopicAttributes',
          'Subscribe',
          'TagResource',
          'Unsubscribe',
          'UntagResource',
        ],
      ),
      resources: [named('sns', '')],
    },
  ];
}
