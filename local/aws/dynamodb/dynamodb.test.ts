import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableSpec } from '../../../stacks/topology-types.ts';
import { openDatabase } from '../database.ts';
import type { AwsServer } from '../server.ts';
import { startAwsServer } from '../server.ts';
import type { DynamoDb } from './dynamodb.ts';
import { createDynamoDb } from './dynamodb.ts';

const LEDGER: TableSpec = {
  name: 'idempotency',
  partitionKey: 'key',
  ttlAttribute: 'expires_at',
  indexes: [{ name: 'open-next_sweep_at', partitionKey: 'open', sortKey: 'next_sweep_at' }],
  grants: {},
};
const TRAIL: TableSpec = {
  name: 'audit_trail',
  partitionKey: 'conversation_id',
  sortKey: 'ts_action_id',
  ttlAttribute: 'expires_at',
  indexes: [],
  grants: {},
};
const TableName = 'frontdesk_local_idempotency';
const TRAIL_TABLE = 'frontdesk_local_audit_trail';
const NOW_S = 1_700_000_000;

let folder: string;
let database: DatabaseSync;
let dynamoDb: DynamoDb;
let server: AwsServer;
let client: DynamoDBClient;

async function start(): Promise<void> {
  database = openDatabase(join(folder, 'aws.sqlite'));
  dynamoDb = await createDynamoDb({
    database,
    accountId: '000000000000',
    region: 'us-east-2',
    now: () => NOW_S * 1000,
  });
  await dynamoDb.createTables([LEDGER, TRAIL], 'local');
  server = await startAwsServer({ port: 0, services: [dynamoDb.service] });
  client = new DynamoDBClient({
    endpoint: server.url,
    region: 'us-east-2',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
}

async function stop(): Promise<void> {
  client.destroy();
  await server.close();
  await dynamoDb.close();
  database.close();
}

beforeEach(async () => {
  folder = mkdtempSync(`${tmpdir()}/dynamodb-`);
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const put = (key: string, item: object = {}) =>
  client.send(new PutItemCommand({ TableName, Item: { key: { S: key }, ...item } }));

describe('DynamoDB through the SDK', () => {
  it('has true conditions', async () => {
    await put('a', { status: { S: 'DECIDED' } });
    const claim = (key: string) =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { key: { S: key } },
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': 'key' },
        }),
      );
    await expect(claim('a')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await claim('b');
  });

  it('lets exactly one of many concurrent claims win', async () => {
    const claims = Array.from({ length: 20 }, (_, owner) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: { key: { S: 'race' } },
          UpdateExpression: 'SET #o = :me',
          ConditionExpression: 'attribute_not_exists(#o)',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':me': { S: `${owner}` } },
        }),
      ),
    );
    const outcomes = await Promise.allSettled(claims);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  it('finds open records by their sparse index, in order', async () => {
    await put('late', { open: { S: '1' }, next_sweep_at: { S: '2026-01-02' } });
    await put('early', { open: { S: '1' }, next_sweep_at: { S: '2026-01-01' } });
    await put('closed');
    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'open-next_sweep_at',
        KeyConditionExpression: '#open = :one',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':one': { S: '1' } },
      }),
    );
    expect(Items?.map((item) => item.key?.S)).toEqual(['early', 'late']);
  });

  it('keeps everything over a restart, and says who it is', async () => {
    await put('kept');
    await stop();
    await start();
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { key: { S: 'kept' } } }));
    expect(Item).toEqual({ key: { S: 'kept' } });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TRAIL_TABLE, TableName]);
    expect((await client.send(new ListTablesCommand({ Limit: 1 }))).LastEvaluatedTableName).toBe(TRAIL_TABLE);
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires_at' });
  });

  it('deletes what has expired and nothing else, page after page', async () => {
    const entries = Array.from({ length: 250 }, (_, index) => ({
      conversation_id: { S: `c${index}` },
      ts_action_id: { S: 'x' },
      expires_at: { N: `${index % 2 === 0 ? NOW_S - 1 : NOW_S}` },
    }));
    for (const Item of entries) await client.send(new PutItemCommand({ TableName: TRAIL_TABLE, Item }));
    await put('without expiry');
    await put('expired', { expires_at: { N: '1' } });
    expect(await dynamoDb.deleteExpired()).toBe(126);
    const left = await client.send(new ScanCommand({ TableName: TRAIL_TABLE, Select: 'COUNT' }));
    expect(left.Count).toBe(125);
    expect((await client.send(new ScanCommand({ TableName }))).Items).toEqual([{ key: { S: 'without expiry' } }]);
  });

  it('deletes by itself, now and then', async () => {
    const memory = openDatabase(null);
    const own = await createDynamoDb({
      database: memory,
      accountId: '000000000000',
      region: 'us-east-2',
      timeScale: 0.01,
    });
    await own.createTables([LEDGER], 'local');
    await own.service.operations.PutItem?.({
      TableName,
      Item: { key: { S: 'expired' }, expires_at: { N: String(NOW_S) } },
    });
    const left = async () => Object(await own.service.operations.Scan?.({ TableName })).Count;
    expect(await left()).toBe(1);
    await expect.poll(left, { timeout: 5_000 }).toBe(0);
    await own.close();
    memory.close();
  });

  it('refuses tables that are not those of the topology', async () => {
    await expect(dynamoDb.createTables([{ ...LEDGER, indexes: [] }], 'local')).rejects.toThrow(
      'frontdesk_local_idempotency has other keys or indexes',
    );
  });

  it('does not know transactions', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.TransactWriteItems' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ __type: 'UnknownOperationException' }),
    ]);
  });
});
