/** Data Firehose as far as functions use it: records go into a stream that is known by name, and from there to a sink. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { parseInput } from '../input.ts';
import { AwsError, type AwsService } from '../service.ts';
import type { RecordSink } from './record-files.ts';

/** Limits of the service: 1,000 KiB a record, 500 records and 4 MiB a batch. */
const MAX_RECORD_BYTES = 1_000 * 1024;
const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

const INVALID = 'InvalidArgumentException';
const Data = v.pipe(v.string(), v.base64());
const One = v.object({ DeliveryStreamName: v.string(), Record: v.object({ Data }) });
const Batch = v.object({
  DeliveryStreamName: v.string(),
  Records: v.pipe(v.array(v.object({ Data })), v.minLength(1), v.maxLength(MAX_BATCH)),
});

/** @param streams  by name; a sink that is `null` keeps nothing */
export function createFirehose({
  streams,
  now,
}: {
  readonly streams: ReadonlyMap<string, RecordSink | null>;
  readonly now: () => number;
}): { readonly service: AwsService } {
  function put(stream: string, given: readonly { readonly Data: string }[]): string[] {
    if (!streams.has(stream))
      throw new AwsError('ResourceNotFoundException', `Firehose ${stream} under account not found.`);
    const records = given.map((record) => Buffer.from(record.Data, 'base64'));
    if (records.some(({ length }) => length > MAX_RECORD_BYTES)) throw invalid('A record is larger than 1,000 KiB.');
    if (records.reduce((sum, { length }) => sum + length, 0) > MAX_BATCH_BYTES)
      throw invalid('The batch is larger than 4 MiB.');
    streams.get(stream)?.append(records, now());
    return records.map(() => randomUUID());
  }

  return {
    service: {
      targetPrefix: 'Firehose_20150804',
      jsonVersion: '1.1',
      operations: {
        PutRecord(input) {
          const { DeliveryStreamName, Record } = parseInput(One, input, INVALID);
          const [RecordId] = put(DeliveryStreamName, [Record]);
          return { RecordId, Encrypted: false };
        },
        PutRecordBatch(input) {
          const { DeliveryStreamName, Records } = parseInput(Batch, input, INVALID);
          const ids = put(DeliveryStreamName, Records);
          return { FailedPutCount: 0, Encrypted: false, RequestResponses: ids.map((RecordId) => ({ RecordId })) };
        },
        ListDeliveryStreams: () => ({ DeliveryStreamNames: [...streams.keys()], HasMoreDeliveryStreams: false }),
      },
    },
  };
}

function invalid(message: string): AwsError {
  return new AwsError(INVALID, message);
}
