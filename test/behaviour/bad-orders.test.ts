/** Orders with missing, wrong, contradictory, future and ancient fields: nothing is sent, the ticket is routed, and the reason is named (issue 6). */
import { describe, expect, it } from 'vitest';
import { choreography } from '../choreography.ts';

const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };
/** Inside its window on the test clock's 2026-01-15, so it would be answered as it is. */
const good = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  email: 'nora.field@example.test',
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  createdAt: Date.parse('2026-01-12T14:00:00.000Z'),
  shippingMethod: 'Standard Shipping',
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [],
};
const fulfilled = (...tracking: unknown[]) => ({
  fulfillmentStatus: 'fulfilled',
  fulfillment: [{ id: 'f-1', status: 'in_transit', tracking }],
});

async function ask(order: unknown) {
  const c = choreography();
  c.helpdesk.link('t-1', order);
  c.helpdesk.customerWrites({
    conversationId: 't-1',
    text: 'Where is my order?',
    customer: { email: 'nora.field@example.test' },
  });
  await c.webhook(MINIMAL);
  return {
    texts: c.helpdesk.outbox.map(({ text }) => text),
    reasons: c.factsOf('ReplyDenied').flatMap(({ data }) => data.reasonCodes as string[]),
    settled: c.factsOf('MessageSettled').length,
    tags: (await c.helpdesk.ticket('t-1'))?.tags ?? [],
  };
}

const LOOKUP = ['mw-order-lookup-failed', 'mw-order-status-suppressed'];
const missing = (...fields: string[]) => [...LOOKUP, ...fields.map((field) => `mw-order-lookup-missing:${field}`)];
const NO_WINDOW = {
  reasons: ['missing_order_context', 'shipping_bucket_unknown'],
  tags: missing('tracking', 'shipping_window'),
};
const NO_TRACKING = { reasons: ['missing_order_context', 'tracking_absent'], tags: missing('tracking') };
const NO_DATE = { reasons: ['missing_order_context'], tags: missing('created_at') };
const NO_NAME = { reasons: ['missing_order_context'], tags: missing('order_name') };
const NO_STATE = { reasons: ['missing_order_context'], tags: missing('order_state') };
const IMPLAUSIBLE = { reasons: ['missing_order_context', 'created_at_implausible'], tags: missing('created_at') };
const SKEWED = { ...IMPLAUSIBLE, reasons: [...IMPLAUSIBLE.reasons, 'clock_skew'] };
const CONFLICT = { reasons: ['missing_order_context', 'source_conflict'], tags: ['mw-order-lookup-needed'] };
const SILENT = { reasons: ['template_not_allowed'], tags: [] };

describe('an order that may not be spoken of', () => {
  it('is answered while nothing is wrong with it', async () => {
    expect(await ask(good)).toMatchObject({ reasons: [], texts: [expect.stringContaining('up to 2 business days')] });
  });

  it.each<[string, Record<string, unknown>, { reasons: string[]; tags: string[] }]>([
    ['no creation time (A11)', { createdAt: null }, NO_DATE],
    ['a creation time in words', { createdAt: 'yesterday' }, NO_DATE],
    ['a creation time of another type', { createdAt: { at: 1 } }, NO_DATE],
    ['a creation time in seconds', { createdAt: 1_768_226_400 }, NO_DATE],
    ['a day that does not exist', { createdAt: '2026-02-30T10:00:00Z' }, NO_DATE],
    ['a creation time without zone', { createdAt: '2026-01-12 14:00' }, NO_DATE],
    ['a creation time of 1970', { createdAt: 0 }, NO_DATE],
    [
      'a creation time of today, later than the question',
      { createdAt: Date.parse('2026-01-15T12:30:00Z') },
      IMPLAUSIBLE,
    ],
    ['a creation time of next month', { createdAt: Date.parse('2026-02-15T12:00:00Z') }, SKEWED],
    ['a creation time 366 days ago', { createdAt: Date.parse('2025-01-14T11:00:00Z') }, IMPLAUSIBLE],
    ['no name', { orderName: null }, NO_NAME],
    ['a name of another type', { orderName: ['#1043'] }, NO_NAME],
    ['a name with mark-up', { orderName: '<b>1043</b>' }, NO_NAME],
    ['a name that is a placeholder', { orderName: '{{first_name}}' }, NO_NAME],
    ['a name of 300 characters', { orderName: '1'.repeat(300) }, NO_NAME],
    ['a status nobody knows', { status: 'banana' }, NO_STATE],
    ['a status with control characters', { fulfillmentStatus: 'ful\u0000filled' }, NO_STATE],
    ['no status at all', { status: null, fulfillmentStatus: {}, financialStatus: 7 }, NO_STATE],
    ['a shipment that cannot be read', { fulfillment: 'sent on Monday' }, NO_STATE],
    ['a list of shipments that cannot be read', { fulfillment: [['1Z999AA10123456784']] }, NO_STATE],
    ['completed, and no parcel told of', { status: 'completed', fulfillmentStatus: null }, NO_STATE],
    ['no shipping method', { shippingMethod: null }, NO_WINDOW],
    ['an empty shipping method', { shippingMethod: '  ' }, NO_WINDOW],
    ['a shipping method of another type', { shippingMethod: [3, 5] }, NO_WINDOW],
    ['a shipping method of 121 characters', { shippingMethod: `standard ${'x'.repeat(112)}` }, NO_WINDOW],
    ['a method nobody knows (A06)', { shippingMethod: 'Courier' }, NO_WINDOW],
    ['postal priority (A07)', { shippingMethod: 'USPS Priority Mail' }, NO_WINDOW],
    ['pre-order evidence that excludes itself (A20)', { isPreorder: false, tags: ['preorder-eta:45bd'] }, NO_WINDOW],
    ['fulfilled, no tracking', fulfilled(), NO_TRACKING],
    ['a tracking number that is none', fulfilled({ trackingNumber: 'PENDING' }), NO_TRACKING],
    ['a tracking number that lost its digits', fulfilled({ trackingNumber: 9.2e21 }), NO_TRACKING],
    ['only an evil link', fulfilled({ trackingUrl: 'javascript:alert(1)' }), NO_TRACKING],
    [
      'only a link of an unknown host',
      fulfilled({ trackingUrl: 'https://evil.example/1Z999AA10123456784' }),
      NO_TRACKING,
    ],
    [
      'tracking that is no number, before shipping (S17)',
      { fulfillment: [{ status: 'pending', tracking: 'soon' }] },
      NO_TRACKING,
    ],
    [
      'cancelled and fulfilled',
      { ...fulfilled({ trackingNumber: '1Z999AA10123456784' }), cancelledAt: 1_768_300_000_000 },
      SILENT,
    ],
    [
      'refunded and on its way',
      { ...fulfilled({ trackingNumber: '1Z999AA10123456784' }), financialStatus: 'refunded' },
      SILENT,
    ],
    ['returned to sender', { ...fulfilled(), fulfillment: [{ status: 'returned_to_sender' }] }, SILENT],
    ['a payment that waits', { financialStatus: 'pending' }, SILENT],
    ['a test order', { test: true }, SILENT],
    ['a draft', { status: 'draft', isDraft: true }, SILENT],
    ['no lines', { items: [] }, SILENT],
    ['digital lines only', { items: [{ requiresShipping: false }] }, SILENT],
    ['somebody else’s address (A13)', { email: 'other@example.test' }, CONFLICT],
    ['another conversation', { conversationId: 't-2' }, CONFLICT],
    ['another customer', { customerId: 'cus-other' }, CONFLICT],
  ])('%s', async (_, changes, expected) => {
    const { texts, reasons, settled, tags } = await ask({ ...good, ...changes });
    expect(texts).toEqual([]);
    expect(reasons).toEqual(expected.reasons);
    expect(tags).toEqual(expect.arrayContaining([...expected.tags, 'mw-routing-applied']));
    expect(tags.filter((tag) => tag.startsWith('route-'))).toHaveLength(1);
    expect(tags.filter((tag) => tag.startsWith('mw-order-lookup-missing:'))).toHaveLength(
      expected.tags.filter((tag) => tag.startsWith('mw-order-lookup-missing:')).length,
    );
    expect(settled).toBe(1);
  });

  it.each(['words', 42, true, { error: 'no' }])(
    'an answer that is none (%j) is a failed look-up, never "nothing linked"',
    async (answer) => {
      const { texts, reasons, tags } = await ask(answer);
      expect(texts).toEqual([]);
      expect(reasons).toEqual(['vendor_error_fail_closed']);
      expect(tags).toEqual(expect.arrayContaining(LOOKUP));
      expect(tags).not.toContain('mw-order-lookup-needed');
    },
  );

  it.each([{}, null, [], { orderId: null }, { orderId: '' }, [good, good], { ...good, has_more: true }])(
    'where none, or more than one, is linked (%#) the number is asked for',
    async (answer) => {
      const { texts, tags } = await ask(answer);
      expect(texts).toEqual([expect.stringContaining('your order number')]);
      expect(texts.join()).not.toMatch(/1043|Standard|prepared/);
      expect(tags).toContain('mw-order-lookup-needed');
    },
  );
});
