/** Functions as components: their settings, the rules that reach them and their queues (platform §5.3, §2.6, style §5). */
import { beforeAll, describe, expect, it } from 'vitest';
import { CONSUMERS } from '../functions/shared/consumers.ts';
import packageFile from '../package.json' with { type: 'json' };
import type { StageName } from './stages.ts';
import { topology } from './topology.ts';
import { reservationsOf } from './topology-concurrency.ts';
import { at, of, recordStages } from './topology-sst.testing.ts';

beforeAll(recordStages);

describe('sst.config.ts', () => {
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

  it('reserves for each function what the stage’s account allows', () => {
    const reserved = (stage: StageName) =>
      of('sst.aws.Function', stage).map(({ args }) => at(args, 'concurrency', 'reserved') ?? null);
    const settings = { name: 'prod', accountConcurrency: 1_000, vendorConcurrency: 6 } as const;
    expect(reserved('prod')).toEqual([...reservationsOf(settings).values()]);
  });
});
