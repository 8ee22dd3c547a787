/** What is kept: how long, with which key, and what must not be kept at all (platform §1.4, §1.5, §2.1, §2.6, §4.6). */
import { FLAGS, TEMPLATE_FLAG_PREFIX } from '../../../events/flags.ts';
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { all, at, kindOf, nameOf, text, texts } from '../query.ts';
import type { Assertion } from './assertion.ts';

const MARGIN_DAYS = 7;

/** Where each kind of thing names the key it is encrypted with (platform §4.6). */
const KEYED: Readonly<Record<string, readonly string[]>> = {
  'cloudwatch.EventBus': ['kmsKeyIdentifier'],
  'cloudwatch.EventArchive': ['kmsKeyIdentifier'],
  'cloudwatch.LogGroup': ['kmsKeyId'],
  'dynamodb.Table': ['serverSideEncryption', 'kmsKeyArn'],
  'sqs.Queue': ['kmsMasterKeyId'],
};

/** Shapes of keys and tokens: a vendor's, a private key, or as many letters of every kind as nobody writes by hand. */
const SECRET_SHAPES = [
  /\bsk-[A-Za-z0-9_-]{16,}/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b[0-9a-f]{48,}\b/,
  /(?<![\w+/-])(?=[A-Za-z+]*\d)(?=[a-z0-9+]*[A-Z])(?=[A-Z0-9+]*[a-z])[A-Za-z0-9+]{32,}={0,2}/,
];

export const DATA: readonly Assertion[] = [
  {
    name: 'archives-are-shorter-than-the-ledger',
    spec: 'platform §2.6',
    problems: ({ graph, ledgerDays }) => {
      const shortest = Math.min(ledgerDays.evt, ledgerDays.csm, ledgerDays.act);
      return all(graph, 'cloudwatch.EventArchive')
        .filter((archive) => startsWork(archive) && Number(archive.properties.retentionDays) + MARGIN_DAYS > shortest)
        .map(
          (archive) =>
            `${nameOf(archive)} keeps ${String(archive.properties.retentionDays)} days and the ledger ${shortest}: a replay would do again what was done`,
        );
    },
  },
  {
    name: 'archives-end',
    spec: 'platform §2.6',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventArchive')
        .filter(({ properties }) => !(Number(properties.retentionDays) > 0 && Number(properties.retentionDays) <= 180))
        .map((archive) => `${nameOf(archive)} keeps events for ever`),
  },
  {
    name: 'archives-are-of-the-stage',
    spec: 'platform §2.6',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventArchive')
        .filter(({ properties }) => !text(properties, 'eventSourceArn').endsWith(`:event-bus/frontdesk-${graph.stage}`))
        .map((archive) => `${nameOf(archive)} keeps another bus's events`),
  },
  {
    name: 'tables-forget',
    spec: 'platform §2.1',
    problems: ({ graph }) =>
      all(graph, 'dynamodb.Table')
        .filter(
          ({ properties }) =>
            at(properties, 'ttl', 'enabled') !== true || at(properties, 'ttl', 'attributeName') !== 'expires_at',
        )
        .map((table) => `${nameOf(table)} keeps everything for ever`),
  },
  {
    name: 'tables-cost-by-use',
    spec: 'platform §2.1',
    problems: ({ graph }) =>
      all(graph, 'dynamodb.Table')
        .filter(({ properties }) => text(properties, 'billingMode') !== 'PAY_PER_REQUEST')
        .map((table) => `${nameOf(table)} is not on demand`),
  },
  {
    name: 'production-is-kept-against-loss',
    spec: 'platform §1.2, §2.1',
    problems: ({ graph }) =>
      graph.stage !== 'prod'
        ? []
        : all(graph, 'dynamodb.Table')
            .filter(
              ({ properties, options }) =>
                at(properties, 'pointInTimeRecovery', 'enabled') !== true ||
                properties.deletionProtectionEnabled !== true ||
                options?.retainOnDelete !== true,
            )
            .map((table) => `${nameOf(table)} can be lost`),
  },
  {
    name: 'kept-with-the-stages-key',
    spec: 'platform §4.6',
    problems: ({ graph }) =>
      graph.resources.flatMap((resource) => {
        const path = KEYED[kindOf(resource)];
        if (path === undefined) return [];
        return /:key\//.test(text(resource.properties, ...path))
          ? []
          : [`${nameOf(resource)} is not encrypted with the stage's key`];
      }),
  },
  {
    name: 'the-key-is-rotated',
    spec: 'platform §4.6',
    problems: ({ graph }) =>
      all(graph, 'kms.Key')
        .filter(({ properties }) => properties.enableKeyRotation !== true)
        .map((key) => `${key.name} is never rotated`),
  },
  {
    name: 'no-value-of-a-secret',
    spec: 'platform §1.4',
    problems: ({ graph }) => [
      ...all(graph, 'secretsmanager.SecretVersion').map(({ name }) => `${name} holds a value`),
      ...all(graph, 'ssm.Parameter')
        .filter(({ properties }) => text(properties, 'type') === 'SecureString')
        .map((one) => `${nameOf(one)} holds a secret`),
    ],
  },
  {
    name: 'nothing-looks-like-a-secret',
    spec: 'platform §1.4, §4.2 T10',
    problems: ({ graph }) =>
      graph.resources.flatMap((resource) =>
        [...texts(resource.properties)]
          .filter(({ path }) => !/\.(s3Key|key)$/.test(path))
          .filter(({ text: value }) => SECRET_SHAPES.some((shape) => shape.test(value)))
          .map(({ path }) => `${nameOf(resource)}${path} looks like a secret`),
      ),
  },
  {
    name: 'flags-begin-safe',
    spec: 'platform §1.5',
    problems: ({ graph }) =>
      all(graph, 'ssm.Parameter').flatMap((parameter) => {
        const flag = nameOf(parameter).replace(`/frontdesk/${graph.stage}/`, '');
        const value = text(parameter.properties, 'value');
        return safeValues(flag).includes(value) ? [] : [`${flag} begins as ${value}`];
      }),
  },
  {
    name: 'buckets-are-closed',
    spec: 'platform §4.6',
    problems: ({ graph }) =>
      all(graph, 's3.Bucket').flatMap((bucket) => {
        const block = all(graph, 's3.BucketPublicAccessBlock').find(
          ({ properties }) => text(properties, 'bucket') === nameOf(bucket),
        );
        const isClosed = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'].every(
          (key) => block?.properties[key] === true,
        );
        return isClosed ? [] : [`${nameOf(bucket)} may become public`];
      }),
  },
  {
    name: 'exports-end',
    spec: 'platform §2.6',
    problems: ({ graph }) =>
      all(graph, 's3.Bucket').flatMap((bucket) => {
        const rules = all(graph, 's3.BucketLifecycleConfiguration').filter(
          ({ properties }) => text(properties, 'bucket') === nameOf(bucket),
        );
        const days = rules.flatMap(({ properties }) =>
          (properties.rules as object[]).map((rule) => Number(at(rule, 'expiration', 'days'))),
        );
        return days.some((one) => one <= 365) ? [] : [`${nameOf(bucket)} keeps what was exported for ever`];
      }),
  },
  {
    name: 'everything-is-tagged',
    spec: 'platform §1.1',
    problems: ({ graph }) =>
      graph.resources
        .filter(({ properties }) => properties.tagsAll !== undefined)
        .filter(({ properties }) => {
          const { env, service, owner } = properties.tagsAll as Record<string, string>;
          return env !== graph.stage || service !== 'frontdesk' || !owner;
        })
        .map((resource) => `${kindOf(resource)} ${nameOf(resource)} is not tagged with its stage, service and owner`),
  },
  {
    name: 'everything-is-in-one-region',
    spec: 'platform §1.1',
    problems: ({ graph }) =>
      graph.resources.flatMap((resource) =>
        [...texts(resource.properties)]
          .filter(({ text: value }) => isElsewhere(graph, value))
          .map(({ path }) => `${nameOf(resource)}${path} is in another region`),
      ),
  },
];

/** An archive of what starts work, and not of outcomes alone. */
function startsWork({ properties }: Resource): boolean {
  const types = at(properties, 'eventPattern', 'detail-type') as string[] | undefined;
  return types === undefined || types.includes('MessageReceived');
}

/** A missing list and an empty one are written alike; asking OpenAI sends nothing to anybody. */
function safeValues(flag: string): readonly string[] {
  if (flag.startsWith(TEMPLATE_FLAG_PREFIX)) return ['false'];
  if (flag === 'openai_enabled') return ['true', 'false'];
  const declared = (FLAGS as Readonly<Record<string, { readonly safe: string | null } | undefined>>)[flag];
  if (declared === undefined) return [];
  return declared.safe === '' ? ['', 'none'] : [declared.safe ?? 'none'];
}

/** An ACL of CloudFront lives in us-east-1, whatever the stage's region. */
function isElsewhere({ region }: Graph, value: string): boolean {
  const [, named = ''] = /^arn:aws:(?!wafv2:)[a-z0-9-]+:([a-z0-9-]*):/.exec(value) ?? [];
  return named !== '' && named !== region;
}
