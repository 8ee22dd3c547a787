/** ARNs of one account and region. */
import { DEFAULT_BUS } from './schema.ts';

export type Arns = {
  readonly accountId: string;
  bus(name: string): string;
  rule(bus: string, name: string): string;
  archive(name: string): string;
  replay(name: string): string;
};

export function arnsOf(region: string, accountId: string): Arns {
  const arn = (resource: string) => `arn:aws:events:${region}:${accountId}:${resource}`;
  return {
    accountId,
    bus: (name) => arn(`event-bus/${name}`),
    rule: (bus, name) => arn(bus === DEFAULT_BUS ? `rule/${name}` : `rule/${bus}/${name}`),
    archive: (name) => arn(`archive/${name}`),
    replay: (name) => arn(`replay/${name}`),
  };
}

/** What stands behind the account of an ARN, e.g. `function:frontdesk-local-verify`. */
export function resourceOf(arn: string): { service: string; resource: string } {
  const [, , service = '', , , ...resource] = arn.split(':');
  return { service, resource: resource.join(':') };
}
