/** IAM policies in a graph, read as AWS reads them: who may do what, on what, under which conditions. */
import type { Graph, Resource } from '../../tools/stacks/graph.ts';
import { all, asList, at, lastOf, nameOf, text } from './query.ts';

export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type Statement = {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions;
  readonly principals: readonly string[];
  /** `NotAction`, `NotResource` or `NotPrincipal` stands in it: nobody can say what it covers. */
  readonly isNegated: boolean;
};

export function statementsOf(document: unknown): Statement[] {
  return asList(at(document, 'Statement') as object | object[] | undefined).map((one) => ({
    sid: text(one, 'Sid'),
    effect: text(one, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    actions: asList(at(one, 'Action') as string | string[] | undefined),
    resources: asList(at(one, 'Resource') as string | string[] | undefined),
    conditions: (at(one, 'Condition') ?? {}) as Conditions,
    principals: principalsOf(at(one, 'Principal')),
    isNegated: ['NotAction', 'NotResource', 'NotPrincipal'].some((key) => at(one, key) !== undefined),
  }));
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === 'string') return [principal];
  return Object.values((principal ?? {}) as Record<string, string | string[]>).flatMap((one) => [...asList(one)]);
}

/** What a role may do: its inline policies, and policies of ours that are attached to it. */
export function grantsOf(graph: Graph, role: Resource): Statement[] {
  const inline = asList(at(role.properties, 'inlinePolicies') as object[] | undefined);
  const separate = all(graph, 'iam.RolePolicy').filter(({ properties }) => text(properties, 'role') === nameOf(role));
  const attached = all(graph, 'iam.RolePolicyAttachment')
    .filter(({ properties }) => text(properties, 'role') === nameOf(role))
    .map(({ properties }) => text(properties, 'policyArn'));
  const managed = [...asList(at(role.properties, 'managedPolicyArns') as string[] | undefined), ...attached];
  const own = all(graph, 'iam.Policy').filter((policy) => managed.some((arn) => lastOf(arn) === nameOf(policy)));
  return [
    ...inline.flatMap((one) => statementsOf(at(one, 'policy'))),
    ...separate.flatMap(({ properties }) => statementsOf(properties.policy)),
    ...own.flatMap(({ properties }) => statementsOf(properties.policy)),
  ];
}

/** Policies of AWS's own that a role has. */
export function managedOf(graph: Graph, role: Resource): string[] {
  const attached = all(graph, 'iam.RolePolicyAttachment')
    .filter(({ properties }) => text(properties, 'role') === nameOf(role))
    .map(({ properties }) => text(properties, 'policyArn'));
  const arns = [...asList(at(role.properties, 'managedPolicyArns') as string[] | undefined), ...attached];
  return arns.filter((arn) => arn.includes(':iam::aws:policy/'));
}

/** The role that a function runs with. */
export function roleOf(graph: Graph, functionName: string): Resource | undefined {
  const found = all(graph, 'lambda.Function').find((one) => nameOf(one) === functionName);
  const arn = text(found?.properties, 'role');
  return all(graph, 'iam.Role').find((role) => nameOf(role) === lastOf(arn));
}

/** Whether an action of a policy, which may hold `*` and `?`, covers a given one. */
export function covers(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'is').test(name);
}
