/** The trail and the deletion from the command line, on a real instance. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findInstance } from '../instance/instance.ts';
import { frontdeskJson, type RunningInstance, standForAws, startedInstance } from '../instance/testing.ts';

let running: RunningInstance;
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);
const MESSAGE = 'My parcel arrived broken, what now?';

beforeAll(async () => {
  running = await startedInstance();
}, 120_000);
afterAll(async () => {
  await running?.stop();
  running?.remove();
});

/** Salts of the records of a conversation: nowhere else, so whoever finds one has found something of a record. */
function saltsOf(conversationId: string): string[] {
  const database = new DatabaseSync(join(running.data, 'aws.sqlite'), { readOnly: true });
  try {
    const rows = database
      .prepare(`SELECT json_extract(item, '$.leaf_salt.S') AS salt FROM dynamodb_items
                WHERE json_extract(item, '$.conversation_id.S') = ? AND salt IS NOT NULL`)
      .all(conversationId);
    return rows.map(({ salt }) => String(salt));
  } finally {
    database.close();
  }
}

const bytesOfFolder = (): Buffer =>
  Buffer.concat(
    readdirSync(running.data)
      .filter((name) => name.startsWith('aws.sqlite'))
      .map((name) => readFileSync(join(running.data, name))),
  );

it('a customer is deleted, the trail stays whole, and nothing of the records is in the file', async () => {
  const other = await json('say', MESSAGE);
  const said = await json('say', MESSAGE, '--conversation', 'conv-to-delete');
  expect([said.code, said.value.conversationId]).toEqual([0, 'conv-to-delete']);
  const salts = saltsOf('conv-to-delete');
  expect(salts.length).toBeGreaterThan(3);
  expect(bytesOfFolder().includes(salts[0] ?? '')).toBe(true);
  const whole = await json('audit', 'verify');
  expect(whole).toMatchObject({ code: 0, value: { broken: 0, firstBroken: null, deletedOnRequest: 0, expired: 0 } });
  expect(whole.value.valid).toBeGreaterThan(8);

  const asked = await json('privacy', 'delete', '--customer', 'conv-to-delete');
  expect([asked.code, asked.value.error.code]).toEqual([1, 'confirmation_needed']);
  const done = await json('privacy', 'delete', '--customer', 'conv-to-delete', '--yes');
  expect(done).toMatchObject({ code: 0, value: { verifiedRemaining: 0, tombstones: salts.length } });
  const again = await json('privacy', 'delete', '--customer', 'conv-to-delete', '--yes');
  expect(again).toMatchObject({ code: 0, value: { requestId: null, tombstones: 0 } });

  for (const args of [['--yes'], []]) {
    const nobody = await json('privacy', 'delete', '--customer', 'nobody@example.com', ...args);
    expect([nobody.code, nobody.value.error.code]).toEqual([1, 'unknown_customer']);
  }

  await expect.poll(async () => (await json('audit', 'verify')).value.underWay, { timeout: 30_000 }).toBe(0);
  const verdict = await json('audit', 'verify');
  expect(verdict).toMatchObject({ code: 0, value: { broken: 0, deletedOnRequest: salts.length } });
  const ticket = await json('ticket', 'conv-to-delete');
  expect([ticket.code, ticket.value.error.code]).toEqual([1, 'deleted_on_request']);
  expect((await json('ticket', other.value.conversationId)).code).toBe(0);
  // The log that leads to the file is cut with the next pass of the expiry.
  await expect
    .poll(() => salts.filter((salt) => bytesOfFolder().includes(salt)), { timeout: 150_000, interval: 2_000 })
    .toEqual([]);
}, 300_000);

describe('a deployed stage', () => {
  let putBack = (): void => {};
  const stand = (key: string): void => {
    putBack();
    putBack = standForAws(running.data, { RICHPANEL_API_KEY: key });
  };
  afterEach(() => putBack());
  const onStage = (...args: readonly string[]) =>
    json('--target', 'aws', '--stage', 'local', 'privacy', 'delete', '--customer', 'conv-of-stage', ...args);

  it('forgets a customer by the same calls, with a key of the helpdesk of one’s own', async () => {
    await json('say', MESSAGE, '--conversation', 'conv-of-stage');
    stand('');
    expect(await onStage('--yes')).toMatchObject({ code: 1, value: { error: { code: 'no_key' } } });
    stand('a key that the workspace does not know');
    expect(await onStage('--yes')).toMatchObject({ code: 1, value: { error: { code: 'helpdesk_failed' } } });
    expect((await json('ticket', 'conv-of-stage')).code).toBe(0);
    stand(findInstance({ dataDir: running.data, dataDirGiven: running.data })?.richpanelKey ?? '');
    expect(await onStage('--yes')).toMatchObject({ code: 0, value: { verifiedRemaining: 0, conversations: 1 } });
    expect(await json('ticket', 'conv-of-stage')).toMatchObject({
      code: 1,
      value: { error: { code: 'deleted_on_request' } },
    });
  }, 120_000);
});

it('a record that cannot be read is counted and named, and the others are judged all the same', async () => {
  const { value } = await json('say', MESSAGE, '--conversation', 'conv-to-spoil');
  await expect.poll(async () => (await json('audit', 'verify')).value.underWay, { timeout: 30_000 }).toBe(0);
  const whole = await json('audit', 'verify');
  const database = new DatabaseSync(join(running.data, 'aws.sqlite'), { timeout: 10_000 });
  const row = database
    .prepare(`SELECT id, CAST(sk AS TEXT) AS place FROM dynamodb_items
              WHERE CAST(pk AS TEXT) = ? AND json_extract(item, '$.leaf_salt.S') IS NOT NULL`)
    .get(value.conversationId);
  database.prepare('UPDATE dynamodb_items SET item = ? WHERE id = ?').run('{"conversation_id":', Number(row?.id));
  database.close();
  expect(await json('audit', 'verify')).toMatchObject({
    code: 1,
    value: {
      valid: whole.value.valid - 1,
      broken: 1,
      firstBroken: { link: `record conv-to-spoil ${row?.place}`, why: 'it cannot be read' },
    },
  });
}, 120_000);
