/** Replies that are being sent at this moment: claims on the door that have no outcome yet (protocols §6). */
import { OPEN_BY_SWEEP } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';

export const REPLY_CLAIM = 'act:rp_reply:';

/** Their keys. */
export async function openReplyClaims(tables: Pick<Tables, 'query'>): Promise<ReadonlySet<string>> {
  const question = {
    IndexName: OPEN_BY_SWEEP,
    KeyConditionExpression: '#open = :act',
    FilterExpression: '#status = :claimed',
    ExpressionAttributeNames: { '#open': 'open', '#status': 'status' },
    ExpressionAttributeValues: { ':act': { S: 'act' }, ':claimed': { S: 'CLAIMED' } },
  };
  const claims = new Set<string>();
  for await (const { key } of tables.query('idempotency', question))
    if (String(key).startsWith(REPLY_CLAIM)) claims.add(String(key));
  return claims;
}
