/** What the file holds: deletion that deletes, expiry that costs what has expired, figures that are right. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../database.ts';
import { deleteExpired } from '../expiry.ts';
import { type OwnEngine, openOwnEngine } from '../own-engine.ts';

const NOW_S = 1_700_000_000;
const TableName = 'letters';
const SECRET = 'words that nobody must find again';

let folder: string;
let file: string;
let database: DatabaseSync;
let engine: OwnEngine;

function open(): void {
  database = openDatabase(file);
  engine = openOwnEngine({ database, accountId: '000000000000', region: 'us-east-2', now: () => NOW_S * 1000 });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-tables-'));
  file = join(folder, 'aws.sqlite');
  open();
  await engine.run('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'open', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-open',
        KeySchema: [{ AttributeName: 'open', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  await engine.operations.UpdateTimeToLive?.({
    TableName,
    TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true },
  });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const put = (id: string, more: object = {}) => engine.run('PutItem', { TableName, Item: { id: { S: id }, ...more } });
const remove = (id: string) => engine.run('DeleteItem', { TableName, Key: { id: { S: id } } });
const ids = async () => {
  const { Items } = await engine.run('Scan', { TableName });
  return (Items as { id: { S: string } }[]).map(({ id }) => id.S).sort();
};
const entries = () => Number(database.prepare('SELECT count(*) AS n FROM dynamodb_index_entries').get()?.n);
const isInFiles = () => [file, `${file}-wal`].some((name) => readFileSync(name).includes(SECRET));

describe('the tables in their file', () => {
  it('are there again after the end of the process, which nobody announced', async () => {
    await put('kept', { open: { S: '1' }, ends: { N: '1' } });
    database.close();
    open();
    expect(await ids()).toEqual(['kept']);
    const found = await engine.run('Query', {
      TableName,
      IndexName: 'by-open',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'open' },
      ExpressionAttributeValues: { ':o': { S: '1' } },
    });
    expect(found.Count).toBe(1);
    expect(await deleteExpired(engine.store, NOW_S)).toBe(1);
  });

  it('hold nothing of what has expired, neither in the file nor in its log', async () => {
    await put('letter', { text: { S: SECRET }, open: { S: '1' }, ends: { N: String(NOW_S - 1) } });
    await put('other', { open: { S: '1' } });
    expect(isInFiles()).toBe(true);
    expect(await deleteExpired(engine.store, NOW_S)).toBe(1);
    expect(isInFiles()).toBe(false);
    expect([await ids(), entries()]).toEqual([['other'], 1]);
  });

  it('hold nothing of what was deleted or written over, once the log is folded in', async () => {
    await put('a', { text: { S: SECRET } });
    await put('b', { text: { S: `${SECRET}${'.'.repeat(9_000)}` } });
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(isInFiles()).toBe(true);
    await remove('a');
    await put('b', { text: { S: 'harmless' } });
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(isInFiles()).toBe(false);
  });

  it('keep an item whose time was moved, and one whose time is no number', async () => {
    await put('renewed', { ends: { N: String(NOW_S - 1) } });
    await put('text', { ends: { S: '1' } });
    await put('now', { ends: { N: String(NOW_S) } });
    await put('half a second ago', { ends: { N: `${NOW_S - 1}.5` } });
    await engine.run('UpdateItem', {
      TableName,
      Key: { id: { S: 'renewed' } },
      UpdateExpression: 'SET ends = :later',
      ExpressionAttributeValues: { ':later': { N: String(NOW_S + 60) } },
    });
    expect(await deleteExpired(engine.store, NOW_S)).toBe(1);
    expect(await ids()).toEqual(['now', 'renewed', 'text']);
  });

  it('find what has expired by an index', () => {
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT id FROM dynamodb_items WHERE table_id = 1 AND expires_at < 5 ORDER BY expires_at',
      )
      .all();
    expect(plan.map(({ detail }) => String(detail))).toEqual([
      expect.stringContaining('USING COVERING INDEX dynamodb_items_expiry (table_id=? AND expires_at<?)'),
    ]);
  });

  it('learn the time of every item when time to live is switched on later', async () => {
    const off = { TableName, TimeToLiveSpecification: { AttributeName: 'ends', Enabled: false } };
    await engine.operations.UpdateTimeToLive?.(off);
    await put('old', { ends: { N: '1' } });
    expect(await deleteExpired(engine.store, NOW_S)).toBe(0);
    const on = { TableName, TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true } };
    await engine.operations.UpdateTimeToLive?.(on);
    expect(await deleteExpired(engine.store, NOW_S)).toBe(1);
  });

  it('are described with their true counts and bytes', async () => {
    await put('one', { open: { S: '1' } });
    await put('two', { text: { S: 'é'.repeat(10) } });
    await remove('one');
    await put('three', { open: { S: '12' } });
    const { Table } = await engine.run('DescribeTable', { TableName });
    // Names and values: id + two + text + 20 bytes, id + three + open + 12.
    expect(Table).toMatchObject({
      ItemCount: 2,
      TableSizeBytes: 2 + 3 + 4 + 20 + (2 + 5 + 4 + 2),
      GlobalSecondaryIndexes: [{ IndexName: 'by-open', ItemCount: 1, IndexSizeBytes: 13, IndexStatus: 'ACTIVE' }],
    });
  });

  it('go with all their items and index entries', async () => {
    await put('one', { open: { S: '1' } });
    await engine.run('DeleteTable', { TableName });
    expect(await engine.tableNames()).toEqual([]);
    const left = database.prepare('SELECT count(*) AS n FROM dynamodb_items').get();
    expect([Number(left?.n), entries()]).toEqual([0, 0]);
  });

  it('give every item to one segment of a scan', async () => {
    const wanted = Array.from({ length: 50 }, (_, at) => `item-${at}`);
    for (const id of wanted) await put(id);
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) => engine.run('Scan', { TableName, Segment, TotalSegments: 3 })),
    );
    const found = segments.map(({ Items }) => (Items as { id: { S: string } }[]).map(({ id }) => id.S));
    expect(found.flat().sort()).toEqual(wanted.sort());
    for (const part of found) expect(part.length).toBeGreaterThan(0);
  });

  it('end a page at 1 MB, and go on behind it', async () => {
    for (let at = 0; at < 5; at += 1) await put(`big-${at}`, { text: { S: 'x'.repeat(300 * 1024) } });
    const first = await engine.run('Scan', { TableName });
    expect([first.Count, first.LastEvaluatedKey]).toEqual([4, { id: { S: 'big-3' } }]);
    const second = await engine.run('Scan', { TableName, ExclusiveStartKey: first.LastEvaluatedKey });
    expect([second.Count, second.LastEvaluatedKey]).toEqual([1, undefined]);
  });
});
