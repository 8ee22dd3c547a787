/** Who may administer the stage’s key, and who may use it (platform §4.6). */
import { describe, expect, it } from 'vitest';
import { PLACEHOLDER_ACCOUNT } from './stages.ts';
import { keyPolicyOf } from './topology-key.ts';
import { PLACE } from './topology-roles.testing.ts';

describe('the key', () => {
  const policy = keyPolicyOf(PLACE);

  it('is administered without being used, and used through services alone', () => {
    const ofAccount = policy.filter(({ principals }) =>
      principals.some(({ identifiers }) => identifiers[0]?.endsWith(':root')),
    );
    const uses = ofAccount.filter(({ actions }) =>
      actions.some((action) => /Decrypt|Encrypt|GenerateDataKey|CreateGrant/.test(action)),
    );
    for (const { conditions } of uses) expect(conditions.map(({ variable }) => variable)).toContain('kms:ViaService');
    expect(uses).toHaveLength(2);
  });

  it('lets EventBridge, CloudWatch and budgets in for this account only', () => {
    for (const { sid, principals, conditions } of policy)
      if (
        sid !== 'EventBridgeToTopics' &&
        principals.some(({ identifiers }) => /^(events|cloudwatch|budgets)\./.test(identifiers[0] ?? ''))
      )
        expect(conditions).toContainEqual({
          test: 'StringEquals',
          variable: 'aws:SourceAccount',
          values: [PLACEHOLDER_ACCOUNT],
        });
  });

  it('lets EventBridge ring the topics of this account and stage, where it names no account of its own (SNS, key management)', () => {
    const [ringing] = policy.filter(({ sid }) => sid === 'EventBridgeToTopics');
    expect(ringing).toMatchObject({
      principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      conditions: [
        {
          test: 'ArnLike',
          variable: 'kms:EncryptionContext:aws:sns:topicArn',
          values: [`arn:aws:sns:us-east-2:${PLACEHOLDER_ACCOUNT}:frontdesk-prod-alarms-*`],
        },
      ],
    });
  });
});
