/** The stage's one key, and who may do what with it (platform §4.6). */

import type { PolicyStatement } from './topology-bus-policy.ts';
import { arns, type Place } from './topology-names.ts';

/** Days between the order to delete the key and its end: the longest there is. */
export const KEY_DELETION_DAYS = 30;

/** Services that read or make data keys for callers who may use the service. */
const THROUGH = ['dynamodb', 'events', 'firehose', 's3', 'secretsmanager', 'sqs'] as const;

/**
 * Administration and use are apart. The account may administer (else nobody could ever change this policy) and may let its roles
 * use the key through the services named, never by itself: neither statement has `kms:*`, and nobody decrypts directly.
 */
export function keyPolicyOf(place: Place): PolicyStatement[] {
  const { region, accountId } = place;
  const account = [{ type: 'AWS', identifiers: [arns(place).root] }];
  return [
    {
      sid: 'Administration',
      effect: 'Allow',
      principals: account,
      actions: ADMINISTRATION,
      resources: ['*'],
      conditions: [],
    },
    {
      sid: 'ThroughServices',
      effect: 'Allow',
      principals: account,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: [
        { test: 'StringEquals', variable: 'kms:CallerAccount', values: [accountId] },
        {
          test: 'StringEquals',
          variable: 'kms:ViaService',
          values: THROUGH.map((service) => `${service}.${region}.amazonaws.com`),
        },
      ],
    },
    {
      // A table and a stream keep a grant of their own.
      sid: 'GrantsOfServices',
      effect: 'Allow',
      principals: account,
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: [
        { test: 'Bool', variable: 'kms:GrantIsForAWSResource', values: ['true'] },
        {
          test: 'StringEquals',
          variable: 'kms:ViaService',
          values: [`dynamodb.${region}.amazonaws.com`, `firehose.${region}.amazonaws.com`],
        },
      ],
    },
    // An archive takes over what the bus has encrypted.
    service(place, 'EventBridge', 'events.amazonaws.com', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'),
    // For a topic EventBridge names neither account nor rule to the key, and a condition that asks for them drops every event of an
    // alarm without a word (Amazon SNS Developer Guide, "Key management"): whose it is stands in what is encrypted.
    {
      sid: 'EventBridgeToTopics',
      effect: 'Allow',
      principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: [
        { test: 'ArnLike', variable: 'kms:EncryptionContext:aws:sns:topicArn', values: [arns(place).alarmTopics] },
      ],
    },
    // Alarms and budgets speak to topics, which are encrypted too.
    service(place, 'Alarms', 'cloudwatch.amazonaws.com'),
    service(place, 'Budgets', 'budgets.amazonaws.com'),
    {
      sid: 'Logs',
      effect: 'Allow',
      principals: [{ type: 'Service', identifiers: [`logs.${region}.amazonaws.com`] }],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: [
        {
          test: 'ArnLike',
          variable: 'kms:EncryptionContext:aws:logs:arn',
          values: [`arn:${place.partition}:logs:${region}:${accountId}:log-group:*`],
        },
      ],
    },
  ];
}

function service({ accountId }: Place, sid: string, identifier: string, ...more: readonly string[]): PolicyStatement {
  return {
    sid,
    effect: 'Allow',
    principals: [{ type: 'Service', identifiers: [identifier] }],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', ...more],
    resources: ['*'],
    conditions: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] }],
  };
}

/** In a key's own policy `*` is the key. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;
