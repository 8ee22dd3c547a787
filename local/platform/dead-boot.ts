/**
 * After a process died: what its functions held is known to be nobody's. Their leases end, what they had received is there
 * again, and everything open is due for the sweeper (architecture §4, ruling 28).
 */
import { FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';
import { WAITS } from '../../functions/shared/times.ts';
import type { AwsOperation } from '../aws/service.ts';
import type { Endpoint } from './endpoint.ts';

type Attribute = { readonly S?: string; readonly N?: string };
type Item = Readonly<Record<string, Attribute | undefined>>;

const LEDGER = 'frontdesk_local_idempotency';

/** To be called after the state is opened and before anything is delivered. Answers how many records it touched. */
export async function endClaimsOfDead(endpoint: Endpoint): Promise<number> {
  const { sqs, names, dynamoDb, timing } = endpoint;
  for (const { name, laterQueue } of FUNCTION_SETTINGS) if (laterQueue) sqs.returnInFlight(names.laterQueue(name));
  const { Scan, UpdateItem } = dynamoDb.service.operations;
  if (Scan === undefined || UpdateItem === undefined) throw new Error('DynamoDB has no Scan or no UpdateItem');
  let touched = 0;
  for await (const item of held(Scan)) {
    await UpdateItem({ TableName: LEDGER, Key: { key: item.key }, ...released(item, timing.now()) });
    touched += 1;
  }
  return touched;
}

/** Claims in progress, and whatever is open. */
async function* held(scan: AwsOperation): AsyncGenerator<Item> {
  let from: unknown;
  do {
    const page: { Items?: readonly Item[]; LastEvaluatedKey?: unknown } = Object(
      await scan({
        TableName: LEDGER,
        FilterExpression: '#status = :progress OR attribute_exists(#open)',
        ExpressionAttributeNames: { '#status': 'status', '#open': 'open' },
        ExpressionAttributeValues: { ':progress': { S: 'IN_PROGRESS' } },
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

function released(item: Item, now: number): object {
  if (item.open === undefined) {
    return set({ lease_until: { N: '0' } });
  }
  const due = { next_sweep_at: sameKind(item.next_sweep_at, now) };
  // Its owner cannot send any more, so the time it would still have had is over.
  const isClaim = item.status?.S === 'CLAIMED' && item.claimed_at !== undefined;
  const overdue = Math.min(Number(item.claimed_at?.N ?? now), now - WAITS.unclearAfterMs - 1);
  return set(isClaim ? { ...due, claimed_at: { N: String(overdue) } } : due);
}

/** The ledger keeps an instant as a number, or as ISO text where it is an index key. */
function sameKind(present: Attribute | undefined, instant: number): Attribute {
  return present?.N === undefined ? { S: new Date(instant).toISOString() } : { N: String(instant) };
}

function set(attributes: Readonly<Record<string, Attribute>>): object {
  const entries = Object.entries(attributes);
  return {
    UpdateExpression: `SET ${entries.map((_, index) => `#a${index} = :v${index}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#a${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], index) => [`:v${index}`, value])),
  };
}
