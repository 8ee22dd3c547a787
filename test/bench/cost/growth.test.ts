import { describe, expect, it } from 'vitest';
import { type Counted, shippedCounts } from '../../../config/cost/counts.ts';
import { changesFrom, changeText } from './growth.ts';
import { beyond, leastOf, together } from './tally.ts';

const BYTES = { logs: 1_000, archived: 1_000, archive_byte_days: 1_000, table_byte_days: 1_000 };
const counted = (operations: Counted['operations'], bytes = BYTES): Counted => ({ operations, bytes });
const table = shippedCounts();
const withPath = (operations: Counted['operations'], bytes = table.paths['tier-0'].bytes) => ({
  ...table,
  paths: { ...table.paths, 'tier-0': { operations, bytes } },
});
const own = table.paths['tier-0'].operations;

describe('growth against the table', () => {
  it('is none where nothing changed', () => {
    expect(changesFrom(table, table)).toEqual({ grown: [], shrunk: [] });
  });

  it.each([
    ['one request more', { ...own, 'http.Webhook': [2, 2] }, 'path tier-0: http.Webhook, requests: 1 → 2'],
    [
      'an operation that was not there',
      { ...own, 'dynamodb.Query vault': [1, 1] },
      'path tier-0: dynamodb.Query vault, requests: 0 → 1',
    ],
    ['more units for the same requests', { ...own, 'http.Webhook': [1, 3] }, 'path tier-0: http.Webhook, units: 1 → 3'],
  ] as [string, Counted['operations'], string][])('names path and operation: %s', (_, operations, text) => {
    const { grown } = changesFrom(table, withPath(operations));
    expect(grown.map(changeText)).toContain(text);
  });

  it('takes an item at the border of a unit, and ids of another length, for no growth', () => {
    const bytes = { ...table.paths['tier-0'].bytes };
    expect(
      changesFrom(
        table,
        withPath({ ...own, 'http.Webhook': [1, 2] }, { ...bytes, logs: Math.round(bytes.logs * 1.04) }),
      ).grown,
    ).toEqual([]);
    expect(
      changesFrom(table, withPath(own, { ...bytes, logs: Math.round(bytes.logs * 1.2) })).grown.map(({ what }) => what),
    ).toEqual(['bytes, logs']);
  });

  it('leaves what goes by the clock some room, and no more', () => {
    const [was] = own['dynamodb.UpdateItem vendor_limits'] ?? [0, 0];
    const changed = (requests: number) =>
      changesFrom(table, withPath({ ...own, 'dynamodb.UpdateItem vendor_limits': [requests, requests] })).grown;
    expect(changed(was + 6)).toEqual([]);
    expect(changed(was * 2 + 7)).not.toEqual([]);
  });

  it('tells what became less too', () => {
    const { 'http.Webhook': _, ...rest } = own;
    expect(changesFrom(table, withPath(rest)).shrunk.map(changeText)).toContain(
      'path tier-0: http.Webhook, requests: 1 → 0',
    );
  });
});

describe('several runs', () => {
  it('count as what all of them had', () => {
    const least = leastOf([counted({ a: [2, 9], b: [1, 1] }), counted({ a: [3, 4] }, { ...BYTES, logs: 900 })]);
    expect(least).toEqual(counted({ a: [2, 4] }, { ...BYTES, logs: 900 }));
  });

  it('are told apart and put together', () => {
    expect(beyond(counted({ a: [3, 5], b: [1, 1] }), counted({ a: [1, 2], b: [1, 1] })).operations).toEqual({
      a: [2, 3],
    });
    expect(together(counted({ a: [1, 2] }), counted({ a: [1, 1], b: [1, 4] })).operations).toEqual({
      a: [2, 3],
      b: [1, 4],
    });
  });
});
