/** Backup and restore by the real command line, of a real instance with work under way. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOutbox } from '../instance/sandbox.ts';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';
import { addLabel, type LabelRow, readLabels } from '../quality/labels.ts';

const QUESTION = 'where is my order?';
const UNDER_WAY = 6;
const LABEL: LabelRow = {
  messageKey: 'cmt_1',
  conversationId: 'before',
  decided: { intent: 'delivered_not_received', tier: 2, team: 'Email Support Team', confidence: 0.9 },
  label: { intent: 'damaged_item' },
  by: 'nora',
  at: '2026-01-15T09:00:00.000Z',
};

let home: string;
let running: RunningInstance;
let file: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-backup-test-'));
  file = join(home, 'backup.tar.gz');
  running = await startedInstance();
});
afterAll(async () => {
  await running.stop();
  running.remove();
  rmSync(home, { recursive: true, force: true });
});

const outboxOf = (data: string) => readOutbox(instanceIn(data));

/** Conversations to which the sandbox's own file says that a reply went. */
function answeredIn(data: string): string[] {
  const database = new DatabaseSync(join(data, 'richpanel.sqlite'), { readOnly: true });
  const rows = database.prepare("SELECT value FROM sandbox_rows WHERE collection = 'outbox' ORDER BY position").all();
  database.close();
  return rows.map(({ value }) => String(JSON.parse(String(value)).ticketId));
}

/** Records that the ledger keeps in its index of what is open. */
function openIn(data: string): number {
  const database = new DatabaseSync(join(data, 'aws.sqlite'), { readOnly: true });
  const row = database
    .prepare(
      `SELECT count(*) AS open FROM dynamodb_index_entries e JOIN dynamodb_tables t ON t.id = e.table_id
       WHERE t.name = 'frontdesk_local_idempotency'`,
    )
    .get();
  database.close();
  return Number(row?.open);
}

/** Conversations for which the ledger holds the claim of a reply, which it took before the reply was sent. */
function claimedIn(data: string): Set<string> {
  const database = new DatabaseSync(join(data, 'aws.sqlite'), { readOnly: true });
  const rows = database
    .prepare("SELECT CAST(pk AS TEXT) AS key FROM dynamodb_items WHERE key LIKE 'act:rp_reply:%'")
    .all();
  database.close();
  return new Set(rows.map(({ key }) => String(key).split(':')[2] ?? ''));
}

describe('backup and restore', () => {
  it('copies one moment while messages are under way', { timeout: 60_000 }, async () => {
    const { value: first } = await frontdeskJson(running.data, 'say', QUESTION, '--conversation', 'before');
    expect(first.outcome).toBe('replied');
    addLabel(running.data, LABEL);
    const said = Array.from({ length: UNDER_WAY }, (_, index) =>
      frontdeskJson(running.data, 'say', QUESTION, '--conversation', `under-way-${index}`, '--wait', '0'),
    );
    await said[0];
    const { code, value } = await frontdeskJson(running.data, 'backup', file);
    await Promise.all(said);
    expect(code).toBe(0);
    expect(value).toMatchObject({ file, wasRunning: true, schema: 2, bytes: statSync(file).size });
    expect(value.parts.map(({ name }: { name: string }) => name)).toEqual([
      'aws.sqlite',
      'richpanel.sqlite',
      'labels.jsonl',
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['backup.tar.gz']);
  });

  it('replaces a file only when told to', async () => {
    const refused = await frontdeskJson(running.data, 'backup', file);
    expect([refused.code, refused.value.error.code]).toEqual([1, 'file_exists']);
    expect((await frontdeskJson(running.data, 'backup', join(home, 'twice.tar.gz'))).code).toBe(0);
    expect((await frontdeskJson(running.data, 'backup', join(home, 'twice.tar.gz'), '--force')).code).toBe(0);
  });

  it('is not restored over a running instance, nor without a yes', async () => {
    const over = await frontdeskJson(running.data, 'restore', file, '--yes');
    expect([over.code, over.value.error.code]).toEqual([1, 'running']);
    const data = join(home, 'unasked');
    const unasked = await frontdeskJson(data, 'restore', file);
    expect([unasked.code, unasked.value.error.code, existsSync(data)]).toEqual([1, 'confirmation_needed', false]);
  });

  it('restored elsewhere it settles what was under way and answers none of it', { timeout: 90_000 }, async () => {
    const data = join(home, 'restored');
    const { code, value } = await frontdeskJson(data, 'restore', file, '--yes');
    expect(code).toBe(0);
    expect(value).toMatchObject({ dataDir: data, ledgerGeneration: 2, formerFolder: null });
    const answered = answeredIn(data);
    expect(answered).toContain('before');
    // Both files are of one moment: no reply went out that the ledger does not know.
    expect([...claimedIn(data)]).toEqual(expect.arrayContaining(answered));
    expect(openIn(data)).toBeGreaterThan(0);
    for (const name of ['aws.sqlite', 'richpanel.sqlite']) {
      const database = new DatabaseSync(join(data, name));
      expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      database.close();
    }

    expect(readLabels(data)).toEqual([LABEL]);

    const again = await startedInstance(data);
    try {
      const flags = await frontdeskJson(data, 'flags', 'get', 'reply_epoch');
      expect(flags.value.value).toBe(value.replyEpoch);
      expect(flags.value.history[0].reason).toBe(`restored from ${file}`);
      await expect
        .poll(async () => (await frontdeskJson(data, 'status')).value.inFlight, { timeout: 60_000, interval: 500 })
        .toBe(0);
      expect(openIn(data)).toBe(0);
      expect((await outboxOf(data)).map(({ ticketId }) => ticketId)).toEqual(answered);
      const { value: fresh } = await frontdeskJson(data, 'say', QUESTION, '--conversation', 'after');
      expect(fresh.outcome).toBe('replied');
    } finally {
      await again.stop();
      again.remove();
    }

    const twice = await frontdeskJson(data, 'restore', file, '--yes');
    expect(twice.value.formerFolder).toMatch(/restored\.before-restore-\d{8}T\d{6}Z$/);
    expect(answeredIn(twice.value.formerFolder)).toContain('after');
    expect(answeredIn(data)).toEqual(answered);

    // Nothing runs on it.
    const quiet = await frontdeskJson(data, 'backup', join(home, 'quiet.tar.gz'));
    expect(quiet.value).toMatchObject({ wasRunning: false, schema: 2 });
  });

  describe('a file that is not whole changes nothing', () => {
    const unpacked = (name: string): string => {
      const folder = join(home, name);
      mkdirSync(folder);
      execFileSync('tar', ['-xzf', file, '-C', folder]);
      return folder;
    };
    const repacked = (folder: string): string => {
      execFileSync('tar', [
        '-czf',
        `${folder}.tar.gz`,
        '--format=ustar',
        '-C',
        folder,
        'manifest.json',
        'aws.sqlite',
        'richpanel.sqlite',
        'labels.jsonl',
      ]);
      return `${folder}.tar.gz`;
    };
    const withManifest = (folder: string, change: object): void => {
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...change }));
    };

    it.each([
      [
        'cut off',
        'damaged_backup',
        (name: string) => {
          const bytes = readFileSync(file);
          writeFileSync(join(home, name), bytes.subarray(0, bytes.length / 2));
          return join(home, name);
        },
      ],
      [
        'no archive',
        'damaged_backup',
        (name: string) => {
          writeFileSync(join(home, name), 'letters');
          return join(home, name);
        },
      ],
      [
        'changed',
        'damaged_backup',
        (name: string) => {
          const folder = unpacked(name);
          const bytes = readFileSync(join(folder, 'aws.sqlite'));
          bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
          writeFileSync(join(folder, 'aws.sqlite'), bytes);
          return repacked(folder);
        },
      ],
      [
        'newer',
        'newer_backup',
        (name: string) => {
          const folder = unpacked(name);
          withManifest(folder, { release: '9.0.0', schema: 99 });
          return repacked(folder);
        },
      ],
      [
        'without a manifest',
        'damaged_backup',
        (name: string) => {
          const folder = unpacked(name);
          writeFileSync(join(folder, 'manifest.json'), '{}');
          return repacked(folder);
        },
      ],
    ])('%s', async (name, expected, make) => {
      const data = join(home, `untouched-${name.replaceAll(' ', '-')}`);
      mkdirSync(data);
      writeFileSync(join(data, 'version'), '0.1.0\n');
      const bad = make(`bad-${name.replaceAll(' ', '-')}`);
      const { code, value } = await frontdeskJson(data, 'restore', bad, '--yes');
      expect([code, value.error.code]).toEqual([1, expected]);
      expect(value.error.cure).toMatch(/nothing was changed/);
      expect(readdirSync(data)).toEqual(['version']);
      expect(readdirSync(home).filter((entry) => entry.includes('.restoring-'))).toEqual([]);
    });
  });

  it('says what is wrong with a folder that holds nothing, or is no folder of ours', async () => {
    const nothing = await frontdeskJson(join(home, 'nothing'), 'backup', join(home, 'none.tar.gz'));
    expect([nothing.code, nothing.value.error.code]).toEqual([1, 'no_data']);
    const letters = join(home, 'letters');
    mkdirSync(letters);
    writeFileSync(join(letters, 'letter.txt'), '');
    const foreign = await frontdesk(letters, 'restore', file, '--yes');
    expect([foreign.code, foreign.err]).toEqual([1, expect.stringContaining('holds other files')]);
  });
});
