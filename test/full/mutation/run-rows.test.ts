import { describe, expect, it } from 'vitest';
import { missesOf, type Row } from './rows.ts';
import { runRows } from './run-rows.ts';

async function misses(rows: readonly Row[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { row, outcome } of runRows(rows)) found.push(...missesOf(row, outcome));
  return found;
}

/** Monday to Wednesday in New York: two of three to five business days are gone (replies §3.8 E01). */
const inWindow = {
  at: '2025-12-03T14:00:00Z',
  order: {
    orderId: '9001',
    orderDbKey: 9001,
    orderName: '#9001',
    amount: 10,
    currency: 'USD',
    status: 'open',
    fulfillmentStatus: 'unfulfilled',
    financialStatus: 'paid',
    createdAt: Date.parse('2025-12-01T14:00:00Z'),
    shippingMethod: 'Standard',
    items: [{ id: 'p', name: 'Lamp', price: 10, quantity: 1 }],
  },
};

describe('rows in one process', () => {
  it('come out as the specifications say', async () => {
    const rows: Row[] = [
      {
        id: 'asked',
        text: 'Where is my order?',
        expected: {
          intent: 'order_status_tracking',
          tier: 1,
          department: 'Email Support Team',
          templateId: 't_order_status_ask_order_number',
          outcome: 'replied',
          reasonCode: 'tier1_safe_assist',
          tags: ['mw-order-lookup-needed', 'route-email-support-team'],
          replyHas: ['your order number'],
        },
      },
      {
        id: 'estimated',
        text: 'Where is my order?',
        ...inWindow,
        expected: {
          templateId: 't_order_eta_no_tracking_verified',
          tags: ['mw:auto_closed'],
          replyHas: ['1–3 business days'],
        },
      },
      { id: 'threat', text: 'I will sue you.', expected: { tier: 0, department: 'Leadership Team', templateId: null } },
      { id: 'again', conversationId: 'threat', text: 'ok', expected: { tier: 0, reasonCode: 'sticky_escalation' } },
    ];
    expect(await misses(rows)).toEqual([]);
  });

  it('miss where an expectation is wrong, key by key', async () => {
    const expected = { tier: 2, department: 'Sales Team', tags: ['mw-tier-2'], replyHas: ['number'] } as const;
    const found = await misses([
      { id: 'hi', text: 'hi', expected: { ...expected, tags: ['mw-tier-2'], replyHas: ['x'] } },
    ]);
    expect(found.map((miss) => Object(miss).key)).toEqual(['tier', 'department', 'tags', 'replyHas']);
  });

  it('answer at most one message of a burst', async () => {
    const rows: Row[] = ['Where is my order?', 'Where is my parcel?', 'Any news about my order please?'].map(
      (text, index) => ({ id: `b-${index}`, conversationId: 'b', text, channel: 'livechat', burst: index > 0 }),
    );
    const replies: (string | null)[] = [];
    for await (const { outcome } of runRows(rows)) replies.push(outcome.templateId);
    expect(replies.filter((templateId) => templateId !== null).length).toBe(1);
  });
});
