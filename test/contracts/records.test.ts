/** Rows: one meaning on the real SDK against the endpoint's Firehose, and in memory (platform §6.8). */
import { ListDeliveryStreamsCommand, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import type { Records } from '../../functions/shared/ports.ts';
import { firehoseRecords } from '../../functions/shared/records/live-firehose.ts';
import { memoryRecords } from '../../functions/shared/records/memory.ts';
import type { FactRecord } from '../../functions/shared/records/table.ts';
import { retryingRecords } from '../../functions/shared/retrying.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { type Loss, losingAnswers } from './lost-answers.ts';

const waiting = { clock: memoryClock(Date.UTC(2026, 0, 31, 9, 30, 0)), ids: seededIds('records') };
const row = (event_id: string): FactRecord => ({
  event_id,
  event_name: 'MessageSettled',
  schema_version: '1.0',
  occurred_at: '2026-01-31T09:30:00.000Z',
  env: 'local',
  brand_id: 'main',
  producer: 'classify',
  release: '0.1.0',
  channel: 'email',
  hops: 1,
  from_replay: false,
  reason_codes: ['tier1_safe_assist'],
});

let endpoint: Endpoint;
let loss: Loss;
beforeAll(async () => {
  endpoint = await openEndpoint();
  loss = losingAnswers(endpoint.firehoseClient);
});
afterAll(() => endpoint.close());

const memory = memoryRecords();
const worlds: readonly { name: string; open: () => { records: Records; rows: () => readonly unknown[] } }[] = [
  { name: 'live', open: () => ({ records: firehoseRecords(endpoint.firehoseClient, 'local'), rows: endpoint.rows }) },
  { name: 'memory', open: () => ({ records: memory, rows: () => memory.rows }) },
];

describe.each(worlds)('rows ($name)', ({ open }) => {
  it('are kept in the order of their arrival, doubles included', async () => {
    const { records, rows } = open();
    for (const id of ['a', 'b', 'a']) await records.put(row(id));
    expect(rows()).toEqual([row('a'), row('b'), row('a')]);
  });
});

describe('the stream', () => {
  it('is asked again when its answer was lost: a row may then stand twice', async () => {
    const before = endpoint.rows().length;
    loss.arm();
    await retryingRecords(firehoseRecords(endpoint.firehoseClient, 'local'), waiting).put(row('lost'));
    expect(endpoint.rows().slice(before)).toEqual([row('lost'), row('lost')]);
  });

  it('of another stage is not there, which is no reason to wait', async () => {
    const put = firehoseRecords(endpoint.firehoseClient, 'prod').put(row('a'));
    await expect(put).rejects.toThrow(VendorError);
    await expect(put).rejects.toMatchObject({ vendor: 'firehose', kind: 'not_found', retryable: false });
  });

  it('takes batches, knows its limits, and lists itself', async () => {
    const DeliveryStreamName = 'frontdesk-local-facts';
    const client = endpoint.firehoseClient;
    const before = endpoint.rows().length;
    const Records = ['x', 'y'].map((id) => ({ Data: Buffer.from(JSON.stringify(row(id))) }));
    const answer = await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
    expect([answer.FailedPutCount, answer.RequestResponses?.length]).toEqual([0, 2]);
    expect(endpoint.rows().slice(before)).toEqual([row('x'), row('y')]);
    const large = new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.alloc(1_000 * 1024 + 1) } });
    await expect(client.send(large)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    const many = new PutRecordBatchCommand({ DeliveryStreamName, Records: Array(501).fill(Records[0]) });
    await expect(client.send(many)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    expect((await client.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames).toEqual([DeliveryStreamName]);
  });
});
