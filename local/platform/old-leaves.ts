/** Records of a release that sealed nothing get their leaves when it is replaced: the first seal vouches for them from then on. */
import { randomBytes } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { leafHour, withLeaf } from '../../functions/shared/audit/leaves.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import type { Remake } from '../aws/dynamodb/tables.ts';

export function withOldLeaf(now: number): Remake {
  return (stored) => {
    const record = unmarshall(stored as Parameters<typeof unmarshall>[0]) as Item;
    if (record.envelope === undefined || record.leaf !== undefined) return stored;
    const made = withLeaf({ ...record, leaf_hour: leafHour(now) }, randomBytes(16).toString('hex'));
    return marshall(made) as typeof stored;
  };
}
