/** Small graphs made by hand. */
import type { Graph, Properties, Resource, StageName } from '../../tools/stacks/graph.ts';

export function graphOf(resources: readonly Resource[], stage: StageName = 'dev'): Graph {
  return { stage, region: 'us-east-2', accountId: '000000000000', resources, bundles: [] };
}

/** @param type  Pulumi's token, e.g. `aws:sqs/queue:Queue`. */
export function resourceOf(type: string, properties: Properties): Resource {
  const name = String(properties.name ?? type);
  return { type, name, urn: `urn:pulumi:dev::frontdesk::${type}::${name}`, properties };
}

const ARN = 'arn:aws:';
export const arnOf = (service: string, resource: string): string =>
  `${ARN}${service}:us-east-2:000000000000:${resource}`;

/** A function with a role of its own that has these statements. */
export function functionWith(name: string, statements: readonly object[]): Resource[] {
  const full = `frontdesk-dev-${name}`;
  return [
    resourceOf('aws:lambda/function:Function', { name: full, role: `arn:aws:iam::000000000000:role/${full}` }),
    resourceOf('aws:iam/role:Role', {
      name: full,
      inlinePolicies: [{ name: 'inline', policy: { Version: '2012-10-17', Statement: statements } }],
    }),
  ];
}
