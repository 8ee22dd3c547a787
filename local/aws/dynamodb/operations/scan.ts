/** Scan: everything in a table or index, in the order of its keys as bytes. */
import { createHash } from 'node:crypto';
import { constraintError, validationError } from '../errors.ts';
import { readExpressions } from '../requests/read-expressions.ts';
import { optionalCount, type Request } from '../requests/read-request.ts';
import { NO_BYTES } from '../storage/keys.ts';
import type { Row } from '../storage/rows.ts';
import { readPage, readReading, readStart } from './page.ts';
import type { TableStore } from './store.ts';

/** AWS limit. */
const MAX_SEGMENTS = 1_000_000;

type Segment = { readonly number: number; readonly of: number };

export function scan(store: TableStore, request: Request): Record<string, unknown> {
  const { filter, projection } = readExpressions(request, ['FilterExpression', 'ProjectionExpression']);
  const segment = readSegment(request);
  const reading = readReading(store, request, projection);
  const { table, index } = reading;
  const bound = { pk: NO_BYTES, sk: NO_BYTES, itemPk: NO_BYTES, itemSk: NO_BYTES };
  const start = readStart(request, reading)?.entry ?? bound;
  const { rows } = store.items;
  const all = index === null ? rows.scan(table.id, start) : rows.scanIndex(table.id, index.number, start);
  return readPage(request, reading, segment === null ? all : rowsOf(segment, all), { filter, projection });
}

function readSegment(request: Request): Segment | null {
  const number = optionalCount(request, 'Segment', 0);
  const of = optionalCount(request, 'TotalSegments', 1);
  if (number === null && of === null) return null;
  if (of === null) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (of > MAX_SEGMENTS) {
    throw constraintError('totalSegments', of, `Member must have value less than or equal to ${MAX_SEGMENTS}`);
  }
  if (number === null) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (number >= of) {
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${of}`,
    );
  }
  return { number, of };
}

/** Every partition belongs to one segment; each segment reads past the others. */
function* rowsOf({ number, of }: Segment, rows: Iterable<Row & { readonly pk: Uint8Array }>): Iterable<Row> {
  for (const row of rows) {
    if (createHash('md5').update(row.pk).digest().readUInt32BE(0) % of === number) yield row;
  }
}
