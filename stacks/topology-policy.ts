/** Statements as IAM reads them. */
import type { PolicyStatement } from './topology-bus-policy.ts';

type Condition = { readonly test: string; readonly variable: string; readonly values: readonly string[] };

type RoleStatement = {
  readonly effect?: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: readonly Condition[];
};

/** Of a policy that belongs to a role. */
export function rolePolicy(statements: readonly RoleStatement[]): string {
  return document(
    statements.map(({ effect = 'Allow', actions, notActions, resources, conditions = [] }) => ({
      Effect: effect,
      ...(actions && { Action: actions }),
      ...(notActions && { NotAction: notActions }),
      Resource: resources,
      ...conditionsIn(conditions),
    })),
  );
}

/** Of a policy that belongs to a resource. */
export function resourcePolicy(statements: readonly PolicyStatement[]): string {
  return document(
    statements.map(({ sid, effect, principals, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principalsIn(principals),
      Action: actions,
      Resource: resources,
      ...conditionsIn(conditions),
    })),
  );
}

/** Who may take a role. */
export function trustPolicy(
  principal: Partial<Record<'AWS' | 'Service' | 'Federated', readonly string[]>>,
  conditions: readonly Condition[] = [],
): string {
  const action = 'Federated' in principal ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole';
  return document([{ Effect: 'Allow', Principal: principal, Action: [action], ...conditionsIn(conditions) }]);
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function principalsIn(principals: PolicyStatement['principals']): unknown {
  if (principals.some(({ type }) => type === '*')) return '*';
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers]));
}

function conditionsIn(conditions: readonly Condition[]): object {
  if (conditions.length === 0) return {};
  const merged: Record<string, Record<string, readonly string[]>> = {};
  for (const { test, variable, values } of conditions) {
    const ofTest = merged[test] ?? {};
    if (ofTest[variable] !== undefined) throw new Error(`${test} asks ${variable} twice`);
    merged[test] = { ...ofTest, [variable]: values };
  }
  return { Condition: merged };
}
