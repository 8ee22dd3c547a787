/** Expectations: architecture §3 (topology, twins), §4; platform §5.3 (settings per function). */
import {
  DescribeArchiveCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionSpec, RuleSpec, Topology } from '../../../stacks/topology-types.ts';
import { ACCOUNT, REGION, startWorld, type World } from '../testing.ts';
import { applyTopology, localNames, schedulesOf } from './apply-topology.ts';

const BUS = 'frontdesk-local';
const names = localNames({ env: 'local', region: REGION, accountId: ACCOUNT });

const functionSpec = (overrides: Partial<FunctionSpec>): FunctionSpec => ({
  name: 'verify',
  entry: 'functions/verify/lambda.ts',
  timeoutSeconds: 60,
  memoryMb: 256,
  reservedConcurrency: null,
  async: { retries: 2, maxAgeSeconds: 21_600 },
  laterQueue: true,
  scheduleSeconds: null,
  http: false,
  secrets: [],
  publishes: true,
  ...overrides,
});
const rule = (overrides: Partial<RuleSpec>): RuleSpec => ({
  name: 'verify-candidates',
  target: 'verify',
  pattern: { source: ['s'], 'replay-name': [{ exists: false }] },
  replayPurpose: null,
  bus: 'frontdesk',
  retry: { maxAgeSeconds: 86_400, attempts: 185 },
  ...overrides,
});
const topology = (overrides: Partial<Topology> = {}): Topology => ({
  busName: (env) => `frontdesk-${env}`,
  functions: [functionSpec({}), functionSpec({ name: 'sweeper', scheduleSeconds: 60 })],
  rules: [
    rule({}),
    rule({ name: 'twin', replayPurpose: 'recovery', pattern: { 'replay-name': [{ prefix: 'recovery-' }] } }),
    rule({ name: 'parameters', bus: 'default', pattern: { source: ['aws.ssm'] } }),
  ],
  archives: [{ name: 'recovery', pattern: { source: [{ prefix: 'frontdesk.' }] }, retentionDays: 14 }],
  tables: [],
  flags: [],
  secrets: [],
  ...overrides,
});

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const apply = (overrides: Partial<Topology> = {}) =>
  applyTopology(topology(overrides), {
    env: 'local',
    names,
    eventBridge: world.eventBridge,
    dispatcher: world.dispatcher,
    limits: 'vendor',
  });
const ruleNames = async (bus: string) =>
  (await world.client.send(new ListRulesCommand({ EventBusName: bus }))).Rules?.map(({ Name, State }) => [Name, State]);

describe('applyTopology', () => {
  it('makes bus, rules with their target, and archives', async () => {
    apply();
    expect(await ruleNames(BUS)).toEqual([
      ['twin', 'ENABLED'],
      ['verify-candidates', 'ENABLED'],
    ]);
    expect(await ruleNames('default')).toEqual([['parameters', 'ENABLED']]);
    const { Targets } = await world.client.send(
      new ListTargetsByRuleCommand({ Rule: 'verify-candidates', EventBusName: BUS }),
    );
    expect(Targets).toEqual([
      {
        Id: 'verify',
        Arn: 'arn:aws:lambda:us-east-2:000000000000:function:frontdesk-local-verify',
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-2:000000000000:frontdesk-local-verify-dlq' },
      },
    ]);
    const archive = await world.client.send(new DescribeArchiveCommand({ ArchiveName: 'frontdesk-local-recovery' }));
    expect([archive.EventPattern, archive.RetentionDays]).toEqual(['{"source":[{"prefix":"frontdesk."}]}', 14]);
  });

  it('brings an event to its function', async () => {
    apply();
    const entry = { EventBusName: BUS, Source: 's', DetailType: 't', Detail: '{}' };
    await world.client.send(new PutEventsCommand({ Entries: [entry] }));
    await world.timing.advance(0);
    expect(world.runs.map((run) => run.functionName)).toEqual(['verify']);
  });

  it('may be applied again: a rule an operator disabled stays so, a twin does not, foreign rules stay', async () => {
    apply();
    for (const Name of ['verify-candidates', 'twin']) {
      await world.client.send(new DisableRuleCommand({ Name, EventBusName: BUS }));
    }
    await world.client.send(new PutRuleCommand({ Name: 'mine', EventBusName: BUS, EventPattern: '{"source":["x"]}' }));
    world = await world.killAndRestart();
    apply();
    expect(await ruleNames(BUS)).toEqual([
      ['mine', 'ENABLED'],
      ['twin', 'ENABLED'],
      ['verify-candidates', 'DISABLED'],
    ]);
  });

  it('takes over a changed rule and removes one that is gone', async () => {
    apply();
    apply({ rules: [rule({ pattern: { source: ['changed'] } })] });
    expect(await ruleNames(BUS)).toEqual([['verify-candidates', 'ENABLED']]);
    const described = await world.client.send(
      new DescribeRuleCommand({ Name: 'verify-candidates', EventBusName: BUS }),
    );
    expect(described.EventPattern).toBe('{"source":["changed"]}');
  });

  it('lists the schedules', () => {
    expect(schedulesOf(topology(), names, world.eventBridge, 'local')).toEqual([
      {
        ruleArn: 'arn:aws:events:us-east-2:000000000000:rule/frontdesk-local-sweeper-schedule',
        functionArn: 'arn:aws:lambda:us-east-2:000000000000:function:frontdesk-local-sweeper',
        everySeconds: 60,
      },
    ]);
  });
});
