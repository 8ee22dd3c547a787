/** A folder that 0.1.0 left after `kill -9`, opened by this code: everything of it is there, and goes on. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../../local/platform/data-folder.ts';
import { SCHEMA } from '../../../local/platform/folder-version.ts';
import { RELEASE } from '../../../local/platform/release.ts';
import { contentsOf, contentsOfFirstSchema } from './contents.ts';
import { unpackFixture } from './fixture.ts';
import { type RunningInstance, startOn } from './instance.ts';

/** A second after the last thing that happened in it. */
const AFTER_MS = 1_000;
const MESSAGES = 32;
/** Some 5 s on a quiet machine; the limit is for one that is not. */
const SETTLES_MS = 120_000;

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-fixture-test-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a folder of 0.1.0', () => {
  it('comes through the migration item for item, and a copy stays as it was', async () => {
    const data = unpackFixture('0.1.0', join(home, 'items'));
    const before = await contentsOfFirstSchema(data);
    const folder = await openDataFolder(data);
    expect([folder.isNew, folder.followsDeath]).toEqual([false, true]);
    folder.release();

    const after = await contentsOf(data);
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
    for (const [name, lines] of Object.entries(before)) expect(after[name], name).toEqual(lines);
    // Of each kind there is something, or the comparison would say nothing.
    for (const name of [
      'items of frontdesk_local_idempotency',
      'items of frontdesk_local_audit_trail',
      'rows of eb_archived',
    ])
      expect(before[name]?.length, name).toBeGreaterThan(MESSAGES);

    expect(readdirSync(data).sort()).toEqual(['aws.sqlite', 'richpanel.sqlite', 'schema', 'version']);
    expect(['schema', 'version'].map((name) => readFileSync(join(data, name), 'utf8').trim())).toEqual([
      String(SCHEMA),
      RELEASE,
    ]);
    // Freed pages can be given back (upkeep.ts).
    for (const name of ['aws.sqlite', 'richpanel.sqlite']) expect(pragma(data, name, 'auto_vacuum')).toBe(2);
    const [copy = ''] = readdirSync(join(home, 'items')).filter((name) => name.includes('.before-schema-'));
    expect(await contentsOfFirstSchema(join(home, 'items', copy))).toEqual(before);
    // Opened again it is as any other folder: no second copy.
    (await openDataFolder(data)).release();
    expect(readdirSync(join(home, 'items'))).toHaveLength(2);
  });

  it('goes on where it was: what was under way settles, and nobody is answered twice', {
    timeout: 180_000,
  }, async () => {
    const data = unpackFixture('0.1.0', join(home, 'start'));
    const before = await contentsOfFirstSchema(data);
    const outboxBefore = outboxOf(before['rows of sandbox_rows'] ?? []);
    const instance = await startOn(data, lastMoment(data) + AFTER_MS - Date.now());
    try {
      expect(instance.said()).toMatch(
        /migrating .* to schema 2[\s\S]*migrated; the folder as Frontdesk 0\.1\.0 left it/,
      );
      await untilSettled(instance);
      const answered = await fetch(`${instance.ready.richpanelUrl}/__sandbox/outbox`);
      const outbox = (await answered.json()) as { commentId: string; ticketId: string }[];
      const ids = new Set(outbox.map(({ commentId }) => commentId));
      for (const { commentId } of outboxBefore) expect(ids).toContain(commentId);
      expect(new Set(outbox.map(({ ticketId }) => ticketId)).size).toBe(outbox.length);
    } finally {
      expect(await instance.stop()).toBe(0);
    }
  });
});

function outboxOf(rows: readonly string[]): { commentId: string }[] {
  return rows
    .map((row) => JSON.parse(row) as { collection: string; value: string })
    .filter(({ collection }) => collection === 'outbox')
    .map(({ value }) => JSON.parse(value) as { commentId: string });
}

function pragma(data: string, name: string, wanted: string): number {
  const database = new DatabaseSync(join(data, name), { readOnly: true });
  const row = database.prepare(`PRAGMA ${wanted}`).get();
  database.close();
  return Number(row?.[wanted]);
}

/** Epoch milliseconds of the last event that its bus took. */
function lastMoment(data: string): number {
  const database = new DatabaseSync(join(data, 'aws.sqlite'));
  const row = database.prepare('SELECT max(archived_at) AS at FROM eb_archived').get();
  database.close();
  return Number(row?.at);
}

async function untilSettled(instance: RunningInstance): Promise<void> {
  const until = performance.now() + SETTLES_MS;
  for (;;) {
    const count = await settledCount(instance);
    if (count === MESSAGES) return;
    if (performance.now() > until) throw new Error(`${count} of ${MESSAGES} messages have settled`);
    await sleep(250);
  }
}

async function settledCount({ ready }: RunningInstance): Promise<number> {
  let count = 0;
  let from: unknown;
  do {
    const response = await fetch(ready.awsEndpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
      body: JSON.stringify({
        TableName: 'frontdesk_local_idempotency',
        FilterExpression: '#status = :settled',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':settled': { S: 'SETTLED' } },
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    });
    const page = (await response.json()) as { Count: number; LastEvaluatedKey?: unknown };
    count += page.Count;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
}
