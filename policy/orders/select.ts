/** What a conversation about an order gets: the selection matrix S1 to S17 (replies §2.5, decisions §6.5). */
import type { OrderLabels } from '../../events/decision.ts';
import type { ReasonCode, Team, TemplateId } from '../../events/words.ts';
import type { NotMatched } from './link.ts';
import type { OrderGap } from './normalise.ts';

/** The row of the matrix that decided; rows that only lead to another row are named by that one. */
export type MatrixCase = 'S1' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'S9' | 'S10' | 'S11' | 'S14' | 'S16';

type Common = {
  readonly department: Team;
  readonly tags: readonly string[];
  readonly reasonCodes: readonly ReasonCode[];
};
export type OrderPlan =
  | (Common & {
      readonly kind: 'reply';
      readonly case: MatrixCase;
      readonly templateId: TemplateId;
      /** The body announces a resolution, so the conditions of resolving are conditions of sending. */
      readonly resolves: boolean;
    })
  | (Common & { readonly kind: 'suppress' | 'route_only'; readonly case: MatrixCase });

const SUPPORT: Team = 'Email Support Team';
const RETURNS: Team = 'Returns Admin';
const CONTEXT_TAGS = ['mw-order-lookup-failed', 'mw-order-status-suppressed'] as const;

/** Chooses for a matched order. `deniesReceipt`: the customer says that it never came. */
export function selectForMatch(labels: OrderLabels, message: { deniesReceipt: boolean }): OrderPlan {
  const topic = labels.isPreorder === 'yes' ? ['mw-topic-preorder'] : [];
  if (!labels.isOrdinary) return routeOnly('S16', SUPPORT, topic);
  switch (labels.fulfilmentState) {
    case 'cancelled':
    case 'refunded':
    case 'on_hold':
      return routeOnly('S9', SUPPORT, topic);
    case 'exception':
      return routeOnly('S9', RETURNS, topic);
    case 'unknown':
      return suppress('S5', ['order_state'], ['missing_order_context'], topic);
    case 'delivered':
      return message.deniesReceipt || !labels.hasTracking
        ? reply('S8', 't_delivered_not_received_intake', { department: RETURNS, tags: topic })
        : tracked('S7', labels, topic);
    case 'partially_shipped':
      return labels.hasTracking ? tracked('S10', labels, topic) : withoutTracking(topic);
    case 'shipped':
    case 'out_for_delivery':
      return labels.hasTracking ? tracked('S1', labels, topic) : withoutTracking(topic);
    case 'received':
      return labels.hasTracking ? tracked('S1', labels, topic) : waiting(labels, topic);
    default:
      return labels.fulfilmentState satisfies never;
  }
}

/** Chooses for an order that was not matched: a question where an answer can help, silence where it cannot. */
export function selectForNoMatch(
  outcome: Pick<NotMatched, 'reason' | 'missingFields' | 'reasonCodes'>,
):
  | { kind: 'ask'; templateId: TemplateId; department: Team; tags: readonly string[] }
  | { kind: 'suppress'; department: Team; tags: readonly string[] } {
  if (outcome.reason !== 'missing_context') {
    const tags = ['mw-order-lookup-needed'];
    return { kind: 'ask', templateId: 't_order_status_ask_order_number', department: SUPPORT, tags };
  }
  // Row 7: two sources tell of different people; a shared household is no failed look-up. Nor are attempts used up.
  if (outcome.reasonCodes.includes('source_conflict') || isTriedOut(outcome.reasonCodes)) {
    return { kind: 'suppress', department: SUPPORT, tags: ['mw-order-lookup-needed'] };
  }
  return { kind: 'suppress', department: SUPPORT, tags: contextTags(outcome.missingFields) };
}

/** The customer has tried to prove an order too often (replies §2.2): a person sorts it out. */
export function isTriedOut(reasonCodes: readonly ReasonCode[]): boolean {
  return reasonCodes.includes('cap_24h_conversation') || reasonCodes.includes('cap_24h_customer');
}

/** Several parcels: no number can stand for all, so only the order's own page may be named (S11). */
function tracked(row: MatrixCase, labels: OrderLabels, tags: readonly string[]): OrderPlan {
  if (labels.trackedParcels !== 'many') return reply(row, 't_order_status_verified', { tags });
  if (labels.hasOrderPage) return reply('S11', 't_order_status_verified', { tags });
  return {
    kind: 'suppress',
    case: 'S11',
    department: SUPPORT,
    tags: ['mw-order-status-suppressed', ...tags],
    reasonCodes: ['tracking_absent'],
  };
}

function withoutTracking(tags: readonly string[]): OrderPlan {
  return suppress('S6', ['tracking'], ['missing_order_context', 'tracking_absent'], tags);
}

/** Not shipped and no tracking: inside its window, late, or a pre-order that promises nothing (S3, S4, S13, S14). */
function waiting(labels: OrderLabels, tags: readonly string[]): OrderPlan {
  const delay = 't_shipping_delay_verified';
  if (labels.isPreorder === 'yes' && !labels.preorderEtaKnown) {
    return reply('S14', delay, { tags, reasonCodes: ['preorder_eta_missing'] });
  }
  if (labels.isPreorder === 'unknown' || labels.remainingMaxBd === null || labels.estimateObjection !== null) {
    const codes: ReasonCode[] = ['missing_order_context', labels.estimateObjection ?? 'shipping_bucket_unknown'];
    return suppress('S5', ['tracking', 'shipping_window'], codes, tags);
  }
  return labels.remainingMaxBd === 0
    ? reply('S4', delay, { tags, reasonCodes: ['out_of_sla_window'] })
    : reply('S3', 't_order_eta_no_tracking_verified', { tags, resolves: true });
}

function reply(
  row: MatrixCase,
  templateId: TemplateId,
  { department = SUPPORT, tags, reasonCodes = [], resolves = false }: Partial<Common> & { resolves?: boolean },
): OrderPlan {
  return { kind: 'reply', case: row, templateId, resolves, department, tags: tags ?? [], reasonCodes };
}

function suppress(
  row: MatrixCase,
  missing: readonly OrderGap[],
  reasonCodes: readonly ReasonCode[],
  tags: readonly string[],
): OrderPlan {
  return { kind: 'suppress', case: row, department: SUPPORT, tags: [...contextTags(missing), ...tags], reasonCodes };
}

/** No template of the catalogue fits an order in such a state. */
function routeOnly(row: MatrixCase, department: Team, tags: readonly string[]): OrderPlan {
  return { kind: 'route_only', case: row, department, tags, reasonCodes: ['template_not_allowed'] };
}

function contextTags(missing: readonly OrderGap[]): readonly string[] {
  return [...CONTEXT_TAGS, ...missing.map((field) => `mw-order-lookup-missing:${field}`)];
}
