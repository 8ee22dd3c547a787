/** How statements of a deploy name actions and resources. */
import type { Place } from '../topology-names.ts';

/** `create`, `read` … are spelled out: a wildcard would also be what AWS adds tomorrow. */
export const of = (service: string, ...names: readonly string[]): string[] => names.map((name) => `${service}:${name}`);

/** Names of resources in the stage’s account; `named`: those that begin with app and stage, `edge`: those of no region. */
export function namesIn({ env, region, accountId, partition }: Place) {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return {
    arn,
    named: (service: string, before: string) => arn(service, `${before}frontdesk-${env}*`),
    edge: (service: string, resource: string) => `arn:${partition}:${service}::${accountId}:${resource}`,
  };
}
