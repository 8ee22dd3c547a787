/// <reference path="../../.sst/platform/config.d.ts" />
import { TOPICS, type Topic } from '../alarms/types.ts';
import type { DeployableStage } from '../stages.ts';
import type { Place } from '../topology-names.ts';
import { resourcePolicy } from '../topology-policy.ts';

export type Topics = ReadonlyMap<Topic, aws.sns.Topic>;

/** Where alarms ring: one topic for each door, with those who listen at it (the stage's table). */
export function createTopics({ notifications }: DeployableStage, place: Place, key: aws.kms.Key): Topics {
  return new Map(TOPICS.map((name) => [name, createTopic(name, place, key, notifications[name])]));
}

function createTopic(
  name: Topic,
  { env, accountId }: Place,
  key: aws.kms.Key,
  subscriptions: DeployableStage['notifications'][Topic],
): aws.sns.Topic {
  const topic = new aws.sns.Topic(`Topic-${name}`, {
    name: `frontdesk-${env}-alarms-${name}`,
    kmsMasterKeyId: key.arn,
  });
  new aws.sns.TopicPolicy(`TopicPolicy-${name}`, {
    arn: topic.arn,
    policy: topic.arn.apply((arn) =>
      resourcePolicy([
        {
          sid: 'Alarms',
          effect: 'Allow',
          principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }],
          actions: ['sns:Publish'],
          resources: [arn],
          conditions: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] }],
        },
        {
          // As AWS Cost Management's guide has it, "Creating an Amazon SNS topic for budget notifications".
          sid: 'Budgets',
          effect: 'Allow',
          principals: [{ type: 'Service', identifiers: ['budgets.amazonaws.com'] }],
          actions: ['sns:Publish'],
          resources: [arn],
          conditions: [
            { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
            { test: 'ArnLike', variable: 'aws:SourceArn', values: [`arn:aws:budgets::${accountId}:*`] },
          ],
        },
        {
          // EventBridge answers no condition of a topic's policy ("You can't use Condition blocks in Amazon SNS topic policies for
          // EventBridge", EventBridge User Guide): with one, S3, S6 and S9 would ring nowhere.
          sid: 'Events',
          effect: 'Allow',
          principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
          actions: ['sns:Publish'],
          resources: [arn],
          conditions: [],
        },
      ]),
    ),
  });
  for (const [index, { protocol, endpoint }] of subscriptions.entries())
    new aws.sns.TopicSubscription(`Subscription-${name}-${index + 1}`, { topic: topic.arn, protocol, endpoint });
  return topic;
}
