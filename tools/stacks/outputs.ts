/** What AWS would answer when a resource is made, as far as others build on it: ARNs, URLs and names. */
import type { Properties } from './graph.ts';

export const PARTITION = 'aws';

/** Where the made-up credentials lead. */
export type Where = { readonly region: string; readonly accountId: string };

type Made = { readonly id: string; readonly state: Properties };
type Inputs = Readonly<Record<string, unknown>>;

/** The letters that Secrets Manager puts behind a name of its own accord. */
const SIX = 'AbCdEf';

/** What stands where a deploy would put drawn bytes. */
export const DRAWN = '(drawn at the first deploy)';

export function outputsOf(type: string, logical: string, inputs: Inputs, where: Where): Made {
  if (type === 'random:index/randomBytes:RandomBytes') return { id: logical, state: { base64: DRAWN, hex: DRAWN } };
  const [, module = '', kind = ''] = /^aws:([^/:]+)[^:]*:(.+)$/.exec(type) ?? [];
  const name = nameOf(inputs) ?? logical;
  const { region, accountId } = where;
  const arn = (service: string, resource: string) => `arn:${PARTITION}:${service}:${region}:${accountId}:${resource}`;
  const global = (service: string, resource: string) => `arn:${PARTITION}:${service}::${accountId}:${resource}`;
  const own = OWN[`${module}:${kind}`]?.({ ...where, name, inputs, arn, global }) ?? { arn: arn(module, name) };
  const id = typeof own.id === 'string' ? own.id : name;
  return { id, state: { name, ...inputs, ...own, id } };
}

function nameOf(inputs: Inputs): string | undefined {
  for (const key of ['name', 'bucket', 'functionName']) {
    const value = inputs[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

type Arn = (service: string, resource: string) => string;
type Asked = Where & {
  readonly name: string;
  readonly inputs: Inputs;
  readonly arn: Arn;
  /** Of a service that knows no regions. */
  readonly global: Arn;
};

const OWN: Readonly<Record<string, (asked: Asked) => Inputs>> = {
  'apigatewayv2:Api': ({ name, region, arn }) => ({
    id: name,
    arn: `arn:${PARTITION}:apigateway:${region}::/apis/${name}`,
    apiEndpoint: `https://${name}.execute-api.${region}.amazonaws.com`,
    executionArn: arn('execute-api', name),
  }),
  'athena:Workgroup': ({ name, arn }) => ({ arn: arn('athena', `workgroup/${name}`) }),
  'cloudfront:Distribution': ({ name, global }) => ({
    arn: global('cloudfront', `distribution/${name}`),
    domainName: `${name}.cloudfront.net`.toLowerCase(),
    hostedZoneId: 'Z2FDTNDATAQYW2',
  }),
  'cloudwatch:Dashboard': ({ inputs, global }) => ({
    dashboardArn: global('cloudwatch', `dashboard/${String(inputs.dashboardName)}`),
  }),
  'cloudwatch:EventArchive': ({ name, arn }) => ({ arn: arn('events', `archive/${name}`) }),
  'cloudwatch:EventBus': ({ name, arn }) => ({ arn: arn('events', `event-bus/${name}`) }),
  'cloudwatch:EventRule': ({ name, inputs, arn }) => {
    const bus = String(inputs.eventBusName ?? 'default').replace(/^.*event-bus\//, '');
    return { arn: arn('events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`) };
  },
  'cloudwatch:LogGroup': ({ name, arn }) => ({ arn: arn('logs', `log-group:${name}`) }),
  'cloudwatch:MetricAlarm': ({ name, arn }) => ({ arn: arn('cloudwatch', `alarm:${name}`) }),
  'dynamodb:Table': ({ name, arn }) => ({ arn: arn('dynamodb', `table/${name}`) }),
  'glue:CatalogDatabase': ({ name, arn }) => ({ arn: arn('glue', `database/${name}`) }),
  'iam:OpenIdConnectProvider': ({ inputs, global }) => ({
    arn: global('iam', `oidc-provider/${String(inputs.url).replace('https://', '')}`),
  }),
  'iam:Policy': ({ name, global }) => ({ id: global('iam', `policy/${name}`), arn: global('iam', `policy/${name}`) }),
  'iam:Role': ({ name, global }) => ({ arn: global('iam', `role/${name}`), uniqueId: name }),
  'kinesis:FirehoseDeliveryStream': ({ name, arn }) => ({ arn: arn('firehose', `deliverystream/${name}`) }),
  'kms:Alias': ({ name, arn }) => ({ arn: arn('kms', name) }),
  'kms:Key': ({ name, arn }) => ({ keyId: name, arn: arn('kms', `key/${name}`) }),
  'lambda:Function': ({ name, region, arn }) => ({
    arn: arn('lambda', `function:${name}`),
    invokeArn: `arn:${PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn('lambda', `function:${name}`)}/invocations`,
    qualifiedArn: arn('lambda', `function:${name}:$LATEST`),
    version: '$LATEST',
  }),
  's3:Bucket': ({ name, region }) => ({
    arn: `arn:${PARTITION}:s3:::${name}`,
    bucket: name,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  }),
  'secretsmanager:Secret': ({ name, arn }) => ({
    id: arn('secretsmanager', `secret:${name}-${SIX}`),
    arn: arn('secretsmanager', `secret:${name}-${SIX}`),
  }),
  'sns:Topic': ({ name, arn }) => ({ id: arn('sns', name), arn: arn('sns', name) }),
  'sqs:Queue': ({ name, region, arn, accountId }) => {
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    return { id: url, url, arn: arn('sqs', name) };
  },
  'ssm:Parameter': ({ name, arn }) => ({ arn: arn('ssm', `parameter${name}`) }),
  'wafv2:WebAcl': ({ name, inputs, region, accountId }) => ({
    // An ACL for CloudFront lives in us-east-1 whatever the stage's region.
    arn: `arn:${PARTITION}:wafv2:${inputs.scope === 'CLOUDFRONT' ? 'us-east-1' : region}:${accountId}:${inputs.scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${name}/0`,
  }),
};
