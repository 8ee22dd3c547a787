/** Tables, secrets, flags and the key: what they are, never what they hold. */
import { arns, type Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function dataStatementsOf(place: Place): Statement[] {
  const { env } = place;
  const { arn } = namesIn(place);
  return [
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
  ];
}
