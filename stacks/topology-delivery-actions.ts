/** What `sst deploy` asks of AWS for our resources, by concern: each action by its name. */
import { arns, type Place } from './topology-names.ts';
import type { Statement } from './topology-permissions.ts';

/** `create`, `read` … are spelled out: a wildcard would also be what AWS adds tomorrow. */
const of = (service: string, ...names: readonly string[]): string[] => names.map((name) => `${service}:${name}`);

export function deployStatementsOf(place: Place): Readonly<Record<string, readonly Statement[]>> {
  const { env, region, accountId, partition } = place;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const named = (service: string, before: string) => arn(service, `${before}frontdesk-${env}*`);
  const edge = (service: string, resource: string) => `arn:${partition}:${service}::${accountId}:${resource}`;
  return {
    state: [
      {
        actions: of('s3', 'DeleteObject', 'GetBucketLocation', 'GetObject', 'ListBucket', 'PutObject'),
        resources: [`arn:${partition}:s3:::sst-state-*`, `arn:${partition}:s3:::sst-asset-*`],
      },
      { actions: of('ssm', 'GetParameter', 'GetParameters'), resources: [arn('ssm', 'parameter/sst/*')] },
      { actions: of('ssm', 'PutParameter'), resources: [arn('ssm', `parameter/sst/passphrase/frontdesk/${env}`)] },
      // The caller is asked of by itself.
      { actions: of('sts', 'GetCallerIdentity'), resources: ['*'] },
    ],
    functions: [
      {
        actions: of(
          'lambda',
          ...['AddPermission', 'CreateFunction', 'DeleteFunction', 'DeleteFunctionConcurrency'],
          ...[
            'DeleteFunctionEventInvokeConfig',
            'GetFunction',
            'GetFunctionCodeSigningConfig',
            'GetFunctionConcurrency',
          ],
          ...['GetFunctionConfiguration', 'GetFunctionEventInvokeConfig', 'GetFunctionRecursionConfig', 'GetPolicy'],
          ...['ListTags', 'ListVersionsByFunction', 'PutFunctionConcurrency', 'PutFunctionEventInvokeConfig'],
          ...['PutFunctionRecursionConfig', 'RemovePermission', 'TagResource', 'UntagResource', 'UpdateFunctionCode'],
          ...['UpdateFunctionConfiguration', 'UpdateFunctionEventInvokeConfig'],
        ),
        resources: [named('lambda', 'function:')],
      },
      {
        actions: of('lambda', 'CreateEventSourceMapping', 'DeleteEventSourceMapping', 'UpdateEventSourceMapping'),
        resources: ['*'],
        conditions: [{ test: 'ArnLike', variable: 'lambda:FunctionArn', values: [named('lambda', 'function:')] }],
      },
      { actions: of('lambda', 'GetEventSourceMapping', 'ListEventSourceMappings'), resources: ['*'] },
      // The stage's tags are on mappings too, and AWS names those by an id of its own.
      {
        actions: of('lambda', 'ListTags', 'TagResource', 'UntagResource'),
        resources: [arn('lambda', 'event-source-mapping:*')],
      },
      {
        actions: of('scheduler', 'CreateSchedule', 'DeleteSchedule', 'GetSchedule', 'UpdateSchedule'),
        resources: [arn('scheduler', `schedule/default/frontdesk-${env}-*`)],
      },
      {
        actions: of(
          'xray',
          'CreateSamplingRule',
          'DeleteSamplingRule',
          'UpdateSamplingRule',
          'TagResource',
          'UntagResource',
          'ListTagsForResource',
        ),
        resources: [arn('xray', `sampling-rule/frontdesk-${env}`)],
      },
      { actions: of('xray', 'GetSamplingRules'), resources: ['*'] },
    ],
    messages: [
      {
        actions: of(
          'events',
          ...['CreateArchive', 'CreateEventBus', 'DeleteArchive', 'DeleteEventBus', 'DeleteRule', 'DescribeArchive'],
          ...[
            'DescribeEventBus',
            'DescribeRule',
            'ListTagsForResource',
            'ListTargetsByRule',
            'PutPermission',
            'PutRule',
          ],
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
    ],
    data: [
      {
        actions: of(
          'dynamodb',
          ...['CreateTable', 'DeleteTable', 'DescribeContinuousBackups', 'DescribeTable', 'DescribeTimeToLive'],
          ...[
            'ListTagsOfResource',
            'TagResource',
            'UntagResource',
            'UpdateContinuousBackups',
            'UpdateTable',
            'UpdateTimeToLive',
          ],
        ),
        resources: [arn('dynamodb', `table/frontdesk_${env}_*`)],
      },
      {
        actions: of(
          'secretsmanager',
          ...[
            'CreateSecret',
            'DeleteSecret',
            'DescribeSecret',
            'GetResourcePolicy',
            'TagResource',
            'UntagResource',
            'UpdateSecret',
          ],
        ),
        resources: [arn('secretsmanager', `secret:frontdesk/${env}/*`)],
      },
      // A flag that is not there yet; one that stands is an operator's.
      {
        actions: of('ssm', 'PutParameter'),
        resources: [arns(place).parameters],
        conditions: [{ test: 'StringEquals', variable: 'ssm:Overwrite', values: ['false'] }],
      },
      {
        actions: of(
          'ssm',
          'AddTagsToResource',
          'GetParameter',
          'GetParameters',
          'ListTagsForResource',
          'RemoveTagsFromResource',
        ),
        resources: [arns(place).parameters],
      },
      { actions: of('ssm', 'DescribeParameters'), resources: ['*'] },
      {
        actions: of('kms', 'CreateKey', 'ListAliases'),
        resources: ['*'],
      },
      {
        actions: of(
          'kms',
          ...['CreateGrant', 'Decrypt', 'DescribeKey', 'EnableKeyRotation', 'GenerateDataKey', 'GetKeyPolicy'],
          ...[
            'GetKeyRotationStatus',
            'ListResourceTags',
            'PutKeyPolicy',
            'TagResource',
            'UntagResource',
            'UpdateKeyDescription',
          ],
        ),
        resources: [arn('kms', 'key/*')],
        conditions: [{ test: 'StringEquals', variable: 'aws:ResourceTag/service', values: ['frontdesk'] }],
      },
      {
        actions: of('kms', 'CreateAlias', 'DeleteAlias', 'UpdateAlias'),
        resources: [arn('kms', `alias/frontdesk-${env}`), arn('kms', 'key/*')],
      },
      {
        actions: of(
          's3',
          ...[
            'CreateBucket',
            'DeleteBucket',
            'DeleteBucketPolicy',
            'GetBucketPolicy',
            'GetBucketPublicAccessBlock',
            'GetBucketTagging',
          ],
          ...['GetBucketVersioning', 'GetEncryptionConfiguration', 'GetLifecycleConfiguration', 'PutBucketPolicy'],
          ...[
            'PutBucketPublicAccessBlock',
            'PutBucketTagging',
            'PutBucketVersioning',
            'PutEncryptionConfiguration',
            'PutLifecycleConfiguration',
          ],
        ),
        resources: [`arn:${partition}:s3:::frontdesk-analytics-${env}-*`],
      },
      {
        actions: of(
          'firehose',
          'CreateDeliveryStream',
          'DeleteDeliveryStream',
          'DescribeDeliveryStream',
          'ListTagsForDeliveryStream',
          'StartDeliveryStreamEncryption',
          'TagDeliveryStream',
          'UntagDeliveryStream',
          'UpdateDestination',
        ),
        resources: [named('firehose', 'deliverystream/')],
      },
      {
        actions: of(
          'glue',
          'CreateDatabase',
          'CreateTable',
          'DeleteDatabase',
          'DeleteTable',
          'GetDatabase',
          'GetTable',
          'GetTags',
          'TagResource',
          'UpdateDatabase',
          'UpdateTable',
        ),
        resources: [
          arn('glue', 'catalog'),
          arn('glue', `database/frontdesk_${env}`),
          arn('glue', `table/frontdesk_${env}/*`),
        ],
      },
      {
        actions: of(
          'athena',
          'CreateWorkGroup',
          'DeleteWorkGroup',
          'GetWorkGroup',
          'ListTagsForResource',
          'TagResource',
          'UntagResource',
          'UpdateWorkGroup',
        ),
        resources: [arn('athena', `workgroup/frontdesk-${env}`)],
      },
    ],
    eyes: [
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
    ],
    edge: [
      // API Gateway's actions are the verbs of its own API.
      {
        actions: of('apigateway', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT', 'TagResource', 'UntagResource'),
        resources: ['apis', 'apis/*', 'tags/*'].map((path) => `arn:${partition}:apigateway:${region}::/${path}`),
      },
      {
        actions: of(
          'cloudfront',
          ...[
            'CreateCachePolicy',
            'CreateDistribution',
            'CreateOriginRequestPolicy',
            'DeleteCachePolicy',
            'DeleteDistribution',
          ],
          ...[
            'DeleteOriginRequestPolicy',
            'GetCachePolicy',
            'GetDistribution',
            'GetOriginRequestPolicy',
            'ListTagsForResource',
          ],
          ...['TagResource', 'UntagResource', 'UpdateCachePolicy', 'UpdateDistribution', 'UpdateOriginRequestPolicy'],
        ),
        resources: ['distribution/*', 'cache-policy/*', 'origin-request-policy/*'].map((path) =>
          edge('cloudfront', path),
        ),
      },
      {
        actions: of(
          'wafv2',
          'CreateWebACL',
          'DeleteWebACL',
          'GetWebACL',
          'ListTagsForResource',
          'TagResource',
          'UntagResource',
          'UpdateWebACL',
        ),
        resources: [
          `arn:${partition}:wafv2:us-east-1:${accountId}:global/webacl/frontdesk-${env}/*`,
          `arn:${partition}:wafv2:us-east-1:${accountId}:global/managedruleset/*/*`,
        ],
      },
    ],
  };
}
