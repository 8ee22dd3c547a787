/** A developer's quarter of an hour: made, subscribed, backfilled, watched, taken away again; in a copy of the tree and on a real instance. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyTree } from '../../tools/tree-copy.ts';

const PATIENCE_MS = 180_000;
const tree = copyTree('new-consumer');
const data = join(tree.folder, '.frontdesk');
let stop = async () => {};
afterAll(async () => {
  await stop();
  tree.remove();
});

type Ran = { readonly code: number; readonly out: string; readonly err: string };

function run(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: tree.folder, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    ),
  );
}
const frontdesk = (...args: readonly string[]) => run('bin/frontdesk.js', '--data', data, ...args);

async function ask(...args: readonly string[]) {
  const { code, out, err } = await frontdesk('--json', ...args);
  expect([args.join(' '), code, err.slice(0, 500)]).toEqual([args.join(' '), 0, expect.any(String)]);
  return JSON.parse(out);
}

async function start(): Promise<void> {
  rmSync(join(data, 'instance.json'), { force: true });
  const options = ['--port-base', '0', '--data', data, '--traffic', '0', '--unlimited'];
  const child = spawn(process.execPath, ['local/start.ts', ...options], {
    cwd: tree.folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  stop = async () => {
    child.kill('SIGTERM');
    await ended;
    stop = async () => {};
  };
  while (!existsSync(join(data, 'instance.json'))) {
    if (child.exitCode !== null) throw new Error('the instance did not start');
    await sleep(100);
  }
}

function aws() {
  const { awsEndpoint: endpoint, region } = JSON.parse(readFileSync(join(data, 'instance.json'), 'utf8'));
  const options = { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return { dynamo: new DynamoDBClient(options), eventBridge: new EventBridgeClient(options) };
}

/** Rules by name, with the functions that they target. */
async function rulesOf(prefix: string): Promise<Record<string, (string | undefined)[]>> {
  const { eventBridge } = aws();
  const EventBusName = 'frontdesk-local';
  const { Rules = [] } = await eventBridge.send(new ListRulesCommand({ EventBusName, NamePrefix: prefix }));
  const targets = await Promise.all(
    Rules.map(async ({ Name }) => {
      const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ EventBusName, Rule: Name }));
      return [Name ?? '', Targets.map(({ Arn }) => Arn?.split(':').at(-1))] as const;
    }),
  );
  return Object.fromEntries(targets);
}

/** Outcomes that the new consumer has kept, of today and of yesterday. */
async function kept(): Promise<string[]> {
  const { dynamo } = aws();
  const days = [0, 86_400_000].map((ago) => new Date(Date.now() - ago).toISOString().slice(0, 10));
  const answers = await Promise.all(
    days.map((day) =>
      dynamo.send(
        new QueryCommand({
          TableName: 'frontdesk_local_read_models',
          KeyConditionExpression: 'model = :day',
          ExpressionAttributeValues: { ':day': { S: `demo#${day}` } },
        }),
      ),
    ),
  );
  return answers.flatMap(({ Items = [] }) => Items.map(({ outcome }) => outcome?.S ?? '')).toSorted();
}

async function until<T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  const end = performance.now() + 90_000;
  for (;;) {
    const value = await read();
    if (isThere(value) || performance.now() > end) return value;
    await sleep(250);
  }
}

/** Messages that the folder has settled. */
async function settled(): Promise<number> {
  const { rows } = await ask('analytics', "SELECT count(*) FROM events WHERE event_name = 'MessageSettled'");
  return rows[0][0];
}

function treeHash(): string {
  const hash = createHash('sha256');
  const files = readdirSync(tree.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(data))
    .map((entry) => join(entry.parentPath, entry.name))
    // What a start builds, as the console's page, is nobody's source.
    .filter((file) => !file.includes('node_modules') && !file.startsWith(join(tree.folder, 'dist')))
    .toSorted();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

describe('new consumer demo', () => {
  let before = '';
  beforeAll(async () => {
    before = treeHash();
    await start();
    await frontdesk('say', 'My diffuser arrived broken, the glass is shattered.');
    await frontdesk('say', 'I have filed a chargeback for this purchase.');
    expect(await until(settled, (messages) => messages >= 2)).toBe(2);
    await stop();
  }, PATIENCE_MS);

  it(
    'says first what it would do, and does it when told to',
    async () => {
      expect((await frontdesk('new', 'consumer', 'demo')).code).toBe(1);
      expect(treeHash()).toBe(before);
      expect((await frontdesk('new', 'consumer', 'demo', '--yes')).code).toBe(0);
      for (const name of ['demo', 'auditor', 'analytics', 'responder', 'shared'])
        expect((await frontdesk('new', 'consumer', name, '--yes')).code, name).toBe(1);
      for (const name of ['Demo', '../demo', 'demo_2', 'd', 'a'.repeat(25)])
        expect((await frontdesk('new', 'consumer', name, '--yes')).code, name).toBe(2);
    },
    PATIENCE_MS,
  );

  it(
    'what it made compiles, passes the linter, its own test and what is demanded of every consumer',
    async () => {
      expect(await run('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.')).toMatchObject({ code: 0, out: '' });
      const lint = ['check', 'functions/demo', 'functions/shared/consumers.ts', 'stacks/consumers.ts'];
      expect((await run('node_modules/@biomejs/biome/bin/biome', ...lint)).code).toBe(0);
      const tests = ['functions/demo', 'stacks', 'test/architecture/arrows.test.ts'];
      const tested = await run('node_modules/vitest/vitest.mjs', 'run', ...tests);
      expect([tested.code, tested.out.slice(-2_000)]).toEqual([0, expect.any(String)]);
    },
    PATIENCE_MS,
  );

  it(
    'after a restart it is subscribed, and hears what happens',
    async () => {
      await start();
      expect(await rulesOf('demo')).toEqual({
        'demo-facts': ['frontdesk-local-demo'],
        'demo-facts-replay': ['frontdesk-local-demo'],
      });
      await frontdesk('say', 'My diffuser arrived broken, the glass is shattered.');
      expect(await until(kept, (rows) => rows.length > 0)).toHaveLength(1);
    },
    PATIENCE_MS,
  );

  it(
    'a backfill brings what happened before, once, however often it is run',
    async () => {
      const replay = ['replay', 'start', '--purpose', 'backfill', '--rule', 'demo-facts', '--from', '-2h', '--yes'];
      for (const _ of ['first', 'again']) {
        await ask(...replay, '--to', new Date(Date.now() - 1_000).toISOString());
        expect(await until(kept, (rows) => rows.length >= 3)).toHaveLength(3);
      }
    },
    PATIENCE_MS,
  );

  it(
    'it is watched like every function',
    async () => {
      const { healthy, deadLetters } = await ask('status');
      expect({ healthy, deadLetters }).toMatchObject({ healthy: true });
      const told = async (): Promise<readonly string[]> => {
        const { series } = await ask('metrics', 'consumer.succeeded_total', '--by', 'function');
        return series.map((one: { dimensions: { function: string } }) => one.dimensions.function);
      };
      expect(await until(told, (functions) => functions.includes('demo'))).toContain('demo');
    },
    PATIENCE_MS,
  );

  it(
    'taken away, the tree is as before, and nothing is left that hears',
    async () => {
      await stop();
      expect((await frontdesk('new', 'consumer', 'demo', '--remove')).code).toBe(1);
      expect((await frontdesk('new', 'consumer', 'demo', '--remove', '--yes')).code).toBe(0);
      expect(treeHash()).toBe(before);
      await start();
      expect(await rulesOf('demo')).toEqual({});
      await frontdesk('say', 'My diffuser arrived broken, the glass is shattered.');
      expect(await until(settled, (messages) => messages >= 4)).toBe(4);
      expect(await ask('status')).toMatchObject({ healthy: true });
      expect(await kept()).toHaveLength(3);
    },
    PATIENCE_MS,
  );
});
