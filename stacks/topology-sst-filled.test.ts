/** What the table of stages makes once a shop has filled it in: accounts, people and addresses of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { FILLED } from './stages.testing.ts';
import { STAGE_NAMES, type StageName } from './stages.ts';
import { BY_STAGE, type Made, made, makeAs, recordStages } from './topology-sst.testing.ts';

beforeAll(recordStages);

describe('sst.config.ts with a table that a shop filled in', () => {
  const own = (stage: StageName) => makeAs(stage, FILLED, FILLED[stage].accountId ?? '');
  const names = (all: readonly Made[]) => all.map(({ type, id }) => `${type} ${id}`);

  it.each(STAGE_NAMES)(
    'makes %s in its own account: as much as of the empty table, and nothing of another account',
    async (stage) => {
      const all = await own(stage);
      const before = names(BY_STAGE[stage] ?? []);
      const isTheirs = (name: string) =>
        name.startsWith('aws.sns.TopicSubscription') || name.startsWith('aws.iam.OpenId');
      expect(names(all).filter((name) => !isTheirs(name))).toEqual(before.filter((name) => !isTheirs(name)));
      const accounts = new Set(JSON.stringify(all).match(/(?<=:)\d{12}(?=:)/g));
      expect(accounts).toEqual(new Set([FILLED[stage].accountId]));
    },
  );

  it('has a budget ring where somebody listens by HTTPS, besides its mail', async () => {
    const budgets = (await own('prod')).filter(({ type }) => type === 'aws.budgets.Budget');
    const told = budgets.map(({ args }) =>
      (args.notifications as { threshold: number; subscriberSnsTopicArns: string[] }[]).map((one) => [
        one.threshold,
        one.subscriberSnsTopicArns,
      ]),
    );
    const each = [
      [50, []],
      [80, ['arn-of:Topic-medium']],
      [100, ['arn-of:Topic-critical']],
    ];
    expect(told).toEqual([each, each]);
  });

  it.each(STAGE_NAMES)('lets those take the roles of %s whom the table names, and nobody else', async (stage) => {
    const { operators } = FILLED[stage];
    const trusted = (await own(stage))
      .filter(({ type, id }) => type === 'aws.iam.Role' && /^Role-(operator|breakglass)/.test(id))
      .map(({ args }) => JSON.parse(String(args.assumeRolePolicy)).Statement[0].Principal.AWS);
    expect(trusted).toEqual(Object.values(operators).filter((principals) => principals.length > 0));
  });

  it('is refused to the credentials of another account', async () => {
    await expect(makeAs('prod', FILLED, '999999999999')).rejects.toThrow(
      'prod.accountId: the credentials are of account 999999999999, the stage is in 333333333333',
    );
    expect(made).toEqual([]);
  });
});
