/** Query: one partition of a table or index, in the order of its sort key. */
import { validationError } from '../errors.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import { type KeyTest, keyTests } from '../expressions/key-condition.ts';
import { readExpressions } from '../requests/read-expressions.ts';
import { readKeyValue } from '../requests/read-key.ts';
import { optionalFlag, type Request } from '../requests/read-request.ts';
import { BEHIND_ALL, behindPrefix, justBehind, type KeyAttribute, type KeyShape, NO_BYTES } from '../storage/keys.ts';
import type { EntryKey, Range, Row } from '../storage/rows.ts';
import type { Path } from '../values/paths.ts';
import { type Reading, readPage, readReading, readStart } from './page.ts';
import type { TableStore } from './store.ts';

export function query(store: TableStore, request: Request): Record<string, unknown> {
  const { keyCondition, filter, projection } = readExpressions(request, [
    'KeyConditionExpression',
    'FilterExpression',
    'ProjectionExpression',
  ]);
  if (keyCondition === null) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const tests = keyTests(keyCondition);
  const reading = readReading(store, request, projection);
  const isBackward = optionalFlag(request, 'ScanIndexForward') === false;
  const range = { ...rangeOf(tests, reading.shape), isBackward };
  if (filter !== null) refuseKeyFilter(filter, reading.shape);
  const start = readStart(request, reading)?.entry ?? null;
  if (start !== null) checkStart(start, range);
  return readPage(request, reading, rowsIn(store, reading, range, start), { filter, projection });
}

function rowsIn({ items }: TableStore, { table, index }: Reading, range: Range, start: EntryKey | null): Iterable<Row> {
  const rest = start === null ? range : restOf(range, start, index === null);
  if (index === null) return items.rows.query(table.id, rest);
  const bound = range.isBackward ? BEHIND_ALL : NO_BYTES;
  const from = start ?? { sk: bound, itemPk: bound, itemSk: bound };
  return items.rows.queryIndex(table.id, index.number, rest, from);
}

/** In an index others may have the same sort key, so that one belongs to what is left; their items decide then. */
function restOf(range: Range, { sk }: EntryKey, isUnique: boolean): Range {
  if (range.isBackward) return { ...range, high: isUnique ? sk : justBehind(sk) };
  return { ...range, low: isUnique ? justBehind(sk) : sk };
}

function checkStart(start: EntryKey, range: Range): void {
  if (Buffer.compare(start.pk, range.pk) !== 0) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  if (Buffer.compare(start.sk, range.low) < 0 || Buffer.compare(start.sk, range.high) >= 0) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
}

function rangeOf(tests: ReadonlyMap<string, KeyTest>, { partition, sort }: KeyShape): Omit<Range, 'isBackward'> {
  const partitionTest = tests.get(partition.name);
  if (sort === null && tests.size > 1) throw validationError('Query key condition not supported');
  if (partitionTest === undefined) {
    throw validationError(`Query condition missed key schema element: ${partition.name}`);
  }
  const pk = firstValue(partitionTest, partition);
  if (partitionTest.operator !== '=') throw validationError('Query key condition not supported');
  const sortTest = sort === null ? undefined : tests.get(sort.name);
  if (sort !== null && sortTest === undefined && tests.size > 1) {
    throw validationError(`Query condition missed key schema element: ${sort.name}`);
  }
  if (sort === null || sortTest === undefined) return { pk, low: NO_BYTES, high: BEHIND_ALL };
  return { pk, ...sortRange(sortTest, sort) };
}

function sortRange(test: KeyTest, sort: KeyAttribute): { readonly low: Uint8Array; readonly high: Uint8Array } {
  const key = firstValue(test, sort);
  switch (test.operator) {
    case '=':
      return { low: key, high: justBehind(key) };
    case '<':
      return { low: NO_BYTES, high: key };
    case '<=':
      return { low: NO_BYTES, high: justBehind(key) };
    case '>':
      return { low: justBehind(key), high: BEHIND_ALL };
    case '>=':
      return { low: key, high: BEHIND_ALL };
    case 'between':
      return { low: key, high: justBehind(readKeyValue(test.values[1] ?? {}, sort)) };
    case 'begins_with':
      if (sort.type === 'N') {
        throw validationError(
          'One or more parameter values were invalid: ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type',
        );
      }
      return { low: key, high: behindPrefix(key) };
    default:
      return test.operator satisfies never;
  }
}

function firstValue({ values }: KeyTest, attribute: KeyAttribute): Uint8Array {
  return readKeyValue(values[0] ?? {}, attribute);
}

function refuseKeyFilter(filter: BoundCondition, { partition, sort }: KeyShape): void {
  const heads = new Set(pathsIn(filter).map(([head]) => head));
  const key = [partition, sort].find((attribute) => attribute !== null && heads.has(attribute.name));
  if (key) {
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`,
    );
  }
}

function pathsIn(part: unknown): Path[] {
  if (typeof part !== 'object' || part === null) return [];
  const { kind, path } = part as { kind?: unknown; path?: Path };
  if (kind === 'path' && path !== undefined) return [path];
  return kind === 'value' ? [] : Object.values(part).flatMap(pathsIn);
}
