/** CreateTable's request, checked as DynamoDB checks it. */
import { constraintError, invalidParameter, validationError } from '../errors.ts';
import type { IndexRequest, KeySchema, Projection, TableRequest, Throughput } from '../storage/tables.ts';
import {
  asRequest,
  choice,
  optionalCount,
  optionalList,
  optionalMap,
  type Request,
  requiredList,
  requiredMap,
  requiredText,
} from './read-request.ts';

/** AWS limits per table. */
const MAX_GLOBAL_INDEXES = 20;
const MAX_LOCAL_INDEXES = 5;

/** Throws ValidationException. */
export function readTableRequest(request: Request): TableRequest {
  const BillingMode = choice(request, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']);
  const ProvisionedThroughput = readThroughput(request);
  checkBilling(BillingMode, ProvisionedThroughput);
  const AttributeDefinitions = requiredList(request, 'AttributeDefinitions').map((one) => ({
    AttributeName: requiredText(asRequest(one), 'AttributeName'),
    AttributeType: attributeType(asRequest(one)),
  }));
  const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  const schema = readKeySchema(request, defined);
  const global = readIndexes(request, 'GlobalSecondaryIndexes', defined);
  const local = readIndexes(request, 'LocalSecondaryIndexes', defined);
  if (local !== null) checkLocal(local, schema);
  checkNames([...(global ?? []), ...(local ?? [])]);
  if (global !== null && global.length > MAX_GLOBAL_INDEXES) {
    throw invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20');
  }
  checkDefinitions(defined, [schema, ...[...(global ?? []), ...(local ?? [])].map((index) => index.KeySchema)]);
  return {
    AttributeDefinitions,
    KeySchema: schema,
    BillingMode,
    ...(ProvisionedThroughput !== null && { ProvisionedThroughput }),
    ...(global !== null && { GlobalSecondaryIndexes: global }),
    ...(local !== null && { LocalSecondaryIndexes: local }),
  };
}

export function readThroughput(request: Request): Throughput | null {
  const given = optionalMap(request, 'ProvisionedThroughput');
  if (given === null) return null;
  const ReadCapacityUnits = optionalCount(given, 'ReadCapacityUnits', 1);
  const WriteCapacityUnits = optionalCount(given, 'WriteCapacityUnits', 1);
  if (ReadCapacityUnits === null || WriteCapacityUnits === null) {
    const member = ReadCapacityUnits === null ? 'readCapacityUnits' : 'writeCapacityUnits';
    throw constraintError(`provisionedThroughput.${member}`, null, 'Member must not be null');
  }
  return { ReadCapacityUnits, WriteCapacityUnits };
}

export function checkBilling(mode: TableRequest['BillingMode'], throughput: Throughput | null): void {
  if (mode === 'PAY_PER_REQUEST' && throughput !== null) {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (mode === 'PROVISIONED' && throughput === null) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
}

function attributeType(definition: Request) {
  requiredText(definition, 'AttributeType');
  return choice(definition, 'AttributeType', ['S', 'N', 'B']);
}

function readKeySchema(request: Request, defined: readonly string[]): KeySchema {
  const schema = requiredList(request, 'KeySchema').map((one) => ({
    AttributeName: requiredText(asRequest(one), 'AttributeName'),
    KeyType: keyType(asRequest(one)),
  }));
  const [first, second, ...more] = schema;
  if (first === undefined) {
    throw constraintError('keySchema', '[]', 'Member must have length greater than or equal to 1');
  }
  if (more.length > 0) throw constraintError('keySchema', '[...]', 'Member must have length less than or equal to 2');
  const names = schema.map(({ AttributeName }) => AttributeName);
  if (names.some((name) => !defined.includes(name))) {
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  if (first.AttributeName === second?.AttributeName) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (first.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (second !== undefined && second.KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  return schema;
}

function keyType(element: Request) {
  requiredText(element, 'KeyType');
  return choice(element, 'KeyType', ['HASH', 'RANGE']);
}

function readIndexes(
  request: Request,
  list: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes',
  defined: readonly string[],
): IndexRequest[] | null {
  const given = optionalList(request, list);
  if (given === null) return null;
  if (given.length === 0) throw invalidParameter(`List of ${list} is empty`);
  return given.map((one) => {
    const index = asRequest(one);
    const ProvisionedThroughput = readThroughput(index);
    return {
      IndexName: requiredText(index, 'IndexName'),
      KeySchema: readKeySchema(index, defined),
      Projection: readProjection(requiredMap(index, 'Projection')),
      ...(ProvisionedThroughput !== null && { ProvisionedThroughput }),
    };
  });
}

function readProjection(given: Request): Projection {
  if (given.ProjectionType === undefined) throw invalidParameter('Unknown ProjectionType: null');
  const ProjectionType = choice(given, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE']);
  const names = optionalList(given, 'NonKeyAttributes')?.map((name) => requiredText({ name }, 'name')) ?? null;
  if (names !== null && ProjectionType !== 'INCLUDE') {
    throw invalidParameter(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
  if (names === null && ProjectionType === 'INCLUDE') {
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  return { ProjectionType, ...(names !== null && { NonKeyAttributes: names }) };
}

function checkLocal(indexes: readonly IndexRequest[], table: KeySchema): void {
  if (table.length !== 2) {
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  if (indexes.length > MAX_LOCAL_INDEXES) {
    throw invalidParameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5');
  }
  const [tableHash] = table;
  for (const { IndexName, KeySchema } of indexes) {
    if (KeySchema.length !== 2) {
      throw invalidParameter(`Index KeySchema does not have a range key for index: ${IndexName}`);
    }
    const [hash] = KeySchema;
    if (hash?.AttributeName === tableHash?.AttributeName) continue;
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. index hash key: ${hash?.AttributeName}, table hash key: ${tableHash?.AttributeName}`,
    );
  }
}

function checkNames(indexes: readonly IndexRequest[]): void {
  const names = indexes.map(({ IndexName }) => IndexName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalidParameter(`Duplicate index name: ${twice}`);
}

function checkDefinitions(defined: readonly string[], schemas: readonly KeySchema[]): void {
  const used = new Set(schemas.flat().map(({ AttributeName }) => AttributeName));
  if (used.size === defined.length) return;
  if (schemas.length === 1) {
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  throw invalidParameter('Some AttributeDefinitions are not used');
}
