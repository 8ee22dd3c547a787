/**
 * Runs the real sst.config.ts against constructors that only record what they are given. It proves that every part of
 * the topology reaches a component with its settings, not what SST or AWS make of it. Expectations: reference/sst-offline,
 * platform §5.3, §2.6, style §5.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { CONSUMERS } from '../functions/shared/consumers.ts';
import packageFile from '../package.json' with { type: 'json' };
import { EMPTY, FILLED } from './stages.testing.ts';
import { ACCOUNT_VARIABLE, PLACEHOLDER_ACCOUNT, STAGE_NAMES, type StageName, type StageTable } from './stages.ts';
import { topology } from './topology.ts';
import { reservationsOf } from './topology-concurrency.ts';
import { FIRST_PARAMETERS } from './topology-flags.ts';

type Made = {
  readonly type: string;
  readonly id: string;
  readonly args: Record<string, unknown>;
  readonly options: Record<string, unknown>;
};
type Config = {
  run(stages?: StageTable): Promise<unknown>;
  app(input: { stage: string }, stages?: StageTable): Promise<Record<string, unknown>>;
};

/** A value that Pulumi knows later; here it is known at once. */
class Known {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value instanceof Known ? value.value : value;
  }
  apply(choose: (value: unknown) => unknown): Known {
    return new Known(choose(this.value));
  }
}

/** Outputs become what they hold, and a transformation what it makes of nothing. */
function plain(value: unknown): unknown {
  if (value instanceof Known) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'function') {
    const [args, options] = [{}, {}];
    value(args, options);
    return plain({ ...args, options });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Where the credentials lead. */
let account = PLACEHOLDER_ACCOUNT;
const PLACE: Readonly<Record<string, () => object>> = {
  getRegion: () => ({ region: 'us-east-2' }),
  getCallerIdentity: () => ({ accountId: account }),
  getPartition: () => ({ partition: 'aws' }),
};

let made: Made[] = [];
const record = (type: string, id: string, args: object, options: object = {}) =>
  made.push({ type, id, args: plain(args) as Made['args'], options: plain(options) as Made['options'] });

/** Every property is a constructor that records, or a namespace of such. */
function recorder(path: string): object {
  return new Proxy(class {}, {
    get: (_, name) => {
      if (name === 'subscribe')
        return (id: string, bus: unknown, target: unknown, args: object) =>
          record('subscription', id, { ...args, bus, target });
      if (name === 'getPolicyDocumentOutput') return (document: unknown) => ({ json: new Known(document) });
      const answer = PLACE[String(name)];
      return answer === undefined ? recorder(`${path}.${String(name)}`) : async () => answer();
    },
    construct: (_, [id, args, options]: [string, object, object | undefined]) => {
      record(path, id, args, options);
      return new Proxy(
        {},
        { get: (_made, name) => (name === 'then' ? undefined : new Known(`${String(name)}-of:${id}`)) },
      );
    },
  });
}

const texts = (parts: TemplateStringsArray, ...values: unknown[]) =>
  new Known(parts.map((part, index) => `${part}${index < values.length ? String(plain(values[index])) : ''}`).join(''));

let config: Config;
let cli: { command: string; readonly paths: { readonly root: string } };
const app: { stage: StageName } = { stage: 'dev' };
const BY_STAGE: Partial<Record<StageName, readonly Made[]>> = {};

async function makeAs(stage: StageName, stages: StageTable, accountId = PLACEHOLDER_ACCOUNT): Promise<readonly Made[]> {
  made = [];
  account = accountId;
  app.stage = stage;
  await config.run(stages);
  return made;
}

beforeAll(async () => {
  process.env[ACCOUNT_VARIABLE] = PLACEHOLDER_ACCOUNT;
  cli = { command: 'diff', paths: { root: '/nowhere' } };
  Object.assign(globalThis, {
    sst: recorder('sst'),
    aws: recorder('aws'),
    $app: app,
    $cli: cli,
    $util: { interpolate: texts, output: (value: unknown) => new Known(value) },
    $config: (given: Config) => given,
  });
  const module: { default: Config } = await import(new URL('../sst.config.ts', import.meta.url).href);
  config = module.default;
  for (const stage of STAGE_NAMES) BY_STAGE[stage] = await makeAs(stage, EMPTY);
});

const of = (type: string, stage: StageName = 'dev') => (BY_STAGE[stage] ?? []).filter((one) => one.type === type);
const at = (value: unknown, ...path: string[]) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

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

  it('tells each function the release, which its facts name', () => {
    const releases = of('sst.aws.Function').map(({ args }) => at(args, 'environment', 'FRONTDESK_RELEASE'));
    expect(releases).toEqual(topology.functions.map(() => packageFile.version));
  });

  it('makes a rule of each of the topology, with its pattern, patience and dead letters', () => {
    const rules = of('subscription').map(({ id, args: { bus, target, transform } }) => ({
      id,
      bus,
      target,
      pattern: JSON.parse(String(at(transform, 'rule', 'eventPattern'))) as unknown,
      retry: at(transform, 'target', 'retryPolicy'),
      deadLetters: at(transform, 'target', 'deadLetterConfig', 'arn'),
    }));
    expect(rules).toEqual(
      topology.rules.map((rule) => ({
        id: `Rule-${rule.name}`,
        bus: rule.bus === 'default' ? 'arn:aws:events:us-east-2:000000000000:event-bus/default' : 'arn-of:Bus',
        target: `arn-of:Function-${rule.target}`,
        pattern: rule.pattern,
        retry: { maximumEventAgeInSeconds: rule.retry.maxAgeSeconds, maximumRetryAttempts: rule.retry.attempts },
        deadLetters: `arn-of:Queue-${rule.target}-dlq`,
      })),
    );
  });

  it('makes each function with the topology’s settings, an on-failure queue and a role for Lambda alone', () => {
    const functions = of('sst.aws.Function');
    expect(functions.map(({ args }) => args.name)).toEqual(
      topology.functions.map(({ name }) => `frontdesk-dev-${name}`),
    );
    for (const [index, { args, id }] of functions.entries()) {
      const spec = topology.functions[index];
      expect(args, id).toMatchObject({
        bundle: `dist/functions/${spec?.name}`,
        handler: 'index.handler',
        timeout: `${spec?.timeoutSeconds} seconds`,
        memory: `${spec?.memoryMb} MB`,
        retries: spec?.async.retries,
        logging: { retention: '1 month' },
        transform: {
          function: { tracingConfig: { mode: 'Active' }, environment: { variables: args.environment } },
          logGroup: { kmsKeyId: 'arn-of:Key' },
          role: {
            name: `frontdesk-dev-${spec?.name}`,
            managedPolicyArns: [],
            permissionsBoundary: 'arn-of:Boundary',
          },
          eventInvokeConfig: {
            maximumEventAgeInSeconds: spec?.async.maxAgeSeconds,
            destinationConfig: { onFailure: { destination: `arn-of:Queue-${spec?.name}-failures` } },
          },
        },
      });
      expect(JSON.parse(String(at(args, 'transform', 'role', 'assumeRolePolicy'))), id).toEqual({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
      });
      expect(args.link, id).toBeUndefined();
    }
  });

  it('feeds back what was parked, and lets Lambda see no recursion in it', () => {
    const parking = topology.functions.filter(({ laterQueue }) => laterQueue).map(({ name }) => name);
    expect(of('aws.lambda.EventSourceMapping').map(({ id }) => id)).toEqual(parking.map((name) => `Later-${name}`));
    for (const { args } of of('aws.lambda.FunctionRecursionConfig')) expect(args.recursiveLoop).toBe('Allow');
    expect(of('aws.lambda.FunctionRecursionConfig')).toHaveLength(parking.length);
  });

  it('keeps queues for 14 days without redrive, and admits to a dead-letter queue the rules that target its function', () => {
    const queues = of('aws.sqs.Queue');
    const names = queues.map(({ args }) => String(args.name).replace('frontdesk-dev-', ''));
    const ofFunctions = topology.functions.map(({ name }) => `${name}-failures`);
    const parking = [
      'classify',
      'order-lookup',
      'verify',
      'responder-route',
      'responder-reply',
      'responder-settle',
      'auditor',
      ...CONSUMERS,
    ];
    // Whoever parks is the target of a rule, and so is flag-watcher (platform §5.3).
    expect(names.sort()).toEqual(
      [
        ...ofFunctions,
        ...parking.flatMap((name) => [`${name}-later`, `${name}-dlq`]),
        'flag-watcher-dlq',
        'bus-dlq',
      ].sort(),
    );
    for (const { args, id } of queues) {
      expect(args.kmsMasterKeyId, id).toBe('arn-of:Key');
      expect(args.messageRetentionSeconds, id).toBe(14 * 86_400);
      expect(args.redrivePolicy, id).toBeUndefined();
    }
    const settle = of('aws.sqs.QueuePolicy').find(({ id }) => id === 'QueuePolicy-responder-settle-dlq');
    expect(JSON.parse(String(settle?.args.policy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DeadLetters',
          Effect: 'Allow',
          Principal: { Service: ['events.amazonaws.com'] },
          Action: ['sqs:SendMessage'],
          Resource: ['arn-of:Queue-responder-settle-dlq'],
          Condition: {
            ArnLike: {
              'aws:SourceArn': [
                'arn:aws:events:us-east-2:000000000000:rule/frontdesk-dev/responder-settle',
                'arn:aws:events:us-east-2:000000000000:rule/frontdesk-dev/responder-settle-replay',
              ],
            },
          },
        },
      ],
    });
  });

  it('makes archives, tables and the sweep’s schedule', () => {
    expect(
      of('aws.cloudwatch.EventArchive').map(({ args }) => [args.name, args.retentionDays, args.kmsKeyIdentifier]),
    ).toEqual([
      ['frontdesk-dev-recovery', 14, 'arn-of:Key'],
      ['frontdesk-dev-facts', 180, 'arn-of:Key'],
    ]);
    const [ledger] = of('sst.aws.Dynamo');
    expect(ledger?.args).toMatchObject({
      fields: { key: 'string', open: 'string', next_sweep_at: 'number', received_at: 'number' },
      primaryIndex: { hashKey: 'key' },
      globalIndexes: { 'open-next_sweep_at': { hashKey: 'open', rangeKey: 'next_sweep_at' } },
      ttl: 'expires_at',
    });
    expect(of('sst.aws.CronV2').map(({ id, args }) => [id, args.function, args.schedule])).toEqual([
      ['Schedule-sweeper', 'arn-of:Function-sweeper', 'rate(1 minute)'],
      ['Schedule-reconciler', 'arn-of:Function-reconciler', 'rate(15 minutes)'],
      ['Schedule-sealer', 'arn-of:Function-sealer', 'rate(60 minutes)'],
    ]);
  });

  it('reserves for each function what the stage’s account allows', () => {
    const reserved = (stage: StageName) =>
      of('sst.aws.Function', stage).map(({ args }) => at(args, 'concurrency', 'reserved') ?? null);
    const settings = { name: 'prod', accountConcurrency: 1_000, vendorConcurrency: 6 } as const;
    expect(reserved('prod')).toEqual([...reservationsOf(settings).values()]);
  });

  it('protects tables where the stage holds what cannot be had again', () => {
    const tables = (stage: StageName) =>
      of('sst.aws.Dynamo', stage).map(({ args }) => {
        const { pointInTimeRecovery, serverSideEncryption, options } = at(args, 'transform', 'table') as Made['args'];
        return [args.deletionProtection, pointInTimeRecovery, serverSideEncryption, options];
      });
    const encrypted = { enabled: true, kmsKeyArn: 'arn-of:Key' };
    for (const table of tables('prod'))
      expect(table).toEqual([true, { enabled: true }, encrypted, { retainOnDelete: true }]);
    for (const table of tables('dev'))
      expect(table).toEqual([false, { enabled: false }, encrypted, { retainOnDelete: false }]);
    expect(tables('prod')).toHaveLength(6);
  });

  it('writes the safe values once and no value of a secret ever', () => {
    const parameters = of('aws.ssm.Parameter', 'prod');
    expect(parameters.map(({ args }) => [args.name, args.value])).toEqual(
      FIRST_PARAMETERS.map(({ name, value }) => [`/frontdesk/prod/${name}`, value]),
    );
    for (const { options, id } of parameters) expect(options.ignoreChanges, id).toContain('value');
    const secrets = of('aws.secretsmanager.Secret', 'prod');
    expect(secrets.map(({ args }) => args.name)).toEqual(topology.secrets.map(({ name }) => `frontdesk/prod/${name}`));
    expect(of('aws.secretsmanager.SecretVersion', 'prod')).toEqual([]);
    for (const { args, id } of secrets) expect(Object.keys(args), id).not.toContain('secretString');
  });

  it('lets webhooks in through a throttled API, whose log holds neither path nor header', () => {
    expect(of('aws.apigatewayv2.Route').map(({ args }) => args.routeKey)).toEqual([
      'POST /webhook',
      'POST /richpanel/inbound',
    ]);
    const [stage] = of('aws.apigatewayv2.Stage');
    expect(stage?.args.defaultRouteSettings).toEqual({ throttlingRateLimit: 20, throttlingBurstLimit: 50 });
    const format = String(at(stage?.args, 'accessLogSettings', 'format'));
    expect(format).not.toMatch(/context\.(path|identity|requestOverride|http)|header|query/i);
  });

  it('puts CloudFront and a web ACL before it in production alone, and samples no request', () => {
    expect(of('aws.cloudfront.Distribution')).toEqual([]);
    expect(of('aws.cloudfront.Distribution', 'prod')[0]?.args).toMatchObject({ webAclId: 'arn-of:EdgeAcl' });
    const [acl] = of('aws.wafv2.WebAcl', 'prod');
    expect(acl?.args).toMatchObject({ region: 'us-east-1', scope: 'CLOUDFRONT' });
    const seen = JSON.stringify(acl?.args).match(/"sampledRequestsEnabled":(true|false)/g);
    expect(seen).toEqual(Array(3).fill('"sampledRequestsEnabled":false'));
    expect(of('aws.wafv2.WebAclLoggingConfiguration', 'prod')).toEqual([]);
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

  it('keeps rows of facts in a bucket that is private, versioned, encrypted and ends, and asks to be switched on but in staging', () => {
    const states = (stage: StageName) =>
      of('subscription', stage)
        .filter(({ id }) => id.startsWith('Rule-analytics-'))
        .map(({ args: { transform } }) => at(transform, 'rule', 'state'));
    expect([states('dev'), states('staging'), states('prod')]).toEqual([
      ['DISABLED', undefined],
      [undefined, undefined],
      ['DISABLED', undefined],
    ]);
    expect(of('aws.kinesis.FirehoseDeliveryStream')).toHaveLength(1);
    expect(of('aws.kinesis.FirehoseDeliveryStream', 'staging')[0]?.args).toMatchObject({
      extendedS3Configuration: { compressionFormat: 'GZIP', kmsKeyArn: 'arn-of:Key' },
    });
    expect(of('aws.s3.BucketLifecycleConfiguration', 'staging')[0]?.args).toMatchObject({
      rules: [{ status: 'Enabled', expiration: { days: 180 } }],
    });
    expect(of('aws.glue.CatalogTable', 'staging')[0]?.args.name).toBe('frontdesk_events_v1');
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
