/** The app as a whole: its bundles, its provider and tags, its roles and what it may cost (platform §2.6, reference/sst-offline). */
import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY } from './stages.testing.ts';
import { STAGE_NAMES, type StageName } from './stages.ts';
import { cli, config, of, recordStages } from './topology-sst.testing.ts';

beforeAll(recordStages);

describe('sst.config.ts', () => {
  it('deploys no bundles but those of these sources; whoever only looks needs none', async () => {
    cli.command = 'deploy';
    await expect(config.run(EMPTY)).rejects.toThrow('none were built; run `npm run bundle`');
    cli.command = 'diff';
  });

  it('keeps production from deletion, pins its provider and tags all it makes', async () => {
    expect(await config.app({ stage: 'prod' }, EMPTY)).toMatchObject({
      removal: 'retain',
      protect: true,
      providers: {
        aws: { region: 'us-east-2', defaultTags: { tags: { env: 'prod', service: 'frontdesk', owner: 'frontdesk' } } },
      },
    });
    expect(await config.app({ stage: 'dev' }, EMPTY)).toMatchObject({
      removal: 'remove',
      protect: false,
      providers: { aws: { version: '7.20.0' } },
    });
  });

  it('makes every role with a boundary, but break-glass, and trusts nobody by the account’s root', () => {
    for (const stage of STAGE_NAMES) {
      const roles = of('aws.iam.Role', stage);
      expect(roles.length).toBeGreaterThan(0);
      for (const { args, id } of roles) {
        if (id !== 'Role-breakglass-admin') expect(args.permissionsBoundary, id).toMatch(/^arn-of:Boundary/);
        expect(String(args.assumeRolePolicy), id).not.toMatch(/:root|"\*"/);
        expect(args.maxSessionDuration ?? 3_600, id).toBe(3_600);
        // IAM takes Latin-1 in a description, and 64 characters in a name.
        expect(String(args.description ?? ''), id).toMatch(/^[ -~¡-ÿ]*$/);
        expect(String(args.name).length, id).toBeLessThanOrEqual(64);
      }
    }
    const breakGlass = (stage: StageName) =>
      of('aws.iam.Role', stage).filter(({ id }) => id === 'Role-breakglass-admin');
    expect(breakGlass('staging')).toEqual([]);
    expect(JSON.parse(String(breakGlass('prod')[0]?.args.assumeRolePolicy)).Statement[0].Condition).toEqual({
      Bool: { 'aws:MultiFactorAuthPresent': ['true'] },
      NumericLessThan: { 'aws:MultiFactorAuthAge': ['3600'] },
    });
  });

  it('warns of half a budget, of most and of all of it, by the day and by the month', () => {
    const budgets = of('aws.budgets.Budget', 'prod');
    expect(budgets.map(({ args }) => [args.timeUnit, args.limitAmount])).toEqual([
      ['DAILY', '10'],
      ['MONTHLY', '200'],
    ]);
    for (const { args } of budgets)
      expect((args.notifications as { threshold: number }[]).map(({ threshold }) => threshold)).toEqual([50, 80, 100]);
  });
});
