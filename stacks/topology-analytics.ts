/** Where the rows of `analytics` lie: Firehose puts them into S3, and Athena's table is over them (platform §6.8). */
import { COLUMNS, type ColumnType, RECORDS_FOLDER, TABLE_NAME } from '../functions/shared/records/table.ts';
import type { Place } from './topology-names.ts';
import { arns } from './topology-names.ts';
import { type Statement, through } from './topology-permissions.ts';

/** Days that rows are kept (platform §2.6). */
export const EXPORT_DAYS = 180;
/** Firehose writes a file after so much or so long. */
export const BUFFER = { megabytes: 64, seconds: 300 } as const;

export const bucketName = ({ env, accountId }: Place): string => `frontdesk-analytics-${env}-${accountId}`;
export const exportPrefix = (env: string): string =>
  `${RECORDS_FOLDER}/env=${env}/dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/`;

const ATHENA: Readonly<Record<ColumnType, string>> = {
  uuid: 'string',
  text: 'string',
  texts: 'array<string>',
  // `from_iso8601_timestamp` reads it; the reader of JSON knows no time zones.
  instant: 'string',
  integer: 'bigint',
  number: 'double',
  boolean: 'boolean',
};

/** A partition has the stage's name, so the column that says the same stays out. */
export const EVENTS_TABLE = {
  name: TABLE_NAME,
  columns: COLUMNS.filter(({ name }) => name !== 'env').map(({ name, type, says }) => ({
    name,
    type: ATHENA[type],
    comment: says,
  })),
  /** Of the hour in which rows arrived: a backfill brings old facts into a new one. */
  partitions: [
    { name: 'env', type: 'string' },
    { name: 'dt', type: 'string' },
    { name: 'hr', type: 'string' },
  ],
} as const;

/** What Firehose may do: write below one bucket, with the stage's key, and say what went wrong. */
export function deliveryStatementsOf(place: Place, keyArn: string): Statement[] {
  const bucket = `arn:${place.partition}:s3:::${bucketName(place)}`;
  return [
    { actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [bucket] },
    { actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], resources: [`${bucket}/*`] },
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn], conditions: [through(place, 's3')] },
    { actions: ['logs:PutLogEvents'], resources: [`${arns(place).recordLogs}:log-stream:*`] },
  ];
}
