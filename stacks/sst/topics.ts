/// <reference path="../../.sst/platform/config.d.ts" />
import { TOPICS, type Topic } from '../alarms/types.ts';

export type Topics = ReadonlyMap<Topic, aws.sns.Topic>;
type Subscription = { readonly protocol: 'email' | 'https'; readonly endpoint: string };

/** Where alarms ring: one topic for each door, with those who listen at it (the stage's table). */
export function createTopics(
  accountId: $util.Output<string>,
  notifications: Readonly<Record<Topic, readonly Subscription[]>>,
): Topics {
  return new Map(TOPICS.map((name) => [name, createTopic(name, accountId, notifications[name])]));
}

function createTopic(
  name: Topic,
  accountId: $util.Output<string>,
  subscriptions: readonly Subscription[],
): aws.sns.Topic {
  const topic = new aws.sns.Topic(`Topic-${name}`, { name: `frontdesk-${$app.stage}-alarms-${name}` });
  new aws.sns.TopicPolicy(`TopicPolicy-${name}`, {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ['sns:Publish'],
          resources: [topic.arn],
          principals: [
            {
              type: 'Service',
              identifiers: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'],
            },
          ],
          conditions: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] }],
        },
      ],
    }).json,
  });
  for (const [index, { protocol, endpoint }] of subscriptions.entries())
    new aws.sns.TopicSubscription(`Subscription-${name}-${index + 1}`, { topic: topic.arn, protocol, endpoint });
  return topic;
}
