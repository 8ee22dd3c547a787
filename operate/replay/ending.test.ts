/** A run comes to its end whatever happens at it: `catch_up_mode` never stays on with nobody left to switch it off. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STAGE } from '../../local/platform/stage.ts';
import { Failure } from '../failure.ts';
import { aboutChange, flagStore } from '../flags/parameters.ts';
import { tableClient } from '../instance/clients.ts';
import type { Place } from '../instance/place.ts';
import { sharedInstance } from '../instance/shared-instance.testing.ts';
import { frontdesk, standForAws } from '../instance/testing.ts';
import { begin } from './alone.ts';
import { setCatchUp } from './catch-up.ts';
import { type Driving, drive } from './drive.ts';
import { lost } from './lost.ts';
import { runName } from './names.ts';
import { chooseRule } from './plan.ts';
import { newRun, openRuns, type Run, type Runs } from './runs.ts';

const { running, json, instance } = sharedInstance();
const PERIOD = ['--from', '-2h', '--to', '-11m'] as const;
const start = (...more: readonly string[]) =>
  json('replay', 'start', '--purpose', 'recovery', ...PERIOD, '--yes', ...more);

const placeHere = (): Place => ({ ...instance(), env: STAGE.env }) as Partial<Place> as Place;
let runs: Runs;
beforeAll(() => {
  runs = openRuns(placeHere());
});
afterAll(() => runs.close());

const flag = async (): Promise<boolean> => (await json('flags', 'get', 'catch_up_mode')).value.value;
async function setFlag(value: boolean, reason: string): Promise<void> {
  const store = flagStore(instance());
  const stored = await store.read('catch_up_mode');
  await store.write('catch_up_mode', String(value), aboutChange(reason), stored?.version ?? 0);
  store.close();
}
afterEach(async () => {
  if (await flag()) await setFlag(false, 'after a test');
});

/** A run as its driver left it. */
async function left(changes: Partial<Run> = {}, purpose: Run['purpose'] = 'recovery'): Promise<Run> {
  const now = Date.now();
  const run: Run = {
    ...newRun(chooseRule(purpose, undefined), { from: now - 7_200_000, to: now - 3_600_000 }, now),
    status: 'interrupted',
    leaseUntil: 0,
    ...changes,
  };
  await runs.create(run);
  return run;
}

/** How often its end was recorded. */
async function endsOf(name: string): Promise<number> {
  const client = tableClient(instance());
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'frontdesk_local_audit_trail' }));
  client.destroy();
  return Items.map((item) => unmarshall(item)).filter(
    ({ event_name, envelope }) => event_name === 'ReplayCompleted' && String(envelope).includes(name),
  ).length;
}

/** Parameter Store as a stage reaches it, which takes no `false` while `isThrottled`. */
let throttling: Server;
let isThrottled = false;
let putBack: () => void;
beforeAll(async () => {
  throttling = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk) => chunks.push(chunk));
    asked.on('end', () => {
      const body = Buffer.concat(chunks);
      const isOff =
        String(asked.headers['x-amz-target']).endsWith('PutParameter') && JSON.parse(String(body)).Value === 'false';
      if (isThrottled && isOff) {
        answer.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        answer.end(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }));
        return;
      }
      const { method, url, headers } = asked;
      const on = request(new URL(url ?? '/', instance().awsEndpoint), { method, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 500, given.headers);
        given.pipe(answer);
      });
      on.end(body);
    });
  });
  await new Promise<void>((resolve) => throttling.listen(0, '127.0.0.1', resolve));
  const { port } = throttling.address() as AddressInfo;
  putBack = standForAws(running().data, { AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  putBack();
  throttling.closeAllConnections();
  await new Promise((resolve) => throttling.close(resolve));
});
const onStage = (...args: readonly string[]) => json('--target', 'aws', '--stage', 'local', ...args);

describe('when the flag cannot be switched off at the end', () => {
  it('a run is interrupted, says so, and ends when it is taken up again; its end is one fact', async () => {
    isThrottled = true;
    const refused = await onStage('replay', 'start', '--purpose', 'recovery', ...PERIOD, '--yes');
    isThrottled = false;
    expect(refused.code).toBe(1);
    const name = /recovery-[0-9A-Z]{26}/.exec(refused.value.error.message)?.[0] ?? '';
    expect(refused.value.error.message).toContain(
      `catch_up_mode stays on, so nobody is answered until ${name} is resumed or cancelled`,
    );
    expect(await json('replay', 'status', name)).toMatchObject({ value: { status: 'interrupted', endedAt: null } });
    expect(await flag()).toBe(true);
    expect((await onStage('replay', 'resume', name)).value).toMatchObject({ name, status: 'completed' });
    expect(await flag()).toBe(false);
    await expect.poll(() => endsOf(name), { timeout: 5_000 }).toBe(1);
  });

  it('a run that died between its end and its record is ended again, and stays one fact', async () => {
    const { value } = await start();
    await expect.poll(() => endsOf(value.name), { timeout: 5_000 }).toBe(1);
    const over = await runs.find(value.name);
    // A second record under the same name: what the driver had written when it died.
    const dead = { ...(over as Run), status: 'interrupted', ended: false, setCatchUp: true } as const;
    await setFlag(true, `replay ${value.name} begins`);
    await revive(dead);
    expect((await json('replay', 'resume', value.name)).value).toEqual(value);
    expect(await flag()).toBe(false);
    await json('say', 'where is my order?');
    expect(await endsOf(value.name)).toBe(1);
  });

  it('a cancelled run says that its end is not done, and is cancelled again', async () => {
    const { name } = await left({ setCatchUp: true });
    await setFlag(true, `replay ${name} begins`);
    isThrottled = true;
    expect((await onStage('replay', 'cancel', name, '--yes')).code).toBe(1);
    isThrottled = false;
    expect(await flag()).toBe(true);
    expect((await frontdesk(running().data, 'replay', 'status', name)).out).toContain('its end is not done');
    expect((await json('replay', 'resume', name)).value.error).toMatchObject({
      code: 'over',
      cure: expect.stringContaining(`replay cancel ${name} --yes`),
    });
    expect((await json('replay', 'cancel', name)).value.error.code).toBe('confirmation_needed');
    expect((await json('replay', 'cancel', name, '--yes')).value).toMatchObject({ name, status: 'cancelled' });
    expect(await flag()).toBe(false);
    await expect.poll(() => endsOf(name), { timeout: 5_000 }).toBe(1);
    expect((await json('replay', 'cancel', name, '--yes')).value.error.code).toBe('over');
  });
});

it('what was not stated of a cancelled run is stated when it is cancelled again', async () => {
  const run = await left({ status: 'cancelled', endedAt: Date.now() });
  expect((await json('replay', 'cancel', run.name, '--yes')).value).toMatchObject({ status: 'cancelled' });
  await expect.poll(() => endsOf(run.name), { timeout: 5_000 }).toBe(1);
  expect((await json('replay', 'cancel', run.name, '--yes')).value.error.code).toBe('over');
});

/** Writes a run over its record. */
async function revive(run: Run): Promise<void> {
  const client = tableClient(instance());
  const Item = marshall({ model: 'replay', key: run.name, ...run });
  await client.send(new PutItemCommand({ TableName: 'frontdesk_local_read_models', Item }));
  client.destroy();
}

describe('cancelling', () => {
  it('a run whose driver died before its window began ends it', async () => {
    const now = Date.now();
    const run = await left({ setCatchUp: true });
    await revive({ ...run, active: { name: run.name, from: now - 60_000, to: now, events: 1 }, windows: 1 });
    await setFlag(true, `replay ${run.name} begins`);
    expect((await json('replay', 'cancel', run.name, '--yes')).value).toMatchObject({ status: 'cancelled' });
    expect(await flag()).toBe(false);
  });

  it('a run whose record was lost with its table switches off what it left on, and status names it', async () => {
    const name = runName('recovery', '01JQ8Z5M9H3V6T2K4N7P0R0000');
    await setFlag(true, `replay ${name} begins`);
    expect((await json('status')).value).toMatchObject({
      mode: 'safe',
      stops: [],
      catchingUp: { reason: `replay ${name} begins` },
    });
    expect((await json('replay', 'cancel', name)).value.error.code).toBe('confirmation_needed');
    expect(await flag()).toBe(true);
    expect((await json('replay', 'cancel', name, '--yes')).value).toEqual({ name, status: 'cancelled' });
    expect(await flag()).toBe(false);
    expect((await json('replay', 'cancel', name, '--yes')).value.error.code).toBe('unknown_replay');
  });

  it('reaches a run between its record and its flag, and the window that it begins all the same', async () => {
    const run = newRun(chooseRule('recovery', undefined), { from: 0, to: 1 }, Date.now());
    let saves = 0;
    // The first save is let through; then somebody cancels.
    const cancelled = {
      save: async (saved: Run, changes: Partial<Run>) => {
        saves += 1;
        return saves === 1 ? { ...saved, ...changes } : null;
      },
      find: async () => ({ ...run, status: 'cancelled' }),
    } as Partial<Runs> as Runs;
    await expect(setCatchUp(placeHere(), cancelled, run)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await flag()).toBe(false);

    saves = 1;
    const ended: string[] = [];
    const active = { name: run.name, from: 0, to: 1, events: 1 };
    const driving = {
      place: placeHere(),
      runs: cancelled,
      replays: {
        start: async () => {},
        state: async () => 'COMPLETED',
        cancel: async (name: string) => void ended.push(name),
      },
      signal: new AbortController().signal,
      note: () => {},
    } as unknown as Driving;
    await expect(drive(driving, { ...run, active }, async () => [])).rejects.toMatchObject({ code: 'cancelled' });
    expect(ended).toEqual([run.name]);
  });
});

describe('the flag', () => {
  it('that a former replay left on goes off with the next recovery', async () => {
    await setFlag(true, 'replay recovery-01JQ8Z5M9H3V6T2K4N7P0R0000 begins');
    expect((await start()).code).toBe(0);
    expect(await flag()).toBe(false);
  });

  it('that a person has set stays on', async () => {
    await setFlag(true, 'R004 vendor storm');
    expect((await start()).code).toBe(0);
    expect(await flag()).toBe(true);
  });

  it('that a person has set while a run was interrupted stays on when it is cancelled', async () => {
    const { name } = await left({ setCatchUp: true });
    await setFlag(true, `replay ${name} begins`);
    await setFlag(true, 'R004 vendor storm');
    expect((await json('replay', 'cancel', name, '--yes')).code).toBe(0);
    expect(await flag()).toBe(true);
  });
});

it('who finds its run driven by another was not successful, but taken over', async () => {
  const failure = await lost({ find: async () => null }, 'recovery-x');
  expect(failure).toBeInstanceOf(Failure);
  expect([failure.code, failure.cure]).toEqual([
    'taken_over',
    expect.stringContaining('npx frontdesk replay status recovery-x'),
  ]);
});

describe('one run at a time', () => {
  it('of two that begin at the same moment one is refused', async () => {
    const codes = await Promise.all([start(), start(), start()]);
    const outcomes = codes.map(({ code, value }) => (code === 0 ? 'completed' : value.error.code)).sort();
    expect(outcomes).toEqual(['another_replay', 'another_replay', 'completed']);
  });

  it('is in force by its name until its record says that it is over', async () => {
    const now = Date.now();
    const first = newRun(chooseRule('recovery', undefined), { from: 0, to: 1 }, now);
    const second = newRun(chooseRule('rebuild', undefined), { from: 0, to: 1 }, now);
    expect(await runs.hold(first.name, now)).toBeNull();
    // Its record is about to be written.
    expect(await runs.hold(second.name, now)).toBe(first.name);
    await runs.create(first);
    expect(await runs.hold(second.name, now + 60_000)).toBe(first.name);
    expect(await runs.hold(first.name, now)).toBeNull();
    await runs.cancel(first.name, now);
    expect(await runs.hold(second.name, now)).toBeNull();
    // Who died before its record holds nobody up for longer than a lease.
    expect(await runs.hold(first.name, now + 60_000)).toBeNull();
  });

  it('who stood still before its record was written, and was overtaken, leaves nothing that could be resumed', async () => {
    const now = Date.now();
    const slow = newRun(chooseRule('recovery', undefined), { from: 0, to: 1 }, now);
    const swift = newRun(chooseRule('rebuild', undefined), { from: 0, to: 1 }, now);
    const standsStill: Runs = {
      ...runs,
      async create(run) {
        // The lease of the slow one is over before anybody knows of it.
        expect(await runs.hold(swift.name, now + 60_000)).toBeNull();
        expect(await runs.create(swift)).toBe(true);
        return runs.create(run);
      },
    };
    await expect(begin(standsStill, slow)).rejects.toMatchObject({
      code: 'another_replay',
      message: expect.stringContaining(swift.name),
    });
    expect(await runs.find(slow.name)).toMatchObject({ status: 'cancelled', ended: true });
    expect(await runs.find(swift.name)).toMatchObject({ status: 'running' });
    await runs.cancel(swift.name, now);
  });

  it('is seen however many came before, and the list is newest first', async () => {
    const day = 86_400_000;
    const former = Array.from({ length: 220 }, (_, index) => ({
      name: runName(index % 2 === 0 ? 'recovery' : 'backfill', `0${String(index).padStart(21, '0')}ZZZZ`),
      status: 'completed' as const,
      ended: true,
      startedAt: Date.now() - (index + 1) * 3_600_000,
    }));
    await Promise.all(former.map((changes) => left(changes)));
    // By its name it is in the middle, by its age the last.
    const rebuild = await left({ startedAt: Date.now() - 20 * day }, 'rebuild');
    const { value } = await json('replay', 'list');
    const times = value.map(({ startedAt }: { startedAt: string }) => startedAt);
    expect(times).toHaveLength(100);
    expect(times).toEqual([...times].sort().reverse());
    const refused = await start();
    expect(refused.value.error).toMatchObject({
      code: 'another_replay',
      message: expect.stringContaining(rebuild.name),
    });
    expect((await json('replay', 'cancel', rebuild.name, '--yes')).code).toBe(0);
    expect((await start()).code).toBe(0);
  });
});
