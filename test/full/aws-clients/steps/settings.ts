/** Parameters, secrets, and who one is. */
import { isRecent, type Shape } from '../shape.ts';
import { refused, type Step, secretsmanager, ssm, sts, type World } from '../step.ts';
import { names } from './names.ts';

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
    ssm(
      'gets a flag of the product',
      'GetParameter',
      { Name: '/frontdesk/local/automation_enabled' },
      { Parameter: parameter('/frontdesk/local/automation_enabled', 'true', 1) },
    ),
    ssm(
      'puts a parameter',
      'PutParameter',
      { Name: '/probe/one', Value: 'first', Type: 'String' },
      { Version: 1, Tier: 'Standard' },
    ),
    ssm(
      'does not overwrite it unasked',
      'PutParameter',
      { Name: '/probe/one', Value: 'second', Type: 'String' },
      refused('ParameterAlreadyExists'),
    ),
    ssm(
      'overwrites it',
      'PutParameter',
      { Name: '/probe/one', Value: '{"second": [1, "ü"]}', Overwrite: true },
      { Version: 2, Tier: 'Standard' },
    ),
    ssm(
      'puts a secure parameter deeper',
      'PutParameter',
      { Name: '/probe/deep/two', Value: 'sealed', Type: 'SecureString' },
      { Version: 1, Tier: 'Standard' },
    ),
    ssm(
      'gets some parameters and hears which are not there',
      'GetParameters',
      { Names: ['/probe/one', '/probe/none'] },
      { Parameters: [parameter('/probe/one', '{"second": [1, "ü"]}', 2)], InvalidParameters: ['/probe/none'] },
    ),
    ssm(
      'gets what is directly below a path',
      'GetParametersByPath',
      { Path: '/probe' },
      { Parameters: [parameter('/probe/one', '{"second": [1, "ü"]}', 2)] },
    ),
    ssm(
      'gets everything below a path, decrypted',
      'GetParametersByPath',
      { Path: '/probe', Recursive: true, WithDecryption: true },
      {
        Parameters: [
          parameter('/probe/deep/two', 'sealed', 1, 'SecureString'),
          parameter('/probe/one', '{"second": [1, "ü"]}', 2),
        ],
      },
    ),
    ssm(
      'gets a secure parameter sealed when not decrypted',
      'GetParameter',
      { Name: '/probe/deep/two' },
      { Parameter: parameter('/probe/deep/two', /^(?!sealed$)./, 1, 'SecureString') },
    ),
    ssm('finds no parameter that never was', 'GetParameter', { Name: '/probe/none' }, refused('ParameterNotFound')),
    ssm('is told that documents are not here', 'ListDocuments', {}, refused('UnknownOperationException')),

    secretsmanager(
      'gets a secret',
      'GetSecretValue',
      { SecretId: SEAT },
      { ...secret, SecretString: 'usr_bot_01', VersionStages: ['AWSCURRENT'], CreatedDate: isRecent },
    ),
    secretsmanager(
      'puts a new version of it',
      'PutSecretValue',
      { SecretId: SEAT, SecretString: 'usr_bot_02' },
      { ...secret, VersionStages: ['AWSCURRENT'] },
    ),
    secretsmanager(
      'gets the new one',
      'GetSecretValue',
      { SecretId: SEAT },
      { ...secret, SecretString: 'usr_bot_02', VersionStages: ['AWSCURRENT'], CreatedDate: isRecent },
    ),
    secretsmanager(
      'gets the one before it by its stage',
      'GetSecretValue',
      { SecretId: SEAT, VersionStage: 'AWSPREVIOUS' },
      { ...secret, SecretString: 'usr_bot_01', VersionStages: ['AWSPREVIOUS'], CreatedDate: isRecent },
    ),
    secretsmanager(
      'finds no secret that never was',
      'GetSecretValue',
      { SecretId: 'nowhere' },
      refused('ResourceNotFoundException'),
    ),
    secretsmanager(
      'is told that lists of secrets are not here',
      'ListSecrets',
      {},
      refused('UnknownOperationException'),
    ),

    sts(
      'asks who it is',
      'GetCallerIdentity',
      {},
      { UserId: /^\w+$/, Account: ready.accountId, Arn: `arn:aws:iam::${ready.accountId}:root` },
    ),
    // STS speaks the query protocol with every client, and there an operation is an action.
    sts('is told that sessions are not here', 'GetSessionToken', {}, refused('InvalidAction')),
  ];
}
