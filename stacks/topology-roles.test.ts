/** What holds for every role there is: functions, operators, CI, boundary, delivery, key and bus. */
import { describe, expect, it } from 'vitest';
import { topology } from './topology.ts';
import { deliveryStatementsOf } from './topology-analytics.ts';
import { busPolicyOf } from './topology-bus-policy.ts';
import { ciBoundaryOf, ciPoliciesOf } from './topology-delivery.ts';
import { keyPolicyOf } from './topology-key.ts';
import { boundaryOf } from './topology-permissions-boundary.ts';
import { rolePolicy } from './topology-policy.ts';
import { KEY, OPERATORS, PLACE, STAGE, statementsOf } from './topology-roles.testing.ts';

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
