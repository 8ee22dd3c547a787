/** `recover` and `drill` by the real command line: what they refuse, and a ledger that is lost for real and comes back. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACTS } from '../../events/facts.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { SCHEMA, writeSchema, writeVersion } from '../../local/platform/folder-version.ts';
import { RELEASE } from '../../local/platform/release.ts';
import { loseTables } from '../drill/scratch.ts';
import { tableClient } from '../instance/clients.ts';
import { readOutbox } from '../instance/sandbox.ts';
import { frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';

let running: RunningInstance;
let first: RunningInstance;
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);
const instance = () => instanceIn(running.data);

async function scan(table: string): Promise<Item[]> {
  const client = tableClient(instance());
  const { Items = [] } = await client.send(new ScanCommand({ TableName: `frontdesk_local_${table}` }));
  client.destroy();
  return Items.map((item) => unmarshall(item) as Item);
}
const isArchived = (name: unknown): boolean => (FACTS as readonly unknown[]).includes(name);
const keysOf = async (prefix: string): Promise<string[]> =>
  (await scan('idempotency'))
    .map(({ key }) => String(key))
    .filter((key) => key.startsWith(prefix))
    .sort();
const rebuild = () => json('replay', 'start', '--purpose', 'rebuild', '--from', '-180d', '--to', '-0m', '--yes');
const flag = async (name: string) => (await json('flags', 'get', name)).value.value;

beforeAll(async () => {
  first = await startedInstance();
  running = first;
  await json('say', 'My lamp arrived broken, the glass is shattered.', '--conversation', 't-1');
}, 120_000);
afterAll(async () => {
  await running.stop();
  first.remove();
});

describe('recover', () => {
  it('refuses while customers are written to, and names the switch', async () => {
    const { code, value } = await json('recover', '--yes');
    expect([code, value.error.code]).toEqual([1, 'not_stopped']);
    // With the folder that was given, so that it can be pasted.
    expect(value.error.cure).toMatch(/frontdesk --data \S+ stop --level automation/);
  });

  it('says what would happen, and changes nothing without --yes', async () => {
    await json('stop', '--level', 'automation', '--reason', 'a table is lost');
    const { code, value } = await json('recover');
    expect([code, value.error.code, value.error.cure]).toEqual([1, 'confirmation_needed', 'add --yes']);
    expect(await flag('ledger_generation')).toBe(1);
  });

  it('wants an instance, and with --target aws a stage', async () => {
    const nowhere = join(tmpdir(), 'frontdesk-nothing-runs-here');
    expect((await frontdeskJson(nowhere, 'recover', '--yes')).value.error.code).toBe('not_running');
    expect((await json('--target', 'aws', 'recover', '--yes')).value.error.code).toBe('stage_needed');
  });
});

describe('a trail that lost facts', () => {
  it('has them again after a rebuild, although the auditor has done with them', { timeout: 60_000 }, async () => {
    const factsInTrail = async () =>
      (await scan('audit_trail')).filter((row) => row.conversation_id === 't-1' && isArchived(row.event_name));
    const before = await factsInTrail();
    const client = tableClient(instance());
    for (const { conversation_id, ts_action_id } of before)
      await client.send(
        new DeleteItemCommand({
          TableName: 'frontdesk_local_audit_trail',
          Key: marshall({ conversation_id, ts_action_id }),
        }),
      );
    client.destroy();
    expect([before.length > 3, await factsInTrail()]).toEqual([true, []]);
    const claims = (await scan('idempotency')).filter(({ key }) => String(key).startsWith('csm:auditor:auditor:'));
    const done = claims.filter(({ status }) => status === 'DONE').map(({ key }) => String(key).split(':').at(-1));
    expect(done).toEqual(expect.arrayContaining(before.map(({ event_id }) => String(event_id))));

    expect((await rebuild()).code).toBe(0);
    const envelopes = (rows: readonly Item[]) => rows.map(({ envelope }) => String(envelope));
    expect(envelopes(await factsInTrail())).toEqual(expect.arrayContaining(envelopes(before)));
  });
});

describe('a folder that lost its ledger', () => {
  it('closes its own past at the next start, and everything is there again afterwards', {
    timeout: 90_000,
  }, async () => {
    const before = {
      messages: await keysOf('evt:'),
      replies: await keysOf('act:rp_reply:'),
    };
    expect(before.replies).toHaveLength(1);
    await json(
      'resume',
      '--level',
      'automation',
      '--override',
      '--reason',
      'so that the start has something to switch off',
    );
    await running.stop();
    loseTables(first.data, ['idempotency']);
    running = await startedInstance(first.data);
    expect(await flag('automation_enabled')).toBe(false);
    expect([await flag('ledger_generation'), await flag('ledger_whole')]).toEqual([2, 1]);

    const { code, value } = await json('recover', '--yes');
    expect(code).toBe(0);
    expect(value).toMatchObject({ ledgerGeneration: 2, unfinished: 0, unclear: 0 });
    expect(await keysOf('evt:')).toEqual(expect.arrayContaining(before.messages));
    expect(await keysOf('act:rp_reply:')).toEqual(before.replies);
    // The auditor's claims are gone with the ledger, and yet a rebuild records nothing a second time.
    await rebuild();
    const ids = (await scan('audit_trail')).map(({ event_id }) => event_id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await readOutbox(instance())).length).toBe(1);
  });

  it('has nothing to add the second time', async () => {
    const { value } = await json('recover', '--yes');
    expect(value).toMatchObject({ records: 0, conversations: 0, caps: 0, ledgerGeneration: 2 });
  });
});

describe('drill', () => {
  it('lists the drills: every table, then all of them', async () => {
    const { code, value } = await json('drill', '--list');
    expect(code).toBe(0);
    expect(value.map(({ name }: { name: string }) => name)).toEqual([
      'idempotency',
      'conversation_state',
      'audit_trail',
      'vault',
      'vendor_limits',
      'read_models',
      'all-tables',
      'kill-switch',
    ]);
  });

  it('refuses a name that is none, a folder without state, and the state of a real workspace', async () => {
    expect((await json('drill', 'everything')).value.error.code).toBe('unknown_drill');
    const home = mkdtempSync(join(tmpdir(), 'frontdesk-drill-test-'));
    const { code, value } = await frontdeskJson(join(home, 'none'), 'drill');
    expect([code, value.error.code]).toEqual([1, 'no_data']);
    expect([existsSync(join(home, 'none')), readdirSync(home)]).toEqual([false, []]);
    writeFileSync(join(home, 'aws.sqlite'), '');
    writeVersion(home, RELEASE);
    writeSchema(home, SCHEMA);
    expect((await frontdeskJson(home, 'drill')).value.error.code).toBe('real_workspace');
    rmSync(home, { recursive: true });
  });
});
