/** Logs, alarms, dashboards and budgets. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function eyesStatementsOf(place: Place): Statement[] {
  const { env } = place;
  const { arn, edge, named } = namesIn(place);
  return [
    {
      actions: of(
        'logs',
        ...[
          'AssociateKmsKey',
          'CreateLogGroup',
          'CreateLogStream',
          'DeleteLogGroup',
          'DeleteMetricFilter',
          'DescribeLogStreams',
        ],
        ...[
          'DescribeMetricFilters',
          'ListTagsForResource',
          'PutMetricFilter',
          'PutRetentionPolicy',
          'TagResource',
          'UntagResource',
        ],
      ),
      resources: ['/aws/lambda/', '/aws/apigateway/', '/aws/kinesisfirehose/'].map((group) =>
        arn('logs', `log-group:${group}frontdesk-${env}*`),
      ),
    },
    // Access logs of an API are a delivery, and deliveries have no name.
    {
      actions: of(
        'logs',
        ...[
          'CreateLogDelivery',
          'DeleteLogDelivery',
          'DescribeLogGroups',
          'DescribeResourcePolicies',
          'GetLogDelivery',
        ],
        ...['ListLogDeliveries', 'PutResourcePolicy', 'UpdateLogDelivery'],
      ),
      resources: ['*'],
    },
    {
      actions: of(
        'cloudwatch',
        ...[
          'DeleteAlarms',
          'DescribeAlarms',
          'ListTagsForResource',
          'PutCompositeAlarm',
          'PutMetricAlarm',
          'TagResource',
          'UntagResource',
        ],
      ),
      resources: [named('cloudwatch', 'alarm:')],
    },
    {
      actions: of('cloudwatch', 'DeleteDashboards', 'GetDashboard', 'PutDashboard'),
      resources: [edge('cloudwatch', `dashboard/frontdesk-${env}*`)],
    },
    {
      actions: of('budgets', 'ListTagsForResource', 'ModifyBudget', 'TagResource', 'UntagResource', 'ViewBudget'),
      resources: [edge('budgets', `budget/frontdesk-${env}-*`)],
    },
  ];
}
