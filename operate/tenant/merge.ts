/** What a new run makes of the answers so far. Pure. */
import {
  TENANT_ITEMS,
  type Tenant,
  type TenantAnswer,
  type TenantItem,
  unansweredTenant,
} from '../../config/tenant.ts';
import { type Finding, ofParts } from './answer.ts';

/** Not asked this time, which takes back nothing. */
const NOT_ASKED: ReadonlySet<string> = new Set(['needs_writes', 'needs_webhook', 'needs_seat', 'nothing_heard']);

/** Answers of another workspace are forgotten. */
export function mergeFindings(
  before: Tenant,
  origin: string,
  findings: Readonly<Record<TenantItem, Finding>>,
  now: string,
): Tenant {
  const known = before.workspace === origin ? before : unansweredTenant();
  const answers = Object.fromEntries(
    TENANT_ITEMS.map((item) => [item, merged(known.answers[item], findings[item], now)]),
  ) as Tenant['answers'];
  return { schema: 1, workspace: origin, answers };
}

function merged(known: TenantAnswer, found: Finding, now: string): TenantAnswer {
  const isSettled = known.answer === 'yes' || known.answer === 'no' || known.parts !== undefined;
  if (isSettled && found.why !== undefined && NOT_ASKED.has(found.why)) return known;
  if (found.parts === undefined || found.parts.email === undefined) return { ...found, checkedAt: now };
  // A channel that was not tried this time keeps what is known of it.
  const parts = Object.fromEntries(
    Object.entries(found.parts).map(([name, verdict]) => [
      name,
      verdict === 'unknown' ? (known.parts?.[name] ?? verdict) : verdict,
    ]),
  );
  const answer = ofParts(parts);
  const { why, ...rest } = found;
  return { ...rest, ...(answer !== 'yes' && why !== undefined && { why }), answer, parts, checkedAt: now };
}
