/** What may be kept too long, too short, or unguarded. */
import { add, dropWhere, edit, found, type Mutation, TAGS } from './mutation.ts';

export const DATA_MUTATIONS: readonly Mutation[] = [
  {
    name: 'ledger forgets after 20 days',
    breaks: 'archives-are-shorter-than-the-ledger',
    change: (draft) => {
      draft.ledgerDays.csm = 20;
    },
  },
  {
    name: 'recovery archive of 30 days',
    breaks: 'archives-are-shorter-than-the-ledger',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventArchive', /-recovery$/, (archive) => {
        archive.retentionDays = 30;
      }),
  },
  {
    name: 'archive without an end',
    breaks: 'archives-end',
    change: (draft) => edit(draft, 'cloudwatch.EventArchive', /-facts$/, (archive) => delete archive.retentionDays),
  },
  {
    name: 'archive of another bus',
    breaks: 'archives-are-of-the-stage',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventArchive', /-facts$/, (archive) => {
        archive.eventSourceArn = 'arn:aws:events:us-east-2:000000000000:event-bus/default';
      }),
  },
  {
    name: 'time to live switched off',
    breaks: 'tables-forget',
    change: (draft) =>
      edit(draft, 'dynamodb.Table', /_vault$/, ({ ttl }) => {
        ttl.enabled = false;
      }),
  },
  {
    name: 'provisioned table',
    breaks: 'tables-cost-by-use',
    change: (draft) =>
      edit(draft, 'dynamodb.Table', /_vault$/, (table) => {
        table.billingMode = 'PROVISIONED';
      }),
  },
  {
    name: 'production table unprotected',
    breaks: 'production-is-kept-against-loss',
    stage: 'prod',
    change: (draft) =>
      edit(draft, 'dynamodb.Table', /_idempotency$/, (table) => {
        table.deletionProtectionEnabled = false;
      }),
  },
  {
    name: 'production table deleted with its stack',
    breaks: 'production-is-kept-against-loss',
    stage: 'prod',
    change: (draft) => {
      delete found(draft, 'dynamodb.Table', /_idempotency$/).options;
    },
  },
  {
    name: 'queue with AWS’s own key',
    breaks: 'kept-with-the-stages-key',
    change: (draft) => edit(draft, 'sqs.Queue', /-verify-dlq$/, (queue) => delete queue.kmsMasterKeyId),
  },
  {
    name: 'key never rotated',
    breaks: 'the-key-is-rotated',
    change: (draft) => edit(draft, 'kms.Key', /./, (key) => delete key.enableKeyRotation),
  },
  {
    name: 'value of a secret in code',
    breaks: 'no-value-of-a-secret',
    change: (draft) =>
      add(draft, 'aws:secretsmanager/secretVersion:SecretVersion', 'value', { secretId: 'x', secretString: 'guess' }),
  },
  {
    name: 'key in a description',
    breaks: 'nothing-looks-like-a-secret',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-classify$/, (fn) => {
        fn.description = ['sk', 'abcdefghijklmnop1234'].join('-');
      }),
  },
  {
    name: 'first deploy with automation on',
    breaks: 'flags-begin-safe',
    change: (draft) =>
      edit(draft, 'ssm.Parameter', '/frontdesk/dev/automation_enabled', (parameter) => {
        parameter.value = 'true';
      }),
  },
  {
    name: 'parameter that is no flag',
    breaks: 'flags-begin-safe',
    change: (draft) =>
      add(draft, 'aws:ssm/parameter:Parameter', 'stray', {
        name: '/frontdesk/dev/stray',
        type: 'String',
        value: 'true',
        tagsAll: TAGS,
      }),
  },
  {
    name: 'public bucket',
    breaks: 'buckets-are-closed',
    stage: 'staging',
    change: (draft) => dropWhere(draft, (kind) => kind === 's3.BucketPublicAccessBlock'),
  },
  {
    name: 'exports for ever',
    breaks: 'exports-end',
    stage: 'staging',
    change: (draft) => dropWhere(draft, (kind) => kind === 's3.BucketLifecycleConfiguration'),
  },
  {
    name: 'queue in another region',
    breaks: 'everything-is-in-one-region',
    change: (draft) =>
      edit(draft, 'kms.Alias', /./, (alias) => {
        alias.targetKeyId = 'arn:aws:kms:eu-west-1:000000000000:key/Key';
      }),
  },
];
