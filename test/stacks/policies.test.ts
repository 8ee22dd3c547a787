/** IAM documents as AWS reads them. */
import { describe, expect, it } from 'vitest';
import { covers, grantsOf, managedOf, statementsOf } from './policies.ts';
import { functionWith, graphOf, resourceOf } from './testing.ts';

describe('a policy document', () => {
  it('is read whether it holds lists or single values', () => {
    const one = { Effect: 'Allow', Action: 'a:B', Resource: 'x', Principal: { Service: 's.amazonaws.com' } };
    expect(statementsOf({ Statement: one })).toEqual([
      {
        sid: '',
        effect: 'Allow',
        actions: ['a:B'],
        resources: ['x'],
        conditions: {},
        principals: ['s.amazonaws.com'],
        isNegated: false,
      },
    ]);
    expect(statementsOf({ Statement: [{ Effect: 'Deny', NotAction: ['a:B'], Principal: '*' }] })).toMatchObject([
      { effect: 'Deny', principals: ['*'], isNegated: true },
    ]);
  });

  it('covers by star and question mark, and takes every other sign as it is', () => {
    expect(covers('dynamodb:*', 'dynamodb:GetItem')).toBe(true);
    expect(covers('secret:key-??????', 'secret:key-AbCdEf')).toBe(true);
    expect(covers('a.b', 'axb')).toBe(false);
    expect(covers('dynamodb:Get', 'dynamodb:GetItem')).toBe(false);
  });

  it('counts for a role when it is inline, beside it, or attached', () => {
    const statement = (action: string) => ({ Effect: 'Allow', Action: [action], Resource: ['x'] });
    const [fn, role] = functionWith('verify', [statement('a:Inline')]);
    const beside = { role: 'frontdesk-dev-verify', policy: { Statement: [statement('a:Beside')] } };
    const graph = graphOf([
      ...(fn && role ? [fn, role] : []),
      resourceOf('aws:iam/rolePolicy:RolePolicy', beside),
      resourceOf('aws:iam/policy:Policy', { name: 'own', policy: { Statement: [statement('a:Attached')] } }),
      ...['000000000000:policy/own', 'aws:policy/AdministratorAccess'].map((rest) =>
        resourceOf('aws:iam/rolePolicyAttachment:RolePolicyAttachment', {
          role: 'frontdesk-dev-verify',
          policyArn: `arn:aws:iam::${rest}`,
        }),
      ),
    ]);
    if (role === undefined) throw new Error('no role');
    expect(grantsOf(graph, role).flatMap(({ actions }) => actions)).toEqual(['a:Inline', 'a:Beside', 'a:Attached']);
    expect(managedOf(graph, role)).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
  });
});
