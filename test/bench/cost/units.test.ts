import { describe, expect, it } from 'vitest';
import type { Item } from '../../../local/aws/dynamodb/values/attribute-value.ts';
import { unitsOfRead, unitsOfRefusal, unitsOfWrite } from './units.ts';

const INDEX = { partitionKey: 'open', sortKey: 'due' };
/** Of so many KB, a little less than whole. */
const item = (kilobytes: number, more: Item = {}): Item => ({
  key: { S: 'k' },
  text: { S: 'x'.repeat(kilobytes * 1024 - 60) },
  ...more,
});
const open = (due: number): Item => ({ open: { S: 'act' }, due: { N: String(due) } });

describe('write units', () => {
  it.each([
    ['a new item', null, item(1), [], 1],
    ['the larger of before and after', item(5), item(2), [], 5],
    ['a deleted item', item(3), null, [], 3],
    ['nothing that was there', null, null, [], 1],
    ['an item that comes into an index', null, item(3, open(1)), [INDEX], 6],
    ['an item outside of the index', item(3), item(3), [INDEX], 3],
    ['an index entry that changes', item(2, open(1)), item(3, open(1)), [INDEX], 6],
    ['an index entry whose key changes: one goes, one comes', item(3, open(1)), item(3, open(2)), [INDEX], 9],
    ['an index entry that goes', item(3, open(1)), item(3), [INDEX], 6],
    ['an index entry that stays as it is', item(3, open(1)), item(3, open(1)), [INDEX], 3],
    ['two indexes', null, item(2, open(1)), [INDEX, INDEX], 6],
  ] as const)('of %s', (_, before, after, indexes, units) => {
    expect(unitsOfWrite(before, after, indexes)).toBe(units);
  });

  it('of a refused condition are those of the item that is there', () => {
    expect([unitsOfRefusal(null), unitsOfRefusal(item(4))]).toEqual([1, 4]);
  });
});

describe('read units', () => {
  it('count 4 KB, half of it where an older state will do', () => {
    expect([
      unitsOfRead([], true),
      unitsOfRead([item(4)], true),
      unitsOfRead([item(3), item(3)], true),
      unitsOfRead([item(3), item(3)], false),
    ]).toEqual([1, 1, 2, 1]);
  });
});
