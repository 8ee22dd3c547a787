/**
 * Runs the real sst.config.ts against constructors that only record what they are given. It proves that every part of
 * the topology reaches a component with its settings, not what SST or AWS make of it. Expectations: reference/sst-offline,
 * platform §5.3, §2.6, style §5.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { topology } from './topology.ts';

type Made = { readonly type: string; readonly id: string; readonly args: Record<string, unknown> };
type Config = { run(): Promise<unknown>; app(input: { stage: string }): Record<string, unknown> };

const made: Made[] = [];
let config: Config;

/** Every property is a constructor that records, or a namespace of such. */
function recorder(path: string): object {
  return new Proxy(class {}, {
    get: (_, name) => {
      if (name === 'assumeRolePolicyForPrincipal') return (principal: unknown) => ({ onlyFor: principal });
      if (name === 'subscribe') return subscribe;
      if (name === 'getRegionOutput') return () => ({ region: 'us-east-2' });
      if (name === 'getCallerIdentityOutput') return () => ({ accountId: '000000000000' });
      if (name === 'getPartitionOutput') return () => ({ partition: 'aws' });
      if (name === 'getPolicyDocumentOutput') return (document: unknown) => ({ json: document });
      return recorder(`${path}.${String(name)}`);
    },
    construct: (_, [id, args]: [string, Record<string, unknown>]) => {
      made.push({ type: path, id, args });
      return { arn: `arn-of:${id}`, url: `url-of:${id}`, name: `name-of:${id}` };
    },
  });
}

function subscribe(id: string, bus: string, target: string, args: Record<string, unknown>) {
  made.push({ type: 'subscription', id, args: { ...args, bus, target } });
}

/** An output whose value is there at once: the value itself, with `apply`. */
const known = <T extends object>(value: T) => ({
  ...value,
  apply: <R>(choose: (value: T) => R) => choose(value),
});
/** `$util.all`: what is chosen from the values is an output again. */
const all = <T>(values: T) => ({ apply: <R extends object>(choose: (values: T) => R) => known(choose(values)) });

beforeAll(async () => {
  Object.assign(globalThis, {
    sst: recorder('sst'),
    aws: recorder('aws'),
    $app: { stage: 'dev' },
    $util: { all },
    $config: (given: Config) => given,
  });
  const module: { default: Config } = await import(new URL('../sst.config.ts', import.meta.url).href);
  config = module.default;
  await config.run();
});

const of = (type: string) => made.filter((one) => one.type === type);
const at = (value: unknown, ...path: string[]) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

describe('sst.config.ts', () => {
  it('keeps production from deletion and pins its provider', () => {
    expect(config.app({ stage: 'prod' })).toMatchObject({ removal: 'retain', protect: true });
    expect(config.app({ stage: 'dev' })).toMatchObject({
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
          role: { assumeRolePolicy: { onlyFor: { Service: 'lambda.amazonaws.com' } } },
          eventInvokeConfig: {
            maximumEventAgeInSeconds: spec?.async.maxAgeSeconds,
            destinationConfig: { onFailure: { destination: `arn-of:Queue-${spec?.name}-failures` } },
          },
        },
      });
      expect(args.link, id).toBeUndefined();
      expect(at(args, 'concurrency', 'reserved') ?? null, id).toBe(spec?.reservedConcurrency);
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
    expect(queues).toHaveLength(topology.functions.length * 2 + 7);
    for (const { args, id } of queues) {
      expect(args.messageRetentionSeconds, id).toBe(14 * 86_400);
      expect(args.redrivePolicy, id).toBeUndefined();
    }
    const settle = of('aws.sqs.QueuePolicy').find(({ id }) => id === 'QueuePolicy-responder-settle-dlq');
    const [statement] = at(settle?.args, 'policy', 'statements') as { conditions: { values: string[] }[] }[];
    expect(statement?.conditions[0]?.values).toEqual([
      'arn:aws:events:us-east-2:000000000000:rule/frontdesk-dev/responder-settle',
      'arn:aws:events:us-east-2:000000000000:rule/frontdesk-dev/responder-settle-replay',
    ]);
  });

  it('makes archives, tables and the sweep’s schedule', () => {
    expect(of('aws.cloudwatch.EventArchive').map(({ args }) => [args.name, args.retentionDays])).toEqual([
      ['frontdesk-dev-recovery', 14],
      ['frontdesk-dev-facts', 180],
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
});
