/// <reference path="../../.sst/platform/config.d.ts" />
import { RECORDS_FOLDER, recordStream } from '../../functions/shared/records/table.ts';
import type { DeployableStage } from '../stages.ts';
import {
  BUFFER,
  bucketName,
  deliveryStatementsOf,
  EVENTS_TABLE,
  EXPORT_DAYS,
  exportPrefix,
} from '../topology-analytics.ts';
import type { Place } from '../topology-names.ts';
import { resourcePolicy, rolePolicy, trustPolicy } from '../topology-policy.ts';
import { LIMITS } from '../topology-stage.ts';

/** The way of the rows to S3 as JSON lines, and a table over them (platform §6.8); `analytics` hands them over, one at a time. */
export function createAnalytics(
  stage: DeployableStage,
  place: Place,
  key: aws.kms.Key,
  boundary: aws.iam.Policy,
): void {
  const bucket = createBucket(stage, place, key);
  createStream(place, bucket, key, boundary);
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

function createStream(place: Place, bucket: aws.s3.Bucket, key: aws.kms.Key, boundary: aws.iam.Policy): void {
  const name = recordStream(place.env);
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
  new aws.kinesis.FirehoseDeliveryStream('AnalyticsStream', {
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
      // A record is one row, and a line is what Athena reads.
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
      'storage.location.template': `s3://${name}/${RECORDS_FOLDER}/env=\${env}/dt=\${dt}/hr=\${hr}/`,
    })),
    storageDescriptor: {
      location: $util.interpolate`s3://${bucket.bucket}/${RECORDS_FOLDER}/`,
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
