/** Platform §4.5 row by row: what each role may do, and what it explicitly may not. The table is by hand, from the text. */
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../events/words.ts';
import { isSpecified } from './added.testing.ts';
import { EMPTY } from './stages.testing.ts';
import { ACCOUNT_VARIABLE, deployableStageOf, PLACEHOLDER_ACCOUNT } from './stages.ts';
import { topology } from './topology.ts';
import { deliveryStatementsOf } from './topology-analytics.ts';
import { busPolicyOf } from './topology-bus-policy.ts';
import { ciBoundaryOf, ciPoliciesOf, ciTrustOf } from './topology-delivery.ts';
import { keyPolicyOf } from './topology-key.ts';
import { operatorRolesOf } from './topology-operators.ts';
import { roleStatementsOf, type Statement } from './topology-permissions.ts';
import { boundaryOf } from './topology-permissions-boundary.ts';
import { resourcePolicy, rolePolicy } from './topology-policy.ts';

const PLACE = { env: 'prod', region: 'us-east-2', accountId: PLACEHOLDER_ACCOUNT, partition: 'aws' };
const KEY = `arn:aws:kms:us-east-2:${PLACEHOLDER_ACCOUNT}:key/1`;
const STAGE = deployableStageOf('prod', { [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT }, EMPTY);
const OPERATORS = operatorRolesOf(STAGE, PLACE, KEY);

const statementsOf = (name: FunctionName): Statement[] => {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is not in the topology`);
  return roleStatementsOf(spec, PLACE, KEY);
};
const operator = (name: string): readonly Statement[] => {
  const found = OPERATORS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.statements;
};

/** `action resource`, with what bounds the keys of a table. */
const rights = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ actions, resources, conditions = [] }) => {
    const bounds = conditions.find(({ variable, test }) => variable === 'dynamodb:LeadingKeys' && test !== 'Null');
    return actions.flatMap((action) =>
      resources.flatMap((resource) =>
        (bounds?.values ?? ['']).map((value) => `${action} ${resource.split(':').slice(5).join(':')} ${value}`.trim()),
      ),
    );
  });
const matching = (statements: readonly Statement[], pattern: RegExp) =>
  rights(statements).filter((right) => pattern.test(right));

const WRITES = /^dynamodb:(Put|Update|Delete)/;
const SECRET = (name: string) => new RegExp(`^secretsmanager:GetSecretValue .*${name}`);
const RICHPANEL = SECRET('richpanel/api_key');
const OPENAI = SECRET('openai/api_key');
const SEAT = SECRET('bot_agent_id');
const ANY_SECRET = /^secretsmanager:/;
const VAULT = /^dynamodb:.*_vault/;
const CONVERSATION = /^dynamodb:.*_conversation_state/;
const RULES = /^events:(PutRule|EnableRule|DisableRule|StartReplay|PutTargets)/;

/** Per function: what must be there, and the column "explicitly absent" (with rulings 6 and 31 of architecture §10). */
const ROWS: readonly { name: FunctionName; has: readonly RegExp[]; lacks: readonly RegExp[] }[] = [
  {
    name: 'ingest',
    has: [/^events:PutEvents/, /PutItem .*_idempotency evt:/, SECRET('webhook_token'), SECRET('hash_salt')],
    lacks: [CONVERSATION, RICHPANEL, OPENAI, SEAT, VAULT, /^ssm:Put/],
  },
  {
    name: 'classify',
    has: [
      CONVERSATION,
      /PutItem .*_vault txt:/,
      RICHPANEL,
      OPENAI,
      SECRET('hash_salt'),
      /^sqs:SendMessage .*classify-later/,
    ],
    lacks: [/GetItem .*_vault/, /_vault ord:/, SECRET('webhook_token'), /act:rp_reply/],
  },
  {
    name: 'order-lookup',
    has: [/PutItem .*_vault ord:/, RICHPANEL, SECRET('hash_salt'), /^sqs:SendMessage .*order-lookup-later/],
    lacks: [OPENAI, SEAT, /GetItem .*_vault/, /_vault txt:/, CONVERSATION],
  },
  {
    name: 'verify',
    has: [/GetItem .*_vault txt:/, OPENAI, /GetItem .*_conversation_state/, /^sqs:SendMessage .*verify-later/],
    lacks: [RICHPANEL, SEAT, /_vault ord:/, /(Put|Update|Delete)Item .*_vault/],
  },
  {
    name: 'responder-route',
    has: [RICHPANEL, CONVERSATION, /^sqs:SendMessage .*responder-route-later/],
    lacks: [SEAT, VAULT, OPENAI, /act:rp_reply/, /ReplySent/],
  },
  {
    name: 'responder-reply',
    has: [RICHPANEL, SEAT, /GetItem .*_vault ord:/, /DeleteItem .*_vault ord:/, /PutItem .*act:rp_reply:/],
    lacks: [OPENAI, /_vault txt:/, RULES],
  },
  {
    name: 'responder-settle',
    has: [RICHPANEL, SEAT, CONVERSATION],
    lacks: [VAULT, OPENAI],
  },
  {
    name: 'auditor',
    has: [/PutItem .*_audit_trail/, /UpdateItem .*_read_models/, /_idempotency csm:auditor:/],
    lacks: [ANY_SECRET, /^events:PutEvents/, VAULT, CONVERSATION],
  },
  {
    name: 'sealer',
    has: [/Query .*_audit_trail/, /PutItem .*_audit_trail seals#/, /^events:PutEvents/],
    lacks: [ANY_SECRET, VAULT, CONVERSATION, /_idempotency/],
  },
  {
    name: 'sweeper',
    has: [
      /Query .*_idempotency\/index/,
      /UpdateItem .*_idempotency/,
      /_vendor_limits/,
      /^events:DescribeRule/,
      /^events:PutEvents/,
    ],
    lacks: [ANY_SECRET, VAULT, CONVERSATION],
  },
  {
    name: 'reconciler',
    // Platform names the salt too; its ports take no digest, and ports stand (architecture §10 ruling 6).
    has: [RICHPANEL, /PutItem .*_idempotency evt:/, /GetItem .*_conversation_state/, /^events:PutEvents/],
    lacks: [OPENAI, SEAT, VAULT, /(Put|Update)Item .*_conversation_state/],
  },
  {
    // Platform §6.8: no vendor, nothing but its own keys.
    name: 'analytics',
    has: [/^firehose:PutRecord .*deliverystream\/frontdesk-prod-facts$/, /_idempotency csm:analytics:/],
    lacks: [ANY_SECRET, RICHPANEL, OPENAI, VAULT, CONVERSATION, /_audit_trail/, /_read_models/, /^events:/],
  },
  { name: 'flag-watcher', has: [/^events:PutEvents/], lacks: [ANY_SECRET, /^dynamodb:/, /^ssm:Put/] },
];

describe.each(ROWS)('$name', ({ name, has, lacks }) => {
  it.each(has)('may %s', (pattern) => {
    expect(matching(statementsOf(name), pattern)).not.toEqual([]);
  });
  it.each(lacks)('may not %s', (pattern) => {
    expect(matching(statementsOf(name), pattern)).toEqual([]);
  });
});

describe('every function', () => {
  it('has its row', () => {
    expect(ROWS.map((row) => row.name).sort()).toEqual(
      topology.functions
        .map(({ name }) => name)
        .filter(isSpecified)
        .sort(),
    );
  });

  it('reads no table whole, writes no flag, makes no role and touches no rule', () => {
    for (const { name } of topology.functions)
      expect(
        matching(statementsOf(name), /^(dynamodb:Scan|ssm:Put|iam:|sts:|events:(?!PutEvents|DescribeRule))/),
        name,
      ).toEqual([]);
  });

  it('writes lines to its own log group, and asks no resource but X-Ray’s by a star', () => {
    for (const { name } of topology.functions) {
      expect(matching(statementsOf(name), /^logs:/), name).toEqual([
        `logs:CreateLogStream log-group:/aws/lambda/frontdesk-prod-${name}:log-stream:*`,
        `logs:PutLogEvents log-group:/aws/lambda/frontdesk-prod-${name}:log-stream:*`,
      ]);
      const everywhere = statementsOf(name).filter(({ resources }) => resources.includes('*'));
      expect(
        everywhere.flatMap(({ actions }) => actions),
        name,
      ).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
    }
  });

  it('uses the key through services alone: those that hold something it may read', () => {
    const through = (name: FunctionName) =>
      statementsOf(name)
        .filter(({ actions }) => actions.some((action) => action.startsWith('kms:')))
        .map(({ actions, resources, conditions = [] }) => [
          actions,
          resources,
          conditions[0]?.variable,
          conditions[0]?.values,
        ]);
    const queues = [['kms:Decrypt', 'kms:GenerateDataKey'], [KEY], 'kms:ViaService', ['sqs.us-east-2.amazonaws.com']];
    expect(through('flag-watcher')).toEqual([queues]);
    expect(through('auditor')).toEqual([
      queues,
      [['kms:Decrypt'], [KEY], 'kms:ViaService', ['dynamodb.us-east-2.amazonaws.com']],
    ]);
    expect(through('verify')[1]?.[3]).toEqual([
      'dynamodb.us-east-2.amazonaws.com',
      'secretsmanager.us-east-2.amazonaws.com',
    ]);
  });

  it('is held to the stage’s tag at secrets and queues', () => {
    for (const { name } of topology.functions)
      for (const { actions, conditions = [] } of statementsOf(name))
        if (actions.some((action) => /^(secretsmanager|sqs):/.test(action)))
          expect(conditions, `${name} ${actions}`).toContainEqual({
            test: 'StringEquals',
            variable: 'aws:ResourceTag/env',
            values: ['prod'],
          });
  });
});

describe('operators', () => {
  it('are replay, flags, erasure, drain and secrets, and break-glass in production', () => {
    expect(OPERATORS.map(({ roleName }) => roleName)).toEqual([
      'frontdesk-prod-operator-replay',
      'frontdesk-prod-operator-flags',
      'frontdesk-prod-operator-erasure',
      'frontdesk-prod-operator-drain',
      'frontdesk-prod-operator-secrets',
      'prod-breakglass-admin',
    ]);
    expect(operatorRolesOf(STAGE, { ...PLACE, env: 'staging' }, KEY).map(({ name }) => name)).not.toContain(
      'breakglass-admin',
    );
  });

  it('replay: replays and switches live rules; the ledger, records and secrets are out of reach', () => {
    const may = operator('operator-replay');
    expect(matching(may, /^events:StartReplay archive/)).toHaveLength(2);
    expect(matching(may, /^events:(Enable|Disable)Rule/)).not.toEqual([]);
    // Twins are always enabled (§5.3), and nothing is switched on the account's own bus.
    expect(matching(may, /^events:(Enable|Disable)Rule .*(-replay|default)/)).toEqual([]);
    expect(matching(may, WRITES)).toEqual([
      'dynamodb:PutItem table/frontdesk_prod_read_models',
      'dynamodb:UpdateItem table/frontdesk_prod_read_models',
    ]);
    expect(matching(may, ANY_SECRET)).toEqual([]);
    expect(matching(may, /^sqs:(Send|Receive|Delete)/)).toEqual([]);
  });

  it('flags: writes flags of its stage and nothing else', () => {
    const may = operator('operator-flags');
    const writes = rights(may).filter((right) => !/^[a-z]+:(Get|List|Describe|Query|Scan|Decrypt)/.test(right));
    expect(writes.length).toBeGreaterThan(20);
    for (const right of writes) expect(right).toMatch(/^ssm:PutParameter parameter\/frontdesk\/prod\/[a-z0-9_/*]+$/);
    expect(writes).toContain('ssm:PutParameter parameter/frontdesk/prod/automation_enabled');
    expect(writes).toContain('ssm:PutParameter parameter/frontdesk/prod/template_enabled/*');
    // Changed by a release alone (§1.5).
    expect(writes.filter((right) => /thresholds|models|prod\/\*/.test(right))).toEqual([]);
    expect(matching(may, ANY_SECRET)).toEqual([]);
  });

  it('erasure: deletes what is kept of a customer; no key of a vendor, no rule', () => {
    const may = operator('operator-erasure');
    expect(matching(may, /^dynamodb:DeleteItem/)).toEqual([
      'dynamodb:DeleteItem table/frontdesk_prod_conversation_state',
      'dynamodb:DeleteItem table/frontdesk_prod_audit_trail',
      'dynamodb:DeleteItem table/frontdesk_prod_vault',
      'dynamodb:DeleteItem table/frontdesk_prod_read_models',
      'dynamodb:DeleteItem table/frontdesk_prod_idempotency cust:*',
      'dynamodb:DeleteItem table/frontdesk_prod_idempotency match:*',
    ]);
    for (const pattern of [RICHPANEL, OPENAI, RULES]) expect(matching(may, pattern)).toEqual([]);
  });

  it('drain: the queues of dead letters, and no way to the door', () => {
    const may = operator('operator-drain');
    expect(matching(may, /^sqs:(Receive|Delete)Message/).every((right) => /-(dlq|failures)$/.test(right))).toBe(true);
    expect(matching(may, /^sqs:SendMessage/).every((right) => right.endsWith('-later'))).toBe(true);
    expect(matching(may, /act:|_vault|_conversation/)).toEqual([]);
    for (const pattern of [OPENAI, SEAT, RULES]) expect(matching(may, pattern)).toEqual([]);
  });

  it('secrets: the webhook’s secret alone, by value', () => {
    const may = operator('operator-secrets');
    expect(matching(may, /^secretsmanager:(Get|Put)SecretValue/)).toEqual([
      'secretsmanager:GetSecretValue secret:frontdesk/prod/richpanel/webhook_token-??????',
      'secretsmanager:PutSecretValue secret:frontdesk/prod/richpanel/webhook_token-??????',
    ]);
  });

  it('break-glass wants a second factor and bears no policy of ours', () => {
    expect(OPERATORS.at(-1)).toMatchObject({ needsSecondFactor: true, statements: [] });
  });
});

describe('the bus', () => {
  const policy = busPolicyOf(PLACE);
  const condition = (index: number, variable: string) =>
    policy[index]?.conditions.find((one) => one.variable === variable)?.values ?? [];

  it('denies everybody who is not a role of ours, and gives nothing', () => {
    expect(new Set(policy.map(({ effect }) => effect))).toEqual(new Set(['Deny']));
    expect(condition(0, 'events:source')).toEqual([]);
    const speakers = topology.functions.filter(({ publishes }) => publishes).map(({ name }) => name);
    expect([...condition(0, 'aws:PrincipalArn')].sort()).toEqual(
      [...speakers, 'operator-replay', 'operator-erasure', 'operator-drain']
        .map((name) => `arn:aws:iam::${PLACEHOLDER_ACCOUNT}:role/frontdesk-prod-${name}`)
        .sort(),
    );
  });

  // Who repeats what another stored: REPUBLISHES, from protocols §2, §6 and §7.
  it.each([
    ['verify', ['verify']],
    ['sealer', ['sealer']],
    ['flag-watcher', ['flag-watcher']],
    ['ingest', ['ingest', 'sweeper']],
    ['responder-reply', ['classify', 'responder-route', 'responder-reply', 'responder-settle', 'sweeper']],
    ['replay-tool', ['operator-replay']],
    ['drain-tool', ['operator-drain']],
    ['erasure-tool', ['operator-erasure']],
  ])('lets a fact of %s come from %s alone', (source, roles) => {
    const index = policy.findIndex((_, at) => condition(at, 'events:source').includes(`frontdesk.${source}`));
    const may = condition(index, 'aws:PrincipalArn').map((arn) => arn.split('/frontdesk-prod-')[1]);
    expect(may).toEqual(roles);
  });

  it('lets EventBridge itself replay', () => {
    for (const { conditions } of policy)
      expect(conditions).toContainEqual({ test: 'Bool', variable: 'aws:PrincipalIsAWSService', values: ['false'] });
  });

  it('has a policy that fits', () => {
    // Quota of a bus: 10,240 characters.
    expect(resourcePolicy(policy).length).toBeLessThan(10_240);
  });
});

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

describe('CI', () => {
  const policies = ciPoliciesOf(PLACE);
  const allowed = policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Allow'));
  const denied = policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Deny'));

  it('is taken from one repository and branch, for one audience', () => {
    expect(ciTrustOf({ repository: 'shop/frontdesk', ref: 'refs/heads/main', provider: 'create' })).toEqual([
      { test: 'StringEquals', variable: 'token.actions.githubusercontent.com:aud', values: ['sts.amazonaws.com'] },
      {
        test: 'StringEquals',
        variable: 'token.actions.githubusercontent.com:sub',
        values: ['repo:shop/frontdesk:ref:refs/heads/main'],
      },
    ]);
    expect(ciTrustOf({ repository: 'shop/frontdesk', ref: 'refs/tags/v*', provider: 'create' })[1]?.test).toBe(
      'StringLike',
    );
  });

  it('reads and writes no value of a secret, and overwrites no flag', () => {
    const values = /^secretsmanager:(Get|Put|BatchGet)SecretValue$/;
    expect(allowed.flatMap(({ actions }) => actions).filter((action) => values.test(action))).toEqual([]);
    expect(denied.flatMap(({ actions }) => actions).filter((action) => values.test(action))).toHaveLength(3);
    const flags = allowed.filter(
      ({ actions, resources }) =>
        actions.includes('ssm:PutParameter') && resources.some((one) => one.includes('/frontdesk/prod/')),
    );
    expect(flags.map(({ conditions }) => conditions)).toEqual([
      [{ test: 'StringEquals', variable: 'ssm:Overwrite', values: ['false'] }],
    ]);
  });

  it('makes a role only under the boundary, and changes neither its own nor an operator’s', () => {
    for (const { actions, conditions = [] } of allowed)
      if (
        actions.some((action) =>
          /^iam:(CreateRole|PutRolePolicy|AttachRolePolicy|PutRolePermissionsBoundary)$/.test(action),
        )
      )
        expect(conditions).toEqual([
          {
            test: 'StringEquals',
            variable: 'iam:PermissionsBoundary',
            values: [`arn:aws:iam::${PLACEHOLDER_ACCOUNT}:policy/frontdesk-prod-boundary`],
          },
        ]);
    const kept = denied.find(({ actions }) => actions.includes('iam:PutRolePolicy'))?.resources ?? [];
    for (const role of ['frontdesk-ci-deploy', 'prod-breakglass-admin', ...OPERATORS.map(({ roleName }) => roleName)])
      expect(kept).toContain(`arn:aws:iam::${PLACEHOLDER_ACCOUNT}:role/${role}`);
    expect(allowed.flatMap(({ actions }) => actions)).not.toContain('iam:CreateUser');
  });

  it('can be given neither data, nor people, nor a hand at the running system', () => {
    const [boundary] = ciBoundaryOf();
    expect(boundary?.notActions).toEqual(
      expect.arrayContaining([
        'secretsmanager:GetSecretValue',
        'dynamodb:Scan',
        'events:StartReplay',
        'events:PutEvents',
        'iam:CreateUser',
        'iam:CreateAccessKey',
        'lambda:InvokeFunction',
        'cloudtrail:StopLogging',
      ]),
    );
    const given = allowed.flatMap(({ actions }) => actions);
    expect(given.filter((action) => boundary?.notActions.includes(action))).toEqual([]);
  });

  it('tags what the stage’s tags are put on: functions, and the mappings that feed them', () => {
    for (const action of ['lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'])
      expect(allowed.filter(({ actions }) => actions.includes(action)).flatMap(({ resources }) => resources)).toEqual([
        `arn:aws:lambda:us-east-2:${PLACEHOLDER_ACCOUNT}:function:frontdesk-prod*`,
        `arn:aws:lambda:us-east-2:${PLACEHOLDER_ACCOUNT}:event-source-mapping:*`,
      ]);
  });

  it('has policies that fit', () => {
    for (const { name, statements } of policies) expect(rolePolicy(statements).length, name).toBeLessThan(6_144);
    expect(rolePolicy(ciBoundaryOf()).length).toBeLessThan(6_144);
    expect(policies.length).toBeLessThanOrEqual(10);
  });
});

describe('no role', () => {
  const everything: readonly { readonly actions: readonly string[] }[] = [
    ...topology.functions.flatMap(({ name }) => statementsOf(name)),
    ...OPERATORS.flatMap(({ statements }) => statements),
    ...ciPoliciesOf(PLACE).flatMap(({ statements }) => statements),
    ...boundaryOf(STAGE, PLACE, KEY),
    ...deliveryStatementsOf(PLACE, KEY),
    ...keyPolicyOf(PLACE),
    ...busPolicyOf(PLACE),
  ];

  it('has an action with a star', () => {
    const named = [
      ...everything.flatMap(({ actions }) => actions),
      ...ciBoundaryOf().flatMap(({ notActions }) => notActions),
    ];
    expect(named.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('has a policy that does not fit: 10,240 characters in a role, 6,144 in a boundary', () => {
    for (const { name } of topology.functions) expect(rolePolicy(statementsOf(name)).length, name).toBeLessThan(10_240);
    for (const { name, statements } of OPERATORS) expect(rolePolicy(statements).length, name).toBeLessThan(10_240);
    expect(rolePolicy(boundaryOf(STAGE, PLACE, KEY)).length).toBeLessThan(6_144);
  });
});
