/** From a shop's free-text statuses to one state, and from the state to what a customer reads (replies §2.4). */
import type { ORDER_STATES, STATUS_LABELS } from '../../events/decision.ts';

export type OrderState = (typeof ORDER_STATES)[number];
export type StatusLabel = (typeof STATUS_LABELS)[number];

/** `neutral` says nothing about the parcel: a closed order may be delivered or not. */
type Reading = OrderState | 'neutral';
type Rule = { readonly says: Reading; readonly when: RegExp };

/**
 * Words that keep us silent are looked for anywhere in the text; a state that a customer would be told needs the
 * whole phrase. So a text nobody foresaw is either understood as a reason for silence, or `unknown`.
 */
const RULES: readonly Rule[] = [
  { says: 'neutral', when: /^partial(ly)? (refund(ed)?|paid)$/ },
  {
    says: 'exception',
    when: /\b(failure|failed|fail|exception|attempt(ed)?|undeliver\w*|lost|stolen|damaged|refused|unclaimed)\b/,
  },
  { says: 'exception', when: /\b(return(ed|ing)?|missing|seized)\b|\b(not|never|could not be|cannot be) delivered\b/ },
  { says: 'cancelled', when: /\b(cancel\w*|void(ed)?)\b/ },
  { says: 'refunded', when: /\brefund(ed)?\b/ },
  { says: 'on_hold', when: /\b(hold|held|scheduled|fraud|review|suspended|paused|expired|unpaid|overdue)\b/ },
  {
    says: 'on_hold',
    when: /\b(payment|authori[sz]ation) (pending|due|required)\b|\bpending (payment|authori[sz]ation)\b/,
  },
  { says: 'on_hold', when: /\bawaiting (payment|authori[sz]ation|verification|approval|customer)\b/ },
  { says: 'partially_shipped', when: /^(partial|partially) ?(fulfilled|fulfillment|fulfilment|shipped|delivered)?$/ },
  { says: 'out_for_delivery', when: /^out for delivery( today)?$/ },
  { says: 'delivered', when: /^delivered$/ },
  {
    says: 'received',
    when: /^(open|pending|unfulfilled|unshipped|paid|processing|confirmed|not (yet )?(shipped|fulfilled))$/,
  },
  { says: 'received', when: /^((shipping )?label (created|printed|purchased)|pre transit|in progress|new|received)$/ },
  { says: 'received', when: /^awaiting (fulfill?ment|shipment|dispatch)$/ },
  { says: 'shipped', when: /^(fulfilled|shipped|dispatched|success|label scanned|in transit|on (the|its) way)$/ },
  { says: 'neutral', when: /^(closed|archived|complete|completed|active|authorized|authorised|none)?$/ },
];

/** How far a parcel has come. Statuses only move forward, so of two the further one is the fresher. */
const PROGRESS: readonly OrderState[] = ['received', 'shipped', 'out_for_delivery', 'delivered'];
const NOT_TOLD = -1;
/** States that silence us whatever else is said, the strongest first. */
const SILENT: readonly OrderState[] = ['cancelled', 'refunded', 'exception', 'unknown'];

/** One status text as a state; `unknown` when it is not understood. */
export function readStatus(raw: string | undefined): Reading {
  if (raw === undefined) return 'neutral';
  const text = plain(raw);
  return RULES.find((rule) => rule.when.test(text))?.says ?? 'unknown';
}

function plain(raw: string): string {
  return raw
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** What was refunded, as far as the money's status says. */
export function readRefund(financialRaw: string | undefined): 'none' | 'partial' | 'full' | 'unknown' {
  if (financialRaw === undefined) return 'unknown';
  const text = plain(financialRaw);
  if (/^partial(ly)? refund(ed)?$/.test(text)) return 'partial';
  if (/\brefund(ed)?\b/.test(text)) return 'full';
  return /^(paid|partially paid|pending|authori[sz]ed|unpaid|voided)$/.test(text) ? 'none' : 'unknown';
}

export type StatusTexts = {
  readonly status: string | undefined;
  readonly fulfilment: string | undefined;
  readonly financial: string | undefined;
  readonly isCancelled: boolean;
  readonly isPartial: boolean;
};

/** The state of a whole order from its own statuses and those of its parcels. */
export function orderState(texts: StatusTexts, parcels: readonly Reading[]): OrderState {
  if (texts.isCancelled) return 'cancelled';
  const order = [readStatus(texts.status), readStatus(texts.fulfilment)];
  const money = readMoney(texts.financial);
  const all = [...order, money, ...parcels];
  const silent = SILENT.find((state) => all.includes(state));
  if (silent !== undefined) return silent;
  if (order.includes('on_hold')) return 'on_hold';

  const told = parcels.filter((reading) => reading !== 'neutral').map((reading) => progressOf([reading]));
  const ofOrder = progressOf(order);
  const anyMoved = Math.max(ofOrder, ...told) > 0;
  const allMoved = ofOrder > 0 || (told.length > 0 && Math.min(...told) > 0);
  if (all.includes('partially_shipped') || (anyMoved && (texts.isPartial || !allMoved))) return 'partially_shipped';
  // Money that is not settled holds a parcel back only before it leaves.
  if (!anyMoved && (money === 'on_hold' || parcels.includes('on_hold'))) return 'on_hold';

  // Done with, and nothing tells that it went anywhere: it may be on its way, or with the customer for weeks.
  if (!anyMoved && isDone(texts.status)) return 'unknown';

  const progress = Math.max(ofOrder, told.length > 0 ? Math.min(...told) : NOT_TOLD);
  if (progress === NOT_TOLD) return money === 'received' ? 'received' : 'unknown';
  return PROGRESS[progress] ?? 'unknown';
}

function isDone(status: string | undefined): boolean {
  return /^(closed|archived|completed?)$/.test(plain(status ?? ''));
}

/** Money says three things about a parcel: paid for, held, or undone; unsettled money is a hold (seed 11). */
export function readMoney(raw: string | undefined): Reading {
  const text = raw?.toLowerCase().trim();
  if (text === 'pending' || text === 'authorized' || text === 'authorised') return 'on_hold';
  return readStatus(raw);
}

/** The furthest step that the readings tell, `NOT_TOLD` when none does. */
function progressOf(readings: readonly Reading[]): number {
  return Math.max(
    NOT_TOLD,
    ...readings.map((reading) => (reading === 'neutral' ? NOT_TOLD : PROGRESS.indexOf(reading))),
  );
}

/** `order_status` and `fulfillment_status` as rendered (replies §2.4); states without words get no reply. */
export const STATE_WORDS: Readonly<Record<OrderState, { orderStatus?: string; fulfillmentStatus?: string }>> = {
  received: { orderStatus: 'being prepared', fulfillmentStatus: 'not shipped yet' },
  on_hold: { orderStatus: 'under review', fulfillmentStatus: 'not shipped yet' },
  partially_shipped: { orderStatus: 'partly shipped', fulfillmentStatus: 'some items still being prepared' },
  shipped: { orderStatus: 'shipped', fulfillmentStatus: 'on its way' },
  out_for_delivery: { orderStatus: 'out for delivery' },
  delivered: { orderStatus: 'delivered' },
  exception: {},
  cancelled: {},
  refunded: {},
  unknown: {},
};

/** What the verifier is told: one of six words, no fact (decisions §4). */
export const STATUS_LABEL_OF_STATE: Readonly<Record<OrderState, StatusLabel>> = {
  received: 'processing',
  on_hold: 'processing',
  partially_shipped: 'shipped',
  shipped: 'shipped',
  out_for_delivery: 'out_for_delivery',
  delivered: 'delivered',
  exception: 'unknown',
  cancelled: 'unknown',
  refunded: 'unknown',
  unknown: 'unknown',
};
