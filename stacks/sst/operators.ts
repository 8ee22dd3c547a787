/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import type { Place } from '../topology-names.ts';
import { operatorRolesOf, SESSION_SECONDS } from '../topology-operators.ts';
import { rolePolicy, trustPolicy } from '../topology-policy.ts';

const SECOND_FACTOR = [
  { test: 'Bool', variable: 'aws:MultiFactorAuthPresent', values: ['true'] },
  { test: 'NumericLessThan', variable: 'aws:MultiFactorAuthAge', values: [String(SESSION_SECONDS)] },
] as const;

/** Roles that people take, by name: never the account's root, never everybody in it. */
export function createOperators(
  stage: DeployableStage,
  place: Place,
  key: aws.kms.Key,
  boundary: aws.iam.Policy,
): void {
  for (const [index, role] of operatorRolesOf(stage, place, '').entries()) {
    const { name, roleName, meaning, principals, needsSecondFactor, managed } = role;
    const created = new aws.iam.Role(`Role-${name}`, {
      name: roleName,
      description: meaning,
      maxSessionDuration: SESSION_SECONDS,
      assumeRolePolicy: trustPolicy({ AWS: principals }, needsSecondFactor ? SECOND_FACTOR : []),
      // Break-glass is what is left when boundaries stand in the way.
      ...(managed.length === 0 ? { permissionsBoundary: boundary.arn } : { managedPolicyArns: [...managed] }),
    });
    if (role.statements.length === 0) continue;
    new aws.iam.RolePolicy(`RolePolicy-${name}`, {
      name: 'duties',
      role: created.name,
      policy: key.arn.apply((keyArn) => rolePolicy(operatorRolesOf(stage, place, keyArn)[index]?.statements ?? [])),
    });
  }
}
