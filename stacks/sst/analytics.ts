/// <reference path="../../.sst/platform/config.d.ts" />
import { PATIENT } from '../../functions/shared/rules.ts';
import type { DeployableStage } from '../stages.ts';
import {
  BUFFER,
  bucketName,
  deliveryStatementsOf,
  EVENTS_TABLE,
  EXPORT_DAYS,
  EXPORT_RULE,
  EXPORTED,
  exportPrefix,
  handingOverOf,
} from '../topology-analytics.ts';
import { arns, exportDeadLetterQueueName, type Place } from '../topology-names.ts';
import { resourcePolicy, rolePolicy, trustPolicy } from '../topology-policy.ts';
import { LIMITS } from '../topology-stage.ts';
import { deadLetterQueue } from './queues.ts';

/** Facts from the bus to S3 as JSON lines, and a table over them, where the stage wants it (platform §6.8). */
export function createAnalytics(
  stage: DeployableStage,
  place: Place,
  bus: sst.aws.Bus,
  key: aws.kms.Key,
  boundary: aws.iam.Policy,
): void {
  if (!stage.isAnalysed) return;
  const bucket = createBucket(stage, place, key);
  const stream = createStream(place, bucket, key, boundary);
  exportFacts(place, bus, stream, key, boundary);
  createTable(place, bucket, key);
}

function createBucket(stage: DeployableStage, place: Place, key: aws.kms.Key): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket('Analytics', { bucket: bucketName(place), forceDestroy: !stage.data.isRetained });
  const of = { bucket: bucket.id };
  new aws.s3.BucketPublicAccessBlock('AnalyticsPrivate', {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketVersioning('AnalyticsVersions', { ...of, versioningConfiguration: { status: 'Enabled' } });
  new aws.s3.BucketServerSideEncryptionConfiguration('AnalyticsEncryption', {
    ...of,
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
        bucketKeyEnabled: true,
      },
    ],
  });
  new aws.s3.BucketLifecycleConfiguration('AnalyticsLifecycle', {
    ...of,
    rules: [
      {
        id: 'end',
        status: 'Enabled',
        filter: { prefix: '' },
        expiration: { days: EXPORT_DAYS },
        // A deleted version is gone the day after.
        noncurrentVersionExpiration: { noncurrentDays: 1 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  new aws.s3.BucketPolicy('AnalyticsPolicy', {
    ...of,
    policy: bucket.arn.apply((arn) =>
      resourcePolicy([
        {
          sid: 'EncryptedTransportOnly',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
          resources: [arn, `${arn}/*`],
          conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ]),
    ),
  });
  return bucket;
}

function createStream(
  place: Place,
  bucket: aws.s3.Bucket,
  key: aws.kms.Key,
  boundary: aws.iam.Policy,
): aws.kinesis.FirehoseDeliveryStream {
  const name = `frontdesk-${place.env}-facts`;
  const log = new aws.cloudwatch.LogGroup('AnalyticsLog', {
    name: `/aws/kinesisfirehose/${name}`,
    retentionInDays: LIMITS.logRetentionDays,
    kmsKeyId: key.arn,
  });
  const stream = new aws.cloudwatch.LogStream('AnalyticsLogStream', { name: 'delivery', logGroupName: log.name });
  const role = serviceRole('delivery', 'firehose.amazonaws.com', place, boundary);
  new aws.iam.RolePolicy('RolePolicy-delivery', {
    name: 'duties',
    role: role.name,
    policy: key.arn.apply((keyArn) => rolePolicy(deliveryStatementsOf(place, keyArn))),
  });
  return new aws.kinesis.FirehoseDeliveryStream('AnalyticsStream', {
    name,
    destination: 'extended_s3',
    serverSideEncryption: { enabled: true, keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.arn },
    extendedS3Configuration: {
      roleArn: role.arn,
      bucketArn: bucket.arn,
      bufferingSize: BUFFER.megabytes,
      bufferingInterval: BUFFER.seconds,
      compressionFormat: 'GZIP',
      kmsKeyArn: key.arn,
      prefix: exportPrefix(place.env),
      errorOutputPrefix: 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      cloudwatchLoggingOptions: { enabled: true, logGroupName: log.name, logStreamName: stream.name },
      // EventBridge hands over one fact at a time, and a line is what Athena reads.
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: 'AppendDelimiterToRecord',
            parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }],
          },
        ],
      },
    },
  });
}

function exportFacts(
  place: Place,
  bus: sst.aws.Bus,
  stream: aws.kinesis.FirehoseDeliveryStream,
  key: aws.kms.Key,
  boundary: aws.iam.Policy,
): void {
  const role = serviceRole('export', 'events.amazonaws.com', place, boundary);
  new aws.iam.RolePolicy('RolePolicy-export', {
    name: 'duties',
    role: role.name,
    policy: rolePolicy(handingOverOf(place)),
  });
  const deadLetters = deadLetterQueue('analytics-dlq', exportDeadLetterQueueName(place.env), key, [
    arns(place).rule({ name: EXPORT_RULE, bus: 'frontdesk' }),
  ]);
  const rule = new aws.cloudwatch.EventRule('AnalyticsRule', {
    name: EXPORT_RULE,
    eventBusName: bus.name,
    description: 'Facts to the export',
    eventPattern: JSON.stringify(EXPORTED),
  });
  new aws.cloudwatch.EventTarget('AnalyticsTarget', {
    rule: rule.name,
    eventBusName: bus.name,
    arn: stream.arn,
    roleArn: role.arn,
    inputPath: '$.detail',
    deadLetterConfig: { arn: deadLetters.arn },
    retryPolicy: {
      maximumEventAgeInSeconds: PATIENT.maxAgeSeconds,
      maximumRetryAttempts: PATIENT.attempts,
    },
  });
}

function createTable(place: Place, bucket: aws.s3.Bucket, key: aws.kms.Key): void {
  const database = new aws.glue.CatalogDatabase('AnalyticsDatabase', { name: `frontdesk_${place.env}` });
  new aws.glue.CatalogTable('AnalyticsTable', {
    name: EVENTS_TABLE.name,
    databaseName: database.name,
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: EVENTS_TABLE.partitions.map((column) => ({ ...column })),
    // Athena knows the partitions from their names, so nothing has to add one every hour.
    parameters: bucket.bucket.apply((name) => ({
      classification: 'json',
      'projection.enabled': 'true',
      'projection.env.type': 'enum',
      'projection.env.values': place.env,
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': `NOW-${EXPORT_DAYS}DAYS,NOW`,
      'projection.hr.type': 'integer',
      'projection.hr.range': '0,23',
      'projection.hr.digits': '2',
      'storage.location.template': `s3://${name}/events/env=\${env}/dt=\${dt}/hr=\${hr}/`,
    })),
    storageDescriptor: {
      location: $util.interpolate`s3://${bucket.bucket}/events/`,
      inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      serDeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      columns: EVENTS_TABLE.columns.map((column) => ({ ...column })),
    },
  });
  new aws.athena.Workgroup('AnalyticsWorkgroup', {
    name: `frontdesk-${place.env}`,
    configuration: {
      enforceWorkgroupConfiguration: true,
      resultConfiguration: {
        outputLocation: $util.interpolate`s3://${bucket.bucket}/answers/`,
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: key.arn },
      },
    },
  });
}

/** A role for a service that works for this account alone. */
function serviceRole(name: string, service: string, place: Place, boundary: aws.iam.Policy): aws.iam.Role {
  return new aws.iam.Role(`Role-${name}`, {
    name: `frontdesk-${place.env}-${name}`,
    assumeRolePolicy: trustPolicy({ Service: [service] }, [
      { test: 'StringEquals', variable: 'aws:SourceAccount', values: [place.accountId] },
    ]),
    permissionsBoundary: boundary.arn,
  });
}
