/** From an SDK command to what IAM would be asked about it. A command that is not known here is refused. */
import * as v from 'valibot';
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { arns, type Place } from '../../stacks/topology-names.ts';
import type { Access } from './statements.ts';

export const PLACE: Place = { env: 'local', region: 'us-east-2', accountId: '000000000000', partition: 'aws' };

const named = arns(PLACE);
/** Every resource of a stage bears it (stacks/topology-tags.ts). */
const OUR_TAG = { 'aws:ResourceTag/env': [PLACE.env] };
/** Secrets Manager ends a name with six random characters. */
const SECRET_SUFFIX = '-a1B2c3';

const Keys = v.record(v.string(), v.object({ S: v.optional(v.string()) }));
const Input = v.object({
  TableName: v.optional(v.string(), ''),
  Key: v.optional(Keys, {}),
  Item: v.optional(v.record(v.string(), v.unknown()), {}),
  IndexName: v.optional(v.string()),
  KeyConditionExpression: v.optional(v.string(), ''),
  ExpressionAttributeNames: v.optional(v.record(v.string(), v.string()), {}),
  ExpressionAttributeValues: v.optional(v.record(v.string(), v.unknown()), {}),
  SecretId: v.optional(v.string(), ''),
  Names: v.optional(v.array(v.string()), []),
  Name: v.optional(v.string(), ''),
  QueueName: v.optional(v.string(), ''),
  QueueUrl: v.optional(v.string(), ''),
  DeliveryStreamName: v.optional(v.string(), ''),
  Entries: v.optional(
    v.array(v.looseObject({ Source: v.optional(v.string(), ''), DetailType: v.optional(v.string(), '') })),
    [],
  ),
});
type Input = v.InferOutput<typeof Input>;

/** @param command  name of the SDK's command, e.g. `GetItemCommand`. */
export function accessesOf(command: string, given: unknown): Access[] {
  const input = v.parse(Input, given);
  switch (command) {
    case 'GetItemCommand':
    case 'UpdateItemCommand':
    case 'DeleteItemCommand':
      return [onTable(command, input, keyIn(input, input.Key))];
    case 'PutItemCommand':
      return [onTable(command, input, keyIn(input, input.Item))];
    case 'QueryCommand':
      return [onTable(command, input, askedPartition(input))];
    case 'GetSecretValueCommand': {
      const resource = named
        .secret(input.SecretId.replace(`frontdesk/${PLACE.env}/`, ''))
        .replace('-??????', SECRET_SUFFIX);
      return [{ action: 'secretsmanager:GetSecretValue', resource, context: OUR_TAG }];
    }
    case 'GetParametersCommand':
      return input.Names.map((name) => ({
        action: 'ssm:GetParameters',
        resource: named.parameters.replace(`/frontdesk/${PLACE.env}/*`, name),
        context: {},
      }));
    case 'GetQueueUrlCommand':
      return [{ action: 'sqs:GetQueueUrl', resource: named.queue(input.QueueName), context: OUR_TAG }];
    case 'SendMessageCommand':
      return [
        { action: 'sqs:SendMessage', resource: named.queue(input.QueueUrl.split('/').at(-1) ?? ''), context: OUR_TAG },
      ];
    case 'PutEventsCommand': {
      const context = {
        'events:source': [...new Set(input.Entries.map(({ Source }) => Source))],
        'events:detail-type': [...new Set(input.Entries.map(({ DetailType }) => DetailType))],
      };
      return [{ action: 'events:PutEvents', resource: named.bus, context }];
    }
    case 'DescribeRuleCommand':
      return [
        { action: 'events:DescribeRule', resource: named.rule({ name: input.Name, bus: 'frontdesk' }), context: {} },
      ];
    case 'PutRecordCommand':
      return [{ action: 'firehose:PutRecord', resource: named.stream(input.DeliveryStreamName), context: {} }];
    default:
      return [{ action: command, resource: '(unknown)', context: {} }];
  }
}

function onTable(command: string, input: Input, partition: string): Access {
  const arn = named.table(shortName(input));
  return {
    action: `dynamodb:${command.replace(/Command$/, '')}`,
    resource: input.IndexName === undefined ? arn : `${arn}/index/${input.IndexName}`,
    context: { 'dynamodb:LeadingKeys': [partition] },
  };
}

function shortName({ TableName }: Input): string {
  return TableName.replace(`frontdesk_${PLACE.env}_`, '');
}

function keysOf(input: Input): { partitionKey: string; indexes: Readonly<Record<string, { partitionKey: string }>> } {
  const [, keys] = Object.entries(TABLE_KEYS).find(([name]) => name === shortName(input)) ?? [];
  if (keys === undefined) throw new Error('a table that the topology does not have');
  return keys;
}

function keyIn(input: Input, attributes: Readonly<Record<string, unknown>>): string {
  return text(attributes[keysOf(input).partitionKey]);
}

/** The value that the condition demands of the partition key, of the table or of the index asked. */
function askedPartition(input: Input): string {
  const { partitionKey, indexes } = keysOf(input);
  const wanted = input.IndexName === undefined ? partitionKey : indexes[input.IndexName]?.partitionKey;
  for (const [, name, value] of input.KeyConditionExpression.matchAll(/(#\w+) = (:\w+)/g))
    if (name && value && input.ExpressionAttributeNames[name] === wanted)
      return text(input.ExpressionAttributeValues[value]);
  throw new Error('a query without its partition');
}

function text(attribute: unknown): string {
  return v.parse(v.object({ S: v.string() }), attribute).S;
}
