/**
 * What a data folder comes to: messages of the shipped mix run through the whole platform, every row is measured as it stands on
 * disk, and each is counted for as long as it is kept, at 5,000 messages a day.
 *
 * node bin/launch.js test/full/state/disk-size.ts [MESSAGES]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../../local/aws/database.ts';
import { createArchiveStore } from '../../../local/aws/eventbridge/archive-store.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { bytesByPart } from '../../../operate/health/disk.ts';

const messages = Number(process.argv[2] ?? 1_000);
const A_DAY = 5_000;
const LIMIT_BYTES = 2_000_000_000;
const DAY_S = 86_400;
/** Two log files of 16 MB, two write-ahead logs of 16 MB, 16 MB of free pages. */
const FIXED_BYTES = 5 * 16 * 1024 * 1024;
/** The sandbox keeps that many tickets, and what belongs to them (local/sandbox/model/world.ts). */
const SANDBOX_TICKETS = 22_000;

type Part = { readonly name: string; readonly perMessage: number; readonly days: number };

const home = mkdtempSync(join(tmpdir(), 'frontdesk-disk-'));
const data = join(home, 'data');
try {
  const endedAt = runMessages();
  await packArchives();
  const parts = measure(endedAt);
  const rows = parts.map(({ name, perMessage, days }) => ({
    name,
    perMessage,
    days,
    bytes: perMessage * A_DAY * days,
  }));
  const total = rows.reduce((sum, { bytes }) => sum + bytes, FIXED_BYTES);
  for (const { name, perMessage, days, bytes } of rows.toSorted((a, b) => b.bytes - a.bytes)) {
    print(
      `${name.padEnd(34)} ${perMessage.toFixed(0).padStart(7)} B a message × ${days.toFixed(1).padStart(5)} days ${mb(bytes)}`,
    );
  }
  print(`${'logs, write-ahead logs, free pages'.padEnd(34)} ${mb(FIXED_BYTES)}`);
  print(
    `${(total / 1e9).toFixed(2)} GB at ${A_DAY} messages a day, by ${messages} messages measured; limit ${LIMIT_BYTES / 1e9} GB`,
  );
  process.exitCode = total < LIMIT_BYTES ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Answers when the last one had settled, in epoch seconds. */
function runMessages(): number {
  const shipped = readFileSync(join(ROOT, 'local/demo/messages.jsonl'), 'utf8').trim().split('\n');
  const rows = Array.from({ length: messages }, (_, index) => {
    const round = Math.floor(index / shipped.length);
    const row = JSON.parse(shipped[index % shipped.length] ?? '{}');
    const email: string | undefined = row.customer?.email;
    return JSON.stringify({
      ...row,
      id: `${row.id}-${round}`,
      conversationId: `${row.conversationId ?? row.id}-${round}`,
      ...(email !== undefined && { customer: { ...row.customer, email: email.replace('@', `+${round}@`) } }),
    });
  });
  const file = join(home, 'messages.jsonl');
  writeFileSync(file, rows.join('\n'));
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, 'local/demo.ts'), '--port-base', '0', '--data', data, '--messages', file],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) throw new Error(`the run ended with ${status}`);
  return Math.floor(Date.now() / 1000);
}

/** As they are a day later. */
async function packArchives(): Promise<void> {
  const database = openDatabase(join(data, 'aws.sqlite'));
  const store = createArchiveStore(database);
  for (const { name } of database.prepare('SELECT name FROM eb_archive').all()) {
    while ((await store.pack(String(name), Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) > 0);
  }
  database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function measure(endedAt: number): Part[] {
  const onDisk = bytesByPart(data);
  if (onDisk === null) throw new Error('the folder cannot be read');
  const database = new DatabaseSync(join(data, 'aws.sqlite'));
  // By its own end of life, since one table keeps different things for different times.
  const kept = database
    .prepare(
      `SELECT substr(t.name, ${'frontdesk_local_'.length + 1}) AS name, sum(i.bytes) AS bytes,
         sum(i.bytes * max(0, i.expires_at - ?)) / sum(i.bytes) / ${DAY_S} AS days, count(*) - count(i.expires_at) AS forGood
       FROM dynamodb_items i JOIN dynamodb_tables t ON t.id = i.table_id GROUP BY t.id`,
    )
    .all(endedAt);
  const tables = kept.map(({ name, days, forGood }): Part => {
    if (Number(forGood) > 0) throw new Error(`${forGood} items of ${name} are kept for good`);
    return { name: `table ${name}`, perMessage: (onDisk.tables[String(name)] ?? 0) / messages, days: Number(days) };
  });
  const archives = database
    .prepare('SELECT name, retention_days FROM eb_archive')
    .all()
    .map(({ name, retention_days }): Part => {
      const bytes = onDisk.archives[String(name)] ?? 0;
      return { name: `archive ${name}`, perMessage: bytes / messages, days: Number(retention_days) };
    });
  // What only waits is gone by the next day; dead letters stay for 14.
  const deadLetters = Number(
    database
      .prepare("SELECT coalesce(sum(length(body)), 0) AS bytes FROM sqs_messages WHERE queue NOT LIKE '%-later'")
      .get()?.bytes,
  );
  const tickets = ticketCount();
  database.close();
  return [
    ...tables,
    ...archives,
    { name: 'dead letters', perMessage: deadLetters / messages, days: 14 },
    {
      name: `sandbox, ${SANDBOX_TICKETS} tickets`,
      perMessage: onDisk.sandbox / tickets,
      days: SANDBOX_TICKETS / A_DAY,
    },
  ];
}

function ticketCount(): number {
  const database = new DatabaseSync(join(data, 'richpanel.sqlite'));
  const row = database.prepare("SELECT count(*) AS tickets FROM sandbox_rows WHERE collection = 'tickets'").get();
  database.close();
  return Number(row?.tickets);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0).padStart(7)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
