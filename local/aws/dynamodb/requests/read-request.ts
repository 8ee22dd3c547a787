/** What a request says, member by member, refused in AWS's words where it does not fit. */
import { constraintError, serializationError, validationError } from '../errors.ts';

export type Request = Readonly<Record<string, unknown>>;

const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const NOT_NULL = 'Member must not be null';

/** Parameters that expressions replaced in 2014; this endpoint has never had them. */
const LEGACY: Readonly<Record<string, string>> = {
  AttributesToGet: 'ProjectionExpression',
  AttributeUpdates: 'UpdateExpression',
  ConditionalOperator: 'an expression',
  Expected: 'ConditionExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
};

export function refuseLegacy(request: Request): void {
  for (const name in LEGACY) {
    if (!isGiven(request[name])) continue;
    throw validationError(`${name} is a legacy parameter that this endpoint does not have: use ${LEGACY[name]}`);
  }
}

/** A table's name, or its ARN. */
export function tableName(request: Request): string {
  const given = requiredText(request, 'TableName');
  const name = given.startsWith('arn:') ? given.slice(given.indexOf('/') + 1) : given;
  if (!NAME.test(name)) throw nameError('tableName', name);
  return name;
}

export function indexName(request: Request): string | null {
  const name = optionalText(request, 'IndexName');
  if (name !== null && !NAME.test(name)) throw nameError('indexName', name);
  return name;
}

function nameError(member: string, name: string): Error {
  if (name.length < 3) {
    return constraintError(member, name, 'Member must have length greater than or equal to 3');
  }
  if (name.length > 255) return constraintError(member, name, 'Member must have length less than or equal to 255');
  return constraintError(member, name, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
}

export function requiredText(request: Request, name: string): string {
  const text = optionalText(request, name);
  if (text === null) throw constraintError(memberName(name), null, NOT_NULL);
  return text;
}

export function optionalText(request: Request, name: string): string | null {
  const value = request[name];
  if (!isGiven(value)) return null;
  if (typeof value !== 'string') throw serializationError(`${name}: a value cannot be converted to String`);
  return value;
}

export function optionalFlag(request: Request, name: string): boolean | null {
  const value = request[name];
  if (!isGiven(value)) return null;
  if (typeof value !== 'boolean') throw serializationError(`${name}: a value cannot be converted to Boolean`);
  return value;
}

export function optionalCount(request: Request, name: string, least: number): number | null {
  const value = request[name];
  if (!isGiven(value)) return null;
  if (typeof value !== 'number') throw serializationError(`${name}: a value cannot be converted to Integer`);
  const count = Math.floor(value);
  if (count >= least) return count;
  throw constraintError(memberName(name), count, `Member must have value greater than or equal to ${least}`);
}

/** The first choice where nothing is given. */
export function choice<const T extends string>(request: Request, name: string, choices: readonly [T, ...T[]]): T {
  const text = optionalText(request, name);
  if (text === null) return choices[0];
  const chosen = choices.find((one) => one === text);
  if (chosen !== undefined) return chosen;
  throw constraintError(memberName(name), text, `Member must satisfy enum value set: [${choices.join(', ')}]`);
}

export function requiredMap(request: Request, name: string): Request {
  const map = optionalMap(request, name);
  if (map === null) throw constraintError(memberName(name), null, NOT_NULL);
  return map;
}

export function optionalMap(request: Request, name: string): Request | null {
  const value = request[name];
  if (!isGiven(value)) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw serializationError('Unexpected field type');
  return value as Request;
}

export function requiredList(request: Request, name: string): readonly unknown[] {
  const list = optionalList(request, name);
  if (list === null) throw constraintError(memberName(name), null, NOT_NULL);
  return list;
}

export function optionalList(request: Request, name: string): readonly unknown[] | null {
  const value = request[name];
  if (!isGiven(value)) return null;
  if (!Array.isArray(value)) throw serializationError('Unexpected field type');
  return value;
}

/** A member of a list that must be a map. */
export function asRequest(value: unknown): Request {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Request;
  throw serializationError('Unexpected value type in payload');
}

function isGiven(value: unknown): value is NonNullable<unknown> {
  return value !== undefined && value !== null;
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
