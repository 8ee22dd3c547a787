/** Parameters, secrets, and who one is. */
import { isRecent, type Shape } from '../shape.ts';
import type { Step, World } from '../step.ts';
import { names } from './names.ts';

const ssm = { service: 'ssm' } as const;
const secretsmanager = { service: 'secretsmanager' } as const;
const SEAT = 'frontdesk/local/richpanel/bot_agent_id';
const VERSION = /^[0-9a-f-]{36}$/;

export function settingSteps({ ready }: World): Step[] {
  const { parameterArn, secretArn } = names(ready);
  const parameter = (name: string, value: string | RegExp, version: number, type = 'String'): Shape => ({
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: isRecent,
    ARN: parameterArn(name),
    DataType: 'text',
  });
  const secret = { ARN: new RegExp(`^${secretArn(SEAT)}-\\w{6}$`), Name: SEAT, VersionId: VERSION };
  return [
    {
      does: 'gets a flag of the product',
      ...ssm,
      operation: 'GetParameter',
      input: { Name: '/frontdesk/local/automation_enabled' },
      gives: { Parameter: parameter('/frontdesk/local/automation_enabled', 'true', 1) },
    },
    {
      does: 'puts a parameter',
      ...ssm,
      operation: 'PutParameter',
      input: { Name: '/probe/one', Value: 'first', Type: 'String' },
      gives: { Version: 1, Tier: 'Standard' },
    },
    {
      does: 'does not overwrite it unasked',
      ...ssm,
      operation: 'PutParameter',
      input: { Name: '/probe/one', Value: 'second', Type: 'String' },
      gives: { error: 'ParameterAlreadyExists' },
    },
    {
      does: 'overwrites it',
      ...ssm,
      operation: 'PutParameter',
      input: { Name: '/probe/one', Value: '{"second": [1, "ü"]}', Overwrite: true },
      gives: { Version: 2, Tier: 'Standard' },
    },
    {
      does: 'puts a secure parameter deeper',
      ...ssm,
      operation: 'PutParameter',
      input: { Name: '/probe/deep/two', Value: 'sealed', Type: 'SecureString' },
      gives: { Version: 1, Tier: 'Standard' },
    },
    {
      does: 'gets some parameters and hears which are not there',
      ...ssm,
      operation: 'GetParameters',
      input: { Names: ['/probe/one', '/probe/none'] },
      gives: { Parameters: [parameter('/probe/one', '{"second": [1, "ü"]}', 2)], InvalidParameters: ['/probe/none'] },
    },
    {
      does: 'gets what is directly below a path',
      ...ssm,
      operation: 'GetParametersByPath',
      input: { Path: '/probe' },
      gives: { Parameters: [parameter('/probe/one', '{"second": [1, "ü"]}', 2)] },
    },
    {
      does: 'gets everything below a path, decrypted',
      ...ssm,
      operation: 'GetParametersByPath',
      input: { Path: '/probe', Recursive: true, WithDecryption: true },
      gives: {
        Parameters: [
          parameter('/probe/deep/two', 'sealed', 1, 'SecureString'),
          parameter('/probe/one', '{"second": [1, "ü"]}', 2),
        ],
      },
    },
    {
      does: 'gets a secure parameter sealed when not decrypted',
      ...ssm,
      operation: 'GetParameter',
      input: { Name: '/probe/deep/two' },
      gives: { Parameter: parameter('/probe/deep/two', /^(?!sealed$)./, 1, 'SecureString') },
    },
    {
      does: 'finds no parameter that never was',
      ...ssm,
      operation: 'GetParameter',
      input: { Name: '/probe/none' },
      gives: { error: 'ParameterNotFound' },
    },
    {
      does: 'is told that documents are not here',
      ...ssm,
      operation: 'ListDocuments',
      gives: { error: 'UnknownOperationException' },
    },

    {
      does: 'gets a secret',
      ...secretsmanager,
      operation: 'GetSecretValue',
      input: { SecretId: SEAT },
      gives: { ...secret, SecretString: 'usr_bot_01', VersionStages: ['AWSCURRENT'], CreatedDate: isRecent },
    },
    {
      does: 'puts a new version of it',
      ...secretsmanager,
      operation: 'PutSecretValue',
      input: { SecretId: SEAT, SecretString: 'usr_bot_02' },
      gives: { ...secret, VersionStages: ['AWSCURRENT'] },
    },
    {
      does: 'gets the new one',
      ...secretsmanager,
      operation: 'GetSecretValue',
      input: { SecretId: SEAT },
      gives: { ...secret, SecretString: 'usr_bot_02', VersionStages: ['AWSCURRENT'], CreatedDate: isRecent },
    },
    {
      does: 'gets the one before it by its stage',
      ...secretsmanager,
      operation: 'GetSecretValue',
      input: { SecretId: SEAT, VersionStage: 'AWSPREVIOUS' },
      gives: { ...secret, SecretString: 'usr_bot_01', VersionStages: ['AWSPREVIOUS'], CreatedDate: isRecent },
    },
    {
      does: 'finds no secret that never was',
      ...secretsmanager,
      operation: 'GetSecretValue',
      input: { SecretId: 'nowhere' },
      gives: { error: 'ResourceNotFoundException' },
    },
    {
      does: 'is told that lists of secrets are not here',
      ...secretsmanager,
      operation: 'ListSecrets',
      gives: { error: 'UnknownOperationException' },
    },

    {
      does: 'asks who it is',
      service: 'sts',
      operation: 'GetCallerIdentity',
      gives: { UserId: /^\w+$/, Account: ready.accountId, Arn: `arn:aws:iam::${ready.accountId}:root` },
    },
    // STS speaks the query protocol with every client, and there an operation is an action.
    {
      does: 'is told that sessions are not here',
      service: 'sts',
      operation: 'GetSessionToken',
      gives: { error: 'InvalidAction' },
    },
  ];
}
