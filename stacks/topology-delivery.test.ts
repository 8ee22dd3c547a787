/** The role that CI deploys with: who takes it, and what it may never do (platform §4.2 T16, §4.5). */
import { describe, expect, it } from 'vitest';
import { PLACEHOLDER_ACCOUNT } from './stages.ts';
import { ciBoundaryOf, ciPoliciesOf, ciTrustOf } from './topology-delivery.ts';
import { rolePolicy } from './topology-policy.ts';
import { OPERATORS, PLACE } from './topology-roles.testing.ts';

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
