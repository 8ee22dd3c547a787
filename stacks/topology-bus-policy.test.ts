/** Who may put what on the bus (platform §4.2 T5, §4.5). */
import { describe, expect, it } from 'vitest';
import { PLACEHOLDER_ACCOUNT } from './stages.ts';
import { topology } from './topology.ts';
import { busPolicyOf } from './topology-bus-policy.ts';
import { resourcePolicy } from './topology-policy.ts';
import { PLACE } from './topology-roles.testing.ts';

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
