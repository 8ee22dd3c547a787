/** A kept run is a data folder like any other: the real command line reads it, and the real runtime goes on in it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../../functions/shared/store/language.ts';
import { leaveDeadLock } from '../../../local/platform/lock.ts';
import { StartProblem } from '../../../local/platform/problem.ts';
import { findInstance, type Instance } from '../../../operate/instance/instance.ts';
import { readOutbox } from '../../../operate/instance/sandbox.ts';
import { endpointTables } from '../../../operate/instance/tables.ts';
import { frontdeskJson, type RunningInstance, startedInstance } from '../../../operate/instance/testing.ts';
import { type Run, simulate } from '../run.ts';
import type { FaultName } from '../world/faults.ts';
import { openKeeper } from './keep.ts';
import { kept } from './kept-world.ts';
import { startAtOf } from './start-at.ts';

const HOUR_MS = 3_600_000;
const CONVERSATIONS = 8;
/** Without crashes everywhere, after which nobody in a run this small gets a reply. */
const FAULTS: readonly FaultName[] = [
  'duplicate',
  'reorder',
  'burst',
  'swap-webhooks',
  'stale-read',
  'timeout-applied',
  'throttle',
  'customer-acts',
  'agent-acts',
  'replay',
];
/** So young that the reconciler looks at the tickets; the runs below take less than three hours. */
const startAt = Date.now() - 4 * HOUR_MS;

let home: string;
let data: string;
const runs: Run[] = [];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-keep-test-'));
  data = join(home, 'data');
  const keeper = await openKeeper(data);
  for (const world of [0, 1]) {
    const firstNumber = world * CONVERSATIONS + 1;
    const run = await simulate({
      seed: `keep/${world}`,
      conversations: CONVERSATIONS,
      faults: FAULTS,
      firstNumber,
      startAt,
    });
    runs.push(run);
    await keeper.add(structuredClone(kept(run)));
  }
  expect(existsSync(data)).toBe(false);
  await keeper.finish();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const factsOf = (run: Run) => run.account.facts;
const ticketsOf = () => runs.flatMap((run) => run.account.tickets);
const repliesOf = () => runs.flatMap((run) => factsOf(run).flatMap((fact) => (fact.kind === 'sent' ? [fact] : [])));

describe('the command line without an instance', () => {
  it('lists archives with every event that was published', async () => {
    const { code, value } = await frontdeskJson(data, 'archive', 'list');
    const published = runs.flatMap(factsOf).filter((fact) => fact.kind === 'published').length;
    const recovery = value.find((one: { name: string }) => one.name === 'frontdesk-local-recovery');
    expect({ code, events: recovery.events }).toEqual({ code: 0, events: published });
  });

  it('tells the story of every message of a conversation, with the gates that judged it', async () => {
    const [reply] = repliesOf();
    const { code, value } = await frontdeskJson(data, 'ticket', reply?.conversationId ?? '');
    expect(code).toBe(0);
    const replied = value.messages.find((one: { outcome: string }) => one.outcome === 'replied');
    expect(replied.gateReport.length).toBeGreaterThan(10);
    expect(replied.events).toEqual(expect.arrayContaining(['MessageReceived', 'ReplySent', 'MessageSettled']));
  });

  it('decides everything the same way again', async () => {
    const { value: policy } = await frontdeskJson(data, 'policy', 'show');
    const file = join(home, 'policy.json');
    writeFileSync(file, JSON.stringify(policy));
    const { code, value } = await frontdeskJson(data, 'whatif', '--policy', file);
    expect(code).toBe(0);
    expect(value).toMatchObject({ same: value.decisions, different: 0, undecidable: 0 });
    expect(value.decisions).toBeGreaterThanOrEqual(ticketsOf().length);
  });
});

describe('an instance on the folder', () => {
  let running: RunningInstance;
  const instance = () => {
    const found = findInstance({ dataDir: data, dataDirGiven: data });
    if (found === null) throw new Error('the instance does not run');
    return found;
  };
  const sandbox = async (call: string) => (await fetch(`${instance().richpanelUrl}/__sandbox/${call}`)).json();

  let beganAt: string;
  beforeAll(async () => {
    beganAt = new Date().toISOString();
    running = await startedInstance(data);
  });
  afterAll(async () => {
    await running.stop();
    running.remove();
  });

  it('shows the tickets and what customers received', async () => {
    const tickets = (await sandbox('tickets')) as { id: string; status: string; tags: string[] }[];
    const shown = tickets.map(({ id, status, tags }) => ({ id, isOpen: status === 'OPEN', tags: tags.toSorted() }));
    const expected = ticketsOf().map(({ conversationId, status, tags }) => ({
      id: conversationId,
      isOpen: status === 'open',
      tags,
    }));
    expect(shown).toEqual(expect.arrayContaining(expected));
    const received = (await readOutbox(instance())).map(({ commentId }) => commentId);
    expect(received.toSorted()).toEqual(
      repliesOf()
        .map(({ commentId }) => commentId)
        .toSorted(),
    );
    expect(received.length).toBeGreaterThan(3);
  });

  it('is well, and its first looks at the ledger and the helpdesk find nothing to do', {
    timeout: 30_000,
  }, async () => {
    const writes = await sandbox('writes');
    const looked = await reconciliation(instance(), beganAt);
    expect(looked).toMatchObject({ missing: 0, republished: 0 });
    expect(looked.scanned).toBeGreaterThan(3);
    expect(await sandbox('writes')).toEqual(writes);
    const { value } = await frontdeskJson(data, 'status');
    expect(value).toMatchObject({ healthy: true, mode: 'auto', inFlight: 0, deadLetters: 0, alarms: [] });
  });

  it('goes on with a conversation, and rebuilds what it shows from the archive', { timeout: 30_000 }, async () => {
    const open = repliesOf()[0]?.conversationId ?? '';
    const before = (await readOutbox(instance())).length;
    const said = await frontdeskJson(data, 'say', 'Please cancel my order.', '--conversation', open);
    expect(said.code).toBe(0);
    expect(said.value).toMatchObject({ conversationId: open, intent: 'cancel_order' });
    const after = await readOutbox(instance());
    expect(after.length).toBe(said.value.outcome === 'replied' ? before + 1 : before);

    const window = ['--from', new Date(startAt).toISOString(), '--to', new Date(startAt + 3 * HOUR_MS).toISOString()];
    const rebuilt = await frontdeskJson(data, 'replay', 'start', '--purpose', 'rebuild', ...window, '--yes');
    expect(rebuilt.code).toBe(0);
    expect(rebuilt.value.readModels).toMatchObject({ different: 0, missing: 0 });
    expect(rebuilt.value.readModels.equal).toBe(rebuilt.value.eventsExpected);
    expect(rebuilt.value.eventsExpected).toBeGreaterThan(50);
    expect(await readOutbox(instance())).toEqual(after);
  });
});

/** What the reconciler's first run on the folder came to. */
async function reconciliation(
  instance: Instance,
  since: string,
): Promise<{ scanned: number; missing: number; republished: number }> {
  const tables = endpointTables(instance);
  try {
    for (;;) {
      const found = tables.scan('audit_trail', {
        FilterExpression: 'event_name = :name AND recorded_at >= :since',
        ExpressionAttributeValues: { ':name': { S: 'ReconciliationCompleted' }, ':since': { S: since } },
      });
      for await (const { envelope } of found) return JSON.parse(String(envelope)).data;
      await sleep(100);
    }
  } finally {
    await tables.close();
  }
}

describe('the folder', () => {
  const fresh = (name: string) => join(home, name);
  const problem = async (path: string) => {
    const refused = await openKeeper(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartProblem);
    return String(refused);
  };

  it('is refused where something is, or where another run writes', async () => {
    const full = fresh('full');
    mkdirSync(full);
    writeFileSync(join(full, 'notes'), '');
    expect(await problem(full)).toContain('is not empty: name a new folder, or remove that one.');
    expect(await problem(join(full, 'notes'))).toContain('is not empty');
    const keeper = await openKeeper(fresh('busy'));
    expect(await problem(fresh('busy'))).toContain(`is being written by process ${process.pid}`);
    await keeper.abort();
    expect(readdirSync(home).filter((name) => name.startsWith('busy'))).toEqual([]);
  });

  it('of a run that died is none, and the next run begins anew', async () => {
    const dead = `${fresh('again')}.unfinished`;
    mkdirSync(dead);
    leaveDeadLock(dead);
    writeFileSync(join(dead, 'aws.sqlite'), 'half');
    const keeper = await openKeeper(fresh('again'));
    await keeper.finish();
    expect(existsSync(dead)).toBe(false);
    expect(readdirSync(fresh('again')).toSorted()).toEqual(['aws.sqlite', 'richpanel.sqlite', 'schema', 'version']);
  });

  it('takes no run whose end has yet to come, or that did not come to rest', async () => {
    const [run] = runs;
    if (run === undefined) throw new Error('no run');
    const keeper = await openKeeper(fresh('early'), startAt);
    await expect(keeper.add(kept(run))).rejects.toThrow('ends after now');
    await keeper.abort();
    expect(() => kept({ ...run, isQuiet: false })).toThrow('has not come to rest');
  });
});

describe('read models', () => {
  it('are those of the generation in force, which is the first of a folder', () => {
    const [run] = runs;
    if (run === undefined) throw new Error('no run');
    const row = (model: string) => [model, { model, key: '1', event_id: model }] as const;
    const inForce = (...more: (readonly [string, Item])[]) => {
      const rows = new Map<string, Item>([row('timeline#a'), row('01K/timeline#a'), ...more]);
      const { tables } = kept({ ...run, world: { ...run.world, tables: new Map([['read_models', rows]]) } });
      return tables;
    };
    expect(inForce()).toEqual([['read_models', [{ model: 'timeline#a', key: '1', event_id: 'timeline#a' }]]]);
    const pointer = ['pointer', { model: 'projection', key: 'pointer', current: '01K' }] as const;
    expect(inForce(pointer)).toEqual([
      ['read_models', [{ model: 'timeline#a', key: '1', event_id: '01K/timeline#a' }]],
    ]);
  });
});

describe('worlds of one run', () => {
  const today = Date.UTC(2026, 10, 26);
  const now = today + 7 * HOUR_MS;
  /** Hours before today. */
  const of = (worlds: number | null, conversations: number) => {
    const begins = Array.from({ length: worlds ?? 5 }, (_value, world) =>
      startAtOf(world, { worlds, conversations, now }),
    );
    return begins.map((begin) => (today - begin) / HOUR_MS);
  };

  it('follow one another up to yesterday, at any time of the day', () => {
    // 180 conversations, one every 20 s, are an hour.
    expect(of(3, 180)).toEqual([26, 25, 24]);
  });

  it('fit into what is kept for recovery, however many they are', () => {
    const hours = of(4_000, 250);
    expect(hours.at(-1)).toBe(24);
    expect(hours[0]).toBeLessThan(14 * 24);
  });

  it('begin again where they have no end', () => {
    // 100 hours each.
    expect(of(null, 18_000)).toEqual([312, 212, 112, 300, 200]);
  });
});
