/** Replies that are being sent at this moment: claims on the door that have no outcome yet (protocols §6). */
import { OPEN_BY_SWEEP } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';

const REPLY_CLAIM = 'act:rp_reply:';

export async function openReplyClaims(tables: Pick<Tables, 'query'>): Promise<number> {
  const question = {
    IndexName: OPEN_BY_SWEEP,
    KeyConditionExpression: '#open = :act',
    FilterExpression: '#status = :claimed',
    ExpressionAttributeNames: { '#open': 'open', '#status': 'status' },
    ExpressionAttributeValues: { ':act': { S: 'act' }, ':claimed': { S: 'CLAIMED' } },
  };
  let claims = 0;
  for await (const item of tables.query('idempotency', question))
    if (String(item.key).startsWith(REPLY_CLAIM)) claims += 1;
  return claims;
}
