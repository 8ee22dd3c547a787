/** One rule of DynamoDB's documentation as a request and what must come of it. */
import type { EngineOperation } from '../engine.ts';
import type { AttributeValue, Item } from '../values/attribute-value.ts';

export type Case = {
  readonly name: string;
  readonly table?: TableKind;
  /** Items that are there before. */
  readonly given?: readonly Item[];
  readonly operation: EngineOperation;
  /** Without the table's name. */
  readonly input: object;
  readonly expected: { readonly output: object } | { readonly error: string; readonly message: string | RegExp };
  /** Items that are there afterwards, in any order; left out where it does not matter. */
  readonly left?: readonly Item[];
  /** Why dynalite does something else; the test makes sure that it does. */
  readonly dynalite?: string;
};

export const TABLES = {
  /** One key, text. */
  plain: tableInput({ p: 'S' }, ['p']),
  /** Text and number, with a global index of each projection and a local one. */
  sorted: {
    ...tableInput({ p: 'S', s: 'N', g: 'S', r: 'N', l: 'S' }, ['p', 's']),
    GlobalSecondaryIndexes: [
      index('by-g', ['g', 'r'], { ProjectionType: 'ALL' }),
      index('by-g-keys', ['g'], { ProjectionType: 'KEYS_ONLY' }),
      index('by-g-some', ['g', 'r'], { ProjectionType: 'INCLUDE', NonKeyAttributes: ['extra'] }),
    ],
    LocalSecondaryIndexes: [index('local-l', ['p', 'l'], { ProjectionType: 'KEYS_ONLY' })],
  },
  /** Text and text. */
  texts: tableInput({ p: 'S', s: 'S' }, ['p', 's']),
  /** Number and binary. */
  bytes: tableInput({ p: 'N', s: 'B' }, ['p', 's']),
} as const;
export type TableKind = keyof typeof TABLES;

type Types = Readonly<Record<string, 'S' | 'N' | 'B'>>;

function tableInput(types: Types, keys: readonly string[]) {
  return {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keySchema(keys),
  };
}

function index(IndexName: string, keys: readonly string[], Projection: object) {
  return { IndexName, KeySchema: keySchema(keys), Projection };
}

function keySchema(keys: readonly string[]) {
  return keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
}

export const S = (text: string): AttributeValue => ({ S: text });
export const N = (number: number | string): AttributeValue => ({ N: String(number) });
/** From plain text. */
export const B = (text: string): AttributeValue => ({ B: Buffer.from(text, 'latin1').toString('base64') });
export const BOOL = (flag: boolean): AttributeValue => ({ BOOL: flag });
export const NULL: AttributeValue = { NULL: true };
export const SS = (...members: string[]): AttributeValue => ({ SS: members });
export const NS = (...members: (number | string)[]): AttributeValue => ({ NS: members.map(String) });
export const BS = (...members: string[]): AttributeValue => ({
  BS: members.map((text) => Buffer.from(text, 'latin1').toString('base64')),
});
export const L = (...elements: AttributeValue[]): AttributeValue => ({ L: elements });
export const M = (members: Item): AttributeValue => ({ M: members });

/** `{v: S('a')}` as the placeholders `{':v': …}`; nothing where there are none. */
export function values(given: Item): object {
  const entries = Object.entries(given).map(([name, value]) => [`:${name}`, value]);
  return entries.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(entries) };
}

export function names(given: Readonly<Record<string, string>>): object {
  const entries = Object.entries(given).map(([name, attribute]) => [`#${name}`, attribute]);
  return entries.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(entries) };
}

export function invalid(message: string | RegExp): Case['expected'] {
  return { error: 'ValidationException', message };
}
