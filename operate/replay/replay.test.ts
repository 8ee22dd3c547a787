/** The replay tool against a real instance: what it does, what it refuses, and that it can be stopped and taken up again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../functions/shared/store/language.ts';
import { ROOT } from '../../local/platform/release.ts';
import { busClient, queueClient, tableClient } from '../instance/clients.ts';
import { readOutbox } from '../instance/sandbox.ts';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';

const QUESTION = 'where is my order?';
const IDEMPOTENCY = 'frontdesk_local_idempotency';

let running: RunningInstance;
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);
const instance = () => instanceIn(running.data);
const now = () => new Date().toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();
const start = (purpose: string, from: string, to: string, ...more: readonly string[]) =>
  json('replay', 'start', '--purpose', purpose, '--from', from, '--to', to, ...more);

async function scan(table: string): Promise<Item[]> {
  const client = tableClient(instance());
  const { Items = [] } = await client.send(new ScanCommand({ TableName: `frontdesk_local_${table}` }));
  client.destroy();
  return Items.map((item) => unmarshall(item) as Item);
}

/** What the replay tool stated about a run. */
async function stated(name: string): Promise<unknown[]> {
  const facts = (await scan('audit_trail'))
    .filter(({ envelope }) => envelope !== undefined)
    .map(({ envelope }) => JSON.parse(String(envelope)));
  return facts
    .filter(({ metadata, data }) => metadata.producer === 'replay-tool' && data.name === name)
    .sort((left, right) => left.metadata.hops - right.metadata.hops)
    .map(({ metadata, data }) => ({
      event: metadata.eventName,
      rules: data.destinationRules,
      events: data.eventCount,
    }));
}

async function writesOfHelpdesk(): Promise<unknown[]> {
  return (await fetch(`${instance().richpanelUrl}/__sandbox/writes?since=0`)).json() as Promise<unknown[]>;
}

beforeAll(async () => {
  running = await startedInstance();
  for (let message = 0; message < 3; message += 1) await json('say', QUESTION);
});
afterAll(async () => {
  await running.stop();
  running.remove();
});

describe('a replay', () => {
  it('says what it would do, and does nothing without --yes', async () => {
    const { code, value } = await start('recovery', anHourAgo(), now());
    expect({ code, error: value.error.code, cure: value.error.cure }).toEqual({
      code: 1,
      error: 'confirmation_needed',
      cure: 'add --yes',
    });
    expect(value.error.message).toMatch(
      /^about 3 events of the archive recovery .* to classify-intake-replay and nowhere/,
    );
    expect((await scan('read_models')).filter(({ model }) => model === 'replay')).toEqual([]);
  });

  it('plans without beginning: events, windows, how long, and everything that stands against it', async () => {
    const plan = (...period: readonly string[]) =>
      json('replay', 'plan', '--purpose', 'recovery', '--from', ...period.slice(0, 1), '--to', ...period.slice(1));
    expect(await plan(anHourAgo(), now())).toMatchObject({
      code: 0,
      value: {
        rule: 'classify-intake-replay',
        consumer: 'classify',
        archive: 'recovery',
        events: 3,
        windows: 1,
        windowEvents: 300,
        mostInFlight: 20,
        inFlight: 0,
        estimate: { by: 'usual' },
        refusals: [],
      },
    });
    const { value } = await plan('2020-01-31', now());
    expect(value.refusals).toMatchObject([{ code: 'older_than_retention', isOverridable: false }]);
    expect(await json('replay', 'list')).toMatchObject({ code: 0, value: [] });
  });

  it('for recovery hands handled messages to the twin, and nothing comes of it', async () => {
    const before = [await writesOfHelpdesk(), await readOutbox(instance())];
    const { code, value, err } = await start('recovery', anHourAgo(), now(), '--yes');
    expect(err).toContain('3 events in 1 window replayed');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      purpose: 'recovery',
      rule: 'classify-intake-replay',
      status: 'completed',
      events: 3,
      windows: 1,
    });
    expect(value.name).toMatch(/^recovery-[0-9A-HJKMNP-TV-Z]{26}$/);
    expect((await json('replay', 'list')).value).toMatchObject([{ name: value.name, status: 'completed' }]);
    await sleep(500);
    expect([await writesOfHelpdesk(), await readOutbox(instance())]).toEqual(before);
    expect(await stated(value.name)).toEqual([
      { event: 'ReplayStarted', rules: ['classify-intake-replay'], events: undefined },
      { event: 'ReplayCompleted', rules: ['classify-intake-replay'], events: 3 },
    ]);
    const { value: flag } = await json('flags', 'get', 'catch_up_mode');
    expect(flag.value).toBe(false);
    expect(flag.history.map((change: { value: string }) => change.value)).toEqual(['false', 'true']);
    expect((await json('replay', 'status', value.name)).value).toEqual(value);
  });

  it('for recovery handles what nobody handled: routed, not answered', async () => {
    const client = busClient(instance());
    const rule = { Name: 'classify-intake', EventBusName: instance().busName };
    await client.send(new DisableRuleCommand(rule));
    const from = now();
    const { value: said } = await json('say', QUESTION, '--wait', '0', '--conversation', 'conv-lost');
    await sleep(300);
    const answered = await readOutbox(instance());
    const { value, code } = await start('recovery', from, now(), '--yes');
    await client.send(new EnableRuleCommand(rule));
    client.destroy();
    expect({ code, events: value.events }).toEqual({ code: 0, events: 1 });
    await expect
      .poll(async () => (await json('ticket', said.conversationId)).value.messages?.[0]?.outcome, { timeout: 10_000 })
      .toBe('routed');
    expect(await readOutbox(instance())).toEqual(answered);
  });

  it('for rebuild makes the same read models again and puts them in force', async () => {
    const timelines = async () =>
      (await scan('read_models'))
        .filter(({ model }) => String(model).includes('timeline#'))
        .map((row) => JSON.stringify(row))
        .sort();
    const before = await timelines();
    const { code, value, err } = await start('rebuild', anHourAgo(), now(), '--yes');
    expect(code, err).toBe(0);
    const { different, missing, added } = value.readModels;
    expect({ different, missing, added }).toEqual({ different: 0, missing: 0, added: 0 });
    const pointer = (await scan('read_models')).find(({ model }) => model === 'projection');
    const generation = String(pointer?.current);
    expect(value.name).toBe(`rebuild-${generation}0000`);
    const rebuilt = (await timelines())
      .filter((row) => row.includes(`${generation}/timeline#`))
      .map((row) => row.replace(`${generation}/`, ''))
      .sort();
    expect(rebuilt).toEqual(before);
  });

  it('for rebuild leaves the read models in force where they differ, until somebody says so', async () => {
    const generation = async () => (await scan('read_models')).find(({ model }) => model === 'projection')?.current;
    const before = await generation();
    const row = (await scan('read_models')).find(({ model }) => String(model).startsWith(`${before}/timeline#`));
    const tables = tableClient(instance());
    const spoiled = { ...row, channel: 'phone' };
    await tables.send(new PutItemCommand({ TableName: 'frontdesk_local_read_models', Item: marshall(spoiled) }));
    tables.destroy();
    const { code, value } = await start('rebuild', anHourAgo(), now(), '--yes');
    expect([code, value.error.code, value.error.message]).toEqual([
      1,
      'not_equal',
      '1 rows differ and 0 were not rebuilt, so the read models in force stay',
    ]);
    expect(await generation()).toBe(before);
    expect(value.error.cure).toContain('a later --to');
    const name = /rebuild-[0-9A-Z]{26}/.exec(value.error.cure)?.[0] ?? '';
    const forced = await json('replay', 'resume', name, '--override');
    expect([forced.code, forced.value.readModels.different]).toEqual([0, 1]);
    const rebuilt = (await scan('read_models')).find(
      ({ model, key }) => key === row?.key && String(model).startsWith(`${name.slice(8, 30)}/`),
    );
    expect(rebuilt?.channel).toBe(row?.channel);
    expect(await generation()).toBe(name.slice(8, 30));
  });

  it('after a rebuild later facts go to the new read models alone', async () => {
    const { value: said } = await json('say', QUESTION, '--conversation', 'conv-after');
    const models = (await scan('read_models'))
      .map(({ model }) => String(model))
      .filter((model) => model.endsWith('conv-after'));
    expect(new Set(models).size).toBe(1);
    expect(models[0]).toMatch(/^[0-9A-Z]{22}\/timeline#conv-after$/);
    expect((await json('ticket', said.messageId)).code).toBe(0);
  });
});

describe('is refused', () => {
  it.each([
    [['recovery', '-2h', '2100-01-01'], 'in_the_future', 1],
    [['recovery', '-15d', '-1h'], 'older_than_retention', 1],
    [['rebuild', '-181d', '-1h'], 'older_than_retention', 1],
    [['recovery', '-1h', '-2h'], 'empty_period', 2],
    [['recovery', 'yesterday', '-1h'], 'invalid_time', 2],
    [['recovery', '-2h', '-1h', '--rule', 'no-such-rule'], 'unknown_rule', 2],
    [['recovery', '-2h', '-1h', '--rule', 'responder-reply'], 'never_replayed', 1],
    [['recovery', '-2h', '-1h', '--rule', 'responder-reply-replay'], 'never_replayed', 1],
    [['recovery', '-2h', '-1h', '--rule', 'responder-route'], 'no_twin', 1],
    [['backfill', '-2h', '-1h'], 'rule_needed', 2],
    [['holiday', '-2h', '-1h'], 'invalid_argument', 2],
  ])('%j: %s', async ([purpose = '', from = '', to = '', ...more], code, exit) => {
    const ran = await start(purpose, from, to, ...more, '--yes');
    expect([ran.value.error.code, ran.code]).toEqual([code, exit]);
  });

  it('while an alarm is on, unless it is overridden', async () => {
    const client = queueClient(instance());
    const QueueUrl = `${instance().awsEndpoint}/000000000000/frontdesk-local-auditor-failures`;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const refused = await start('recovery', '-2h', '-1h', '--yes');
    const overridden = await start('recovery', '-2h', '-1h', '--yes', '--override');
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    client.destroy();
    expect(refused.value.error).toMatchObject({ code: 'unhealthy', message: 'an alarm is on: Q3 dead letters 1' });
    expect(overridden.code).toBe(0);
  });

  it('by name, when there is none of it or it is over', async () => {
    const unknown = 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000';
    expect((await json('replay', 'status', unknown)).value.error).toMatchObject({
      code: 'unknown_replay',
      cure: expect.stringMatching(/`npx frontdesk .*replay list`/),
    });
    expect((await json('replay', 'cancel', unknown, '--yes')).value.error.code).toBe('unknown_replay');
    expect(await json('replay', 'status', 'recovery-1')).toMatchObject({
      code: 2,
      value: { error: { code: 'invalid_name', cure: expect.stringMatching(/`npx frontdesk .*replay list`/) } },
    });
    const { value } = await start('recovery', '-2h', '-1h', '--yes');
    for (const what of [
      ['cancel', value.name, '--yes'],
      ['resume', value.name],
    ])
      expect((await json('replay', ...what)).value.error.code).toBe('over');
  });
});

describe('while messages are under way', () => {
  const KEYS = Array.from({ length: 20 }, (_value, index) => `evt:rp:under-way:${index}`);
  let tables: ReturnType<typeof tableClient>;
  beforeAll(async () => {
    tables = tableClient(instance());
    for (const key of KEYS) {
      // Due for a sweep in an hour, so that nobody touches them.
      const record = {
        key,
        open: 'evt',
        status: 'CLASSIFIED',
        received_at: Date.now(),
        next_sweep_at: Date.now() + 3_600_000,
      };
      await tables.send(new PutItemCommand({ TableName: IDEMPOTENCY, Item: marshall(record) }));
    }
  });
  afterAll(() => tables.destroy());
  const settle = async () => {
    for (const key of KEYS)
      await tables.send(new DeleteItemCommand({ TableName: IDEMPOTENCY, Key: marshall({ key }) }));
  };

  /** A replay that waits for them. */
  async function waiting() {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'bin/frontdesk.js'),
        '--data',
        running.data,
        '--json',
        'replay',
        'start',
        '--purpose',
        'recovery',
      ].concat(['--from', anHourAgo(), '--to', now(), '--yes']),
      { cwd: ROOT },
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, error: JSON.parse(out).error.code }));
    const failure = () => JSON.parse(out).error as { message: string; cure: string };
    await expect.poll(() => err, { timeout: 10_000 }).toContain('waiting: 20 or more messages are under way');
    const run = (await scan('read_models')).find(({ model, status }) => model === 'replay' && status === 'running');
    return { child, ended, failure, name: String(run?.key) };
  }

  it('it waits; another is refused; cancelled from elsewhere it ends', async () => {
    const { ended, name } = await waiting();
    expect((await start('recovery', '-2h', '-1h', '--yes')).value.error.code).toBe('another_replay');
    expect((await json('replay', 'cancel', name)).value.error.code).toBe('confirmation_needed');
    expect((await json('replay', 'cancel', name, '--yes')).value).toMatchObject({ name, status: 'cancelled' });
    expect(await ended).toEqual({ code: 1, error: 'cancelled' });
    expect((await json('flags', 'get', 'catch_up_mode')).value.value).toBe(false);
    await expect.poll(async () => (await stated(name)).length, { timeout: 5_000 }).toBe(2);
  });

  it('interrupted it can be taken up again, and ends once they have settled', async () => {
    const { child, ended, failure, name } = await waiting();
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 1, error: 'interrupted' });
    expect(failure().message).toBe(
      `${name} is interrupted; catch_up_mode stays on, so nobody is answered until ${name} is resumed or cancelled`,
    );
    expect((await frontdesk(running.data, 'replay', 'status', name)).out).toMatch(
      /^status +interrupted; catch_up_mode stays on, so nobody is answered until it is resumed or cancelled$/m,
    );
    expect((await json('status')).value).toMatchObject({
      mode: 'safe',
      catchingUp: { since: expect.any(String), by: expect.any(String), reason: `replay ${name} begins` },
    });
    expect((await json('replay', 'status', name)).value.status).toBe('interrupted');
    // Catching up until somebody ends it.
    expect((await json('flags', 'get', 'catch_up_mode')).value.value).toBe(true);
    expect((await start('recovery', '-2h', '-1h', '--yes')).value.error.code).toBe('another_replay');
    await settle();
    const { code, value } = await json('replay', 'resume', name);
    expect({ code, status: value.status }).toEqual({ code: 0, status: 'completed' });
    expect((await json('flags', 'get', 'catch_up_mode')).value.value).toBe(false);
    expect((await json('status')).value).not.toHaveProperty('catchingUp');
    await expect.poll(async () => (await stated(name)).length, { timeout: 5_000 }).toBe(2);
  });
});

it('with --target aws the same calls go where the environment of the AWS SDK points', async () => {
  const AWS = { AWS_ENDPOINT_URL: instance().awsEndpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const before = { ...process.env };
  Object.assign(process.env, AWS);
  try {
    const at = ['--target', 'aws', '--stage', 'local'];
    expect(
      (await json(...at, 'replay', 'start', '--purpose', 'recovery', '--from', '-1h', '--to', now())).value.error.code,
    ).toBe('too_fresh');
    const { code, value } = await json(
      ...at,
      'replay',
      'start',
      '--purpose',
      'recovery',
      '--from',
      '-2h',
      '--to',
      '-11m',
      '--yes',
    );
    expect({ code, status: value.status, events: value.events }).toEqual({ code: 0, status: 'completed', events: 0 });
    expect((await json(...at, 'archive', 'list')).value).toHaveLength(2);
    expect((await json('--target', 'aws', 'replay', 'status', value.name)).value.error.code).toBe('stage_needed');
  } finally {
    process.env = before;
  }
});

describe('a window that nothing is counted in', () => {
  const before = ['-6h', '-5h'] as const;

  it('is told from others, with since when the archive stands', async () => {
    const { value } = await start('recovery', ...before);
    expect(value.error).toMatchObject({ code: 'confirmation_needed', cure: 'add --yes' });
    expect(value.error.message).toMatch(
      /^nothing is known to be archived, .*: the trail counts no event of it, and the archive recovery of stage local stands since .*; whatever it holds of that period would go to classify-intake-replay and nowhere else/,
    );
    const words = ['replay', 'plan', '--purpose', 'recovery', '--from', before[0], '--to', before[1]];
    const { value: plan } = await json(...words);
    expect(plan).toMatchObject({ events: 0, windows: 1, archivedSince: expect.stringMatching(/Z$/) });
    expect(Date.parse(plan.archivedSince)).toBeGreaterThan(Date.now() - 3_600_000);
    expect((await frontdesk(running.data, ...words)).out).toMatch(/^nothing is known to be archived, /);
  });

  it('is replayed all the same: what is counted is an estimate', async () => {
    const { code, value } = await start('recovery', ...before, '--yes');
    expect(code).toBe(0);
    expect(value).toMatchObject({ status: 'completed', eventsExpected: 0, windows: 1 });
  });
});
