/** How trouble may go unseen. */
import { add, dropWhere, edit, type Mutation, named, TAGS } from './mutation.ts';

const WATCHER = 'frontdesk-dev-A4-high';

export const EYES_MUTATIONS: readonly Mutation[] = [
  {
    name: 'bell at a topic that is not there',
    breaks: 'bells-ring-somewhere',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', WATCHER, (alarm) => {
        alarm.alarmActions = ['arn:aws:sns:us-east-2:000000000000:gone'];
      }),
  },
  {
    name: 'alarm that rings nowhere',
    breaks: 'alarms-are-heard',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', WATCHER, (alarm) => {
        alarm.alarmActions = [];
      }),
  },
  {
    name: 'composite of an alarm that is gone',
    breaks: 'composites-name-what-is-there',
    change: (draft) =>
      edit(draft, 'cloudwatch.CompositeAlarm', /./, (alarm) => {
        alarm.alarmRule += ' OR ALARM("frontdesk-dev-gone")';
      }),
  },
  {
    name: 'runbook left out',
    breaks: 'alarms-name-a-runbook-and-an-owner',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', WATCHER, (alarm) => {
        alarm.alarmDescription = 'Something is wrong';
      }),
  },
  {
    name: 'runbook that nobody wrote',
    breaks: 'runbooks-are-pages',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', WATCHER, (alarm) => {
        alarm.alarmDescription = 'Wrong. Runbook R099: docs/runbooks/R099.md. Owner: engineering.';
      }),
  },
  {
    name: 'metric that nobody tells',
    breaks: 'alarms-watch-what-is-told',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', WATCHER, (alarm) => {
        alarm.metricName = 'ingress.publish_went_wrong_total';
      }),
  },
  {
    name: 'dashboard of a metric that nobody tells',
    breaks: 'dashboards-show-what-is-told',
    change: (draft) =>
      edit(draft, 'cloudwatch.Dashboard', /./, ({ dashboardBody }) => {
        dashboardBody.widgets.push({ type: 'metric', properties: { metrics: [['frontdesk', 'ingress.wrong_total']] } });
      }),
  },
  {
    name: 'alarm over a function that is gone',
    breaks: 'alarms-watch-what-is-there',
    change: (draft) =>
      edit(draft, 'cloudwatch.MetricAlarm', /-W1-high-burst-sealer$/, (alarm) => {
        alarm.dimensions = { FunctionName: 'frontdesk-dev-gone' };
      }),
  },
  {
    name: 'dead letters that nobody looks at',
    breaks: 'every-dead-letter-queue-is-watched',
    change: (draft) => {
      const { kmsMasterKeyId } = named(draft, 'Queue-verify-dlq');
      const name = 'frontdesk-dev-more-dlq';
      const rest = { messageRetentionSeconds: 1_209_600, kmsMasterKeyId, tagsAll: TAGS };
      add(draft, 'aws:sqs/queue:Queue', 'more', { name, ...rest });
    },
  },
  {
    name: 'nobody listens',
    breaks: 'somebody-listens',
    change: (draft) =>
      dropWhere(draft, (kind, { topic }) => kind === 'sns.TopicSubscription' && String(topic).endsWith('critical')),
  },
  {
    name: 'public topic',
    breaks: 'topics-are-not-public',
    change: (draft) =>
      named(draft, 'TopicPolicy-high').policy.Statement.push({
        Effect: 'Allow',
        Principal: '*',
        Action: ['sns:Publish'],
        Resource: ['*'],
      }),
  },
  {
    name: 'topic that EventBridge may do more with',
    breaks: 'topics-are-not-public',
    change: (draft) => {
      const statements = named(draft, 'TopicPolicy-high').policy.Statement;
      statements.find(({ Sid }: { Sid: string }) => Sid === 'Events').Action = ['sns:Publish', 'sns:Subscribe'];
    },
  },
  {
    name: 'budget that nobody hears of',
    breaks: 'budgets-are-heard-of',
    change: (draft) =>
      edit(draft, 'budgets.Budget', /./, ({ notifications }) => {
        const [first] = notifications;
        delete first.subscriberEmailAddresses;
        delete first.subscriberSnsTopicArns;
      }),
  },
];
