/** Expectations: platform §1.1 (tags, guard), §1.3 (ramp, quota), §4.11 (break-glass). */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CONSUMERS } from '../functions/shared/consumers.ts';
import { EMPTY, FILLED } from './stages.testing.ts';
import {
  ACCOUNT_VARIABLE,
  deployableStageOf,
  PLACEHOLDER_ACCOUNT,
  requirePlace,
  STAGE_NAMES,
  STAGES,
  StageError,
  type StageName,
  stageOf,
} from './stages.ts';
import { appOf } from './topology-app.ts';
import { budgetsOf } from './topology-budgets.ts';
import { reservationsOf } from './topology-concurrency.ts';
import { tagsOf } from './topology-tags.ts';

const ACCOUNT = '123456789012';
const PERSON = `arn:aws:iam::${ACCOUNT}:user/owner`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Operator`;
const MAIL = { protocol: 'email', endpoint: 'oncall@example.com' } as const;
/** A stage that lacks nothing. */
const WHOLE = {
  ...EMPTY.prod,
  accountId: ACCOUNT,
  operators: { replay: [ROLE], flags: [ROLE], erasure: [ROLE], drain: [ROLE], secrets: [ROLE], breakGlass: [PERSON] },
  notifications: { critical: [MAIL], high: [MAIL], medium: [], info: [] },
};

function errorOf(run: () => unknown): Pick<StageError, 'field' | 'cure'> {
  try {
    run();
  } catch (error) {
    if (error instanceof StageError) return { field: error.field, cure: error.cure };
    throw error;
  }
  throw new Error('nothing was refused');
}
const deploy = (changes: object, variables = {}) =>
  deployableStageOf('prod', variables, { prod: { ...WHOLE, ...changes } });

describe('a stage', () => {
  it.each(STAGE_NAMES)('%s holds as it stands in the table', (name) => {
    expect(stageOf(name).name).toBe(name);
  });

  it.each(STAGE_NAMES)('%s is deployed as a shop fills it in, to its own account', (name) => {
    const { accountId, operators } = deployableStageOf(name, { [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT }, FILLED);
    expect(accountId).toBe(FILLED[name].accountId);
    expect(operators).toEqual(FILLED[name].operators);
  });

  it.each(STAGE_NAMES)('%s is as it is shipped, as long as nobody filled anything in', (name) => {
    const { data, edge, traceSampling, isAnalysed } = EMPTY[name];
    const asTheyAre = { data, edge, traceSampling, isAnalysed };
    if (isDeepStrictEqual({ ...STAGES[name], ...asTheyAre }, EMPTY[name]))
      expect(STAGES[name]).toMatchObject(asTheyAre);
  });

  it('of production is kept from deletion, whatever a shop fills in', () => {
    for (const table of [STAGES, EMPTY, FILLED])
      expect(appOf('prod', {}, table)).toMatchObject({ removal: 'retain', protect: true });
  });

  it('of another name is refused with the names there are', () => {
    expect(errorOf(() => stageOf('production'))).toEqual({ field: 'stage', cure: 'name one of dev, staging, prod' });
  });

  it.each([
    ['region', { region: 'Ohio' }],
    ['accountId', { accountId: '12345' }],
    ['traceSampling', { traceSampling: 20 }],
    ['vendorConcurrency', { vendorConcurrency: 12 }],
    ['operators.flags.0', { operators: { ...WHOLE.operators, flags: [`arn:aws:iam::${ACCOUNT}:root`] } }],
    ['operators.breakGlass.0', { operators: { ...WHOLE.operators, breakGlass: [ROLE] } }],
    ['operators.breakGlass', { operators: { ...WHOLE.operators, breakGlass: [PERSON, PERSON, PERSON] } }],
    [
      'notifications.high.0.endpoint',
      { notifications: { ...WHOLE.notifications, high: [{ ...MAIL, endpoint: 'me' }] } },
    ],
    ['github.ref', { github: { repository: 'shop/frontdesk', ref: 'main', provider: 'create' } }],
    ['richpanelBaseUrl', { richpanelBaseUrl: 'http://127.0.0.1' }],
    ['typo', { typo: 1 }],
  ])('with a wrong %s is refused by that field', (field, changes) => {
    expect(errorOf(() => deploy(changes))).toEqual({ field: `prod.${field}`, cure: 'mend it in stacks/stages.ts' });
  });

  it('is deployed only where its account, its operators and who hears of alarms are named', () => {
    expect(deploy({}).accountId).toBe(ACCOUNT);
    expect(errorOf(() => deploy({ accountId: null })).field).toBe('prod.accountId');
    expect(errorOf(() => deploy({ operators: { ...WHOLE.operators, flags: [] } })).field).toBe('prod.operators.flags');
    expect(errorOf(() => deploy({ operators: { ...WHOLE.operators, breakGlass: [] } })).field).toBe(
      'prod.operators.breakGlass',
    );
    expect(errorOf(() => deploy({ notifications: { ...WHOLE.notifications, high: [] } })).field).toBe(
      'prod.notifications.high',
    );
    const pager = { protocol: 'https', endpoint: 'https://pager.example/x' };
    expect(
      errorOf(() => deploy({ notifications: { ...WHOLE.notifications, critical: [pager], high: [pager] } })).field,
    ).toBe('prod.notifications');
    for (const name of STAGE_NAMES)
      expect(errorOf(() => deployableStageOf(name, {}, EMPTY)).field).toBe(`${name}.accountId`);
  });

  it('takes its account from the environment where the table has none, and from nowhere else', () => {
    expect(deploy({ accountId: null }, { [ACCOUNT_VARIABLE]: '999999999999' }).accountId).toBe('999999999999');
    expect(deploy({}, { [ACCOUNT_VARIABLE]: '999999999999' }).accountId).toBe(ACCOUNT);
    expect(errorOf(() => deploy({ accountId: null }, { [ACCOUNT_VARIABLE]: 'mine' })).field).toBe('prod.accountId');
  });

  it('can be looked at under the placeholder account, with people who do not exist', () => {
    const shown = deployableStageOf('prod', { [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT }, EMPTY);
    for (const principals of Object.values(shown.operators))
      for (const principal of principals) expect(principal).toContain(PLACEHOLDER_ACCOUNT);
    expect(errorOf(() => requirePlace(shown, { accountId: ACCOUNT, region: shown.region })).field).toBe(
      'prod.accountId',
    );
  });
});

describe('the guard', () => {
  const stage = { name: 'prod', accountId: ACCOUNT, region: 'us-east-2' } as const;

  it('lets through the stage’s own account and region alone', () => {
    expect(() => requirePlace(stage, { accountId: ACCOUNT, region: 'us-east-2' })).not.toThrow();
    expect(errorOf(() => requirePlace(stage, { accountId: '999999999999', region: 'us-east-2' }))).toEqual({
      field: 'prod.accountId',
      cure: 'use credentials of the stage’s account (AWS_PROFILE), or name the right stage',
    });
    expect(errorOf(() => requirePlace(stage, { accountId: ACCOUNT, region: 'us-west-2' }))).toEqual({
      field: 'prod.region',
      cure: 'set AWS_REGION=us-east-2, or name the right stage',
    });
  });

  it('stands in the provider too', () => {
    const known = appOf('dev', { [ACCOUNT_VARIABLE]: ACCOUNT }, EMPTY);
    expect(known.providers.aws).toMatchObject({ allowedAccountIds: [ACCOUNT], region: 'us-east-2' });
    expect(appOf('dev', {}, EMPTY).providers.aws).not.toHaveProperty('allowedAccountIds');
    expect(appOf('elsewhere', {}, EMPTY).providers.aws).not.toHaveProperty('defaultTags');
  });
});

it('tags name stage, service and owner, and whom it is charged to where that is known', () => {
  expect(tagsOf({ name: 'prod', owner: 'support', costCenter: null })).toEqual({
    env: 'prod',
    service: 'frontdesk',
    owner: 'support',
  });
  expect(tagsOf({ name: 'dev', owner: 'support', costCenter: '4711' })['cost-center']).toBe('4711');
});

describe('reserved concurrency', () => {
  const VENDORS = [
    'classify',
    'order-lookup',
    'verify',
    'responder-route',
    'responder-reply',
    'responder-settle',
  ] as const;
  const reserved = (accountConcurrency: number, vendorConcurrency: 6 | 8 | 10, name: StageName = 'dev') =>
    Object.fromEntries(reservationsOf({ name, accountConcurrency, vendorConcurrency }));

  it.each([6, 8, 10] as const)('presses on vendors with %i in all, and lets each run', (sum) => {
    const by = VENDORS.map((name) => reserved(1_000, sum)[name] ?? 0);
    expect(by.reduce((total, one) => total + one, 0)).toBe(sum);
    expect(Math.min(...by)).toBe(1);
  });

  it('is what platform §1.3 says when the ramp is over', () => {
    expect(reserved(1_000, 10)).toMatchObject({
      ingest: null,
      classify: 4,
      'order-lookup': 1,
      verify: 2,
      'responder-route': 1,
      'responder-reply': 1,
      'responder-settle': 1,
      auditor: 5,
      sweeper: 1,
      reconciler: 1,
    });
  });

  it('leaves a hundred executions to nobody in particular, or is refused', () => {
    // 24 of the functions that stand, `ingest` among them in a small account, and one of each consumer that only watches.
    const least = 124 + CONSUMERS.length;
    expect(errorOf(() => reserved(120, 10))).toEqual({
      field: 'dev.accountConcurrency',
      cure: `have Lambda’s quota "Concurrent executions" raised to ${least} at least, then write it into stacks/stages.ts`,
    });
    expect(reserved(least, 10).ingest).toBe(5);
  });

  it('is none in dev where the account has a hundred or less', () => {
    expect(new Set(Object.values(reserved(100, 10)))).toEqual(new Set([null]));
  });

  it.each(['staging', 'prod'] as const)('is never none in %s: without caps nothing protects vendors', (name) => {
    for (const quota of [10, 100])
      expect(errorOf(() => reserved(quota, 10, name))).toEqual({
        field: `${name}.accountConcurrency`,
        cure: expect.stringContaining('have Lambda’s quota "Concurrent executions" raised to'),
      });
  });
});

it('a budget tells of half by the way, of most as a matter of the day, of all at once (C2, §1.1)', () => {
  const notifications = {
    critical: [MAIL],
    high: [],
    medium: [{ protocol: 'https', endpoint: 'https://hooks.example.com/x' } as const],
    info: [{ protocol: 'email', endpoint: 'info@example.com' } as const],
  };
  const [daily] = budgetsOf({ budgets: { dailyUsd: 5, monthlyUsd: 60, alertPercent: [50, 80, 100] }, notifications });
  expect(daily?.alerts).toEqual([
    { percent: 50, severity: 'info', addresses: ['info@example.com'], topic: null },
    // Nobody reads mail about it, so whoever is next does.
    { percent: 80, severity: 'medium', addresses: ['oncall@example.com'], topic: 'medium' },
    { percent: 100, severity: 'critical', addresses: ['oncall@example.com'], topic: null },
  ]);

  // On call by pager alone: its topic rings, and whoever is next below has mail.
  const paged = { ...notifications, critical: notifications.medium };
  const [, monthly] = budgetsOf({
    budgets: { dailyUsd: 5, monthlyUsd: 60, alertPercent: [80, 100] },
    notifications: paged,
  });
  expect(monthly?.alerts.map(({ addresses, topic }) => [addresses, topic])).toEqual([
    [['info@example.com'], 'medium'],
    [['info@example.com'], 'critical'],
  ]);
});
