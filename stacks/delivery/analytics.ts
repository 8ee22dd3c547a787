/** Where rows of facts are kept and asked: bucket, stream, catalogue and workgroup. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function analyticsStatementsOf(place: Place): Statement[] {
  const { env, partition } = place;
  const { arn, named } = namesIn(place);
  return [
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
  ];
}
