/** Facts to S3 for Athena, without a function between: EventBridge hands them to Firehose (platform §1.2, §6.8). */
import { FACTS } from '../events/facts.ts';
import type { Place } from './topology-names.ts';
import { arns } from './topology-names.ts';
import { type Statement, through } from './topology-permissions.ts';
import { OURS } from './topology-rules.ts';
import type { EventPattern } from './topology-types.ts';

export const EXPORT_RULE = 'analytics-export';
/** Live facts alone: a replayed one was exported before. */
export const EXPORTED: EventPattern = {
  ...OURS,
  'detail-type': [...FACTS],
  'replay-name': [{ exists: false }],
};
/** Days that exported facts are kept (platform §2.6). */
export const EXPORT_DAYS = 180;
/** Firehose writes a file after so much or so long. */
export const BUFFER = { megabytes: 64, seconds: 300 } as const;

export const bucketName = ({ env, accountId }: Place): string => `frontdesk-analytics-${env}-${accountId}`;
export const exportPrefix = (env: string): string => `events/env=${env}/dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/`;

/** The table of Athena: the envelope's fields as columns, data as text, since it differs by event. */
export const EVENTS_TABLE = {
  name: 'frontdesk_events_v1',
  columns: [
    { name: 'metadata', type: `struct<${METADATA().join(',')}>` },
    { name: 'data', type: 'string' },
  ],
  partitions: [
    { name: 'env', type: 'string' },
    { name: 'dt', type: 'string' },
    { name: 'hr', type: 'string' },
  ],
} as const;

function METADATA(): string[] {
  return [
    'eventId:string',
    'eventName:string',
    'schemaVersion:string',
    'occurredAt:string',
    'conversationId:string',
    'messageKey:string',
    'conversationSeq:string',
    'brandId:string',
    'correlationId:string',
    'causationId:string',
    'rootEventId:string',
    'producer:string',
    'release:string',
    'env:string',
    'channel:string',
    'receivedAt:string',
    'piiClass:string',
  ];
}

/** What Firehose may do: write below one bucket, with the stage's key, and say what went wrong. */
export function deliveryStatementsOf(place: Place, keyArn: string): Statement[] {
  const bucket = `arn:${place.partition}:s3:::${bucketName(place)}`;
  return [
    { actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [bucket] },
    { actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], resources: [`${bucket}/*`] },
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn], conditions: [through(place, 's3')] },
    { actions: ['logs:PutLogEvents'], resources: [`${arns(place).exportLogs}:log-stream:*`] },
  ];
}

/** What EventBridge may do for the rule. */
export function handingOverOf(place: Place): Statement[] {
  return [{ actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'], resources: [arns(place).exportStream] }];
}
