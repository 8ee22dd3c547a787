/** When the next window may go: what came of the last one has settled, and the vendor does not push back (platform §5.8). */
import type { ReplayPurpose } from '../../events/words.ts';
import { OPEN_BY_RECEIVED } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';
import { durationText } from '../table.ts';

/** The next window waits while so many messages are under way. */
export const MOST_IN_FLIGHT = 20;
const MOST_REFUSED_SHARE = 0.01;
/** What the vendor's budget looks back on. */
const LOOK_BACK_MS = 31_000;

/** `null`: go on. */
export type Wait = { readonly why: 'in_flight' | 'rate_limited'; readonly text: string } | null;

/**
 * @param period  what was replayed so far, epoch milliseconds. A message that waits for its window, or that came in later and
 *                waits for its rule, is not under way and is not waited for.
 */
export async function mustWait(
  tables: Pick<Tables, 'query' | 'scan'>,
  period: { readonly from: number; readonly to: number },
  now: number,
  purpose: ReplayPurpose,
): Promise<Wait> {
  const inFlight = await countInFlight(tables, period, { most: MOST_IN_FLIGHT, purpose });
  if (inFlight >= MOST_IN_FLIGHT) return { why: 'in_flight', text: `${inFlight} or more messages are under way` };
  const share = await refusedShare(tables, now);
  if (share >= MOST_REFUSED_SHARE)
    return { why: 'rate_limited', text: `the helpdesk refuses ${Math.round(share * 100)} % of the calls` };
  return null;
}

const TOLD_AGAIN_MS = 30_000;

/** Says that a replay waits, and again every half minute: for how long, and what can be done. @param nowMs  monotonic */
export function tellsWaiting(note: (line: string) => void): (wait: NonNullable<Wait>, nowMs: number) => void {
  let why: string | null = null;
  let since = 0;
  let toldAt = 0;
  return (wait, nowMs) => {
    if (wait.why !== why) {
      why = wait.why;
      since = nowMs;
      toldAt = nowMs;
      note(`waiting: ${wait.text}`);
    } else if (nowMs - toldAt >= TOLD_AGAIN_MS) {
      toldAt = nowMs;
      note(`waiting for ${durationText(nowMs - since)}: ${wait.text}; ${WHAT_TO_DO[wait.why]}`);
    }
  };
}

const WHAT_TO_DO = {
  in_flight:
    'it goes on by itself once they have settled; where their number does not fall, see `npx frontdesk status` (is the rule off, a circuit open, a consumer failing?)',
  rate_limited: 'it goes on by itself once the helpdesk takes calls again; see `npx frontdesk status`',
} as const;

/** Messages that came in within the period and are under way. @param most  is counted to, and no further */
export async function countInFlight(
  tables: Pick<Tables, 'query'>,
  { from, to }: { readonly from: number; readonly to: number },
  { most = Number.POSITIVE_INFINITY, purpose }: { readonly most?: number; readonly purpose: ReplayPurpose },
): Promise<number> {
  // A rebuild takes up none: what intake holds while it runs waits for nothing that it does.
  const isHeldCounted = purpose !== 'rebuild';
  const question = {
    IndexName: OPEN_BY_RECEIVED,
    KeyConditionExpression: '#open = :evt AND #received BETWEEN :from AND :to',
    FilterExpression: isHeldCounted ? '#status <> :dead' : 'NOT #status IN (:dead, :received)',
    ProjectionExpression: '#received',
    ExpressionAttributeNames: { '#open': 'open', '#status': 'status', '#received': 'received_at' },
    ExpressionAttributeValues: {
      ':evt': { S: 'evt' },
      ':dead': { S: 'DEAD' },
      ...(isHeldCounted ? {} : { ':received': { S: 'RECEIVED' } }),
      ':from': { N: String(from) },
      ':to': { N: String(to) },
    },
  };
  if (from > to) return 0;
  let messages = 0;
  for await (const _ of tables.query('idempotency', question)) {
    messages += 1;
    if (messages >= most) break;
  }
  return messages;
}

/** Of the calls to the helpdesk within the last half minute, those it refused with 429. */
async function refusedShare(tables: Pick<Tables, 'scan'>, now: number): Promise<number> {
  const recent = (value: unknown): number =>
    Array.isArray(value) ? value.filter((at) => Number(at) > now - LOOK_BACK_MS).length : 0;
  let calls = 0;
  let refused = 0;
  for await (const bucket of tables.scan('vendor_limits', {})) {
    if (!String(bucket.bucket).startsWith('richpanel#')) continue;
    calls += recent(bucket.taken);
    refused += recent(bucket.refused);
  }
  return refused === 0 ? 0 : refused / Math.max(calls, refused);
}
