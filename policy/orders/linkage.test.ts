import { describe, expect, it } from 'vitest';
import { rawOrder, rawParcel } from './fixtures/orders.ts';
import { combineOrder, needsDetail, parseLinkage, unwrapOrder } from './linkage.ts';

describe('linkage answer (richpanel-api §4.1, replies §2.2 rows 1 to 3)', () => {
  it.each<[string, number, unknown, string]>([
    ['an object with id', 200, { orderId: '5512340001', appClientId: 'acme-store-1' }, 'linked'],
    ['a number as id', 200, { orderId: 1043, appClientId: 'acme-store-1' }, 'linked'],
    ['a whole order', 200, rawOrder(), 'linked'],
    ['an order under `order`', 200, { order: rawOrder() }, 'linked'],
    ['{}', 200, {}, 'unlinked'],
    ['null', 200, null, 'unlinked'],
    ['[]', 200, [], 'unlinked'],
    ['404', 404, { message: 'not found' }, 'unlinked'],
    ['an order without id', 200, { appClientId: 'acme-store-1', orderId: '' }, 'unlinked'],
    ['an array', 200, [rawOrder(), rawOrder({ orderId: '1044' })], 'several'],
    ['an array of one', 200, [rawOrder()], 'several'],
    ['has_more', 200, { ...rawOrder(), has_more: true }, 'several'],
    ['a text', 200, 'OK', 'unreadable'],
    ['an error in a 200', 200, { error: 'internal' }, 'unreadable'],
    ['no body', 200, undefined, 'unreadable'],
    ['500', 500, {}, 'unreadable'],
  ])('%s', (_, status, body, kind) => {
    expect(parseLinkage(status, body).kind).toBe(kind);
  });

  it('gives the ids for the next call', () => {
    expect(parseLinkage(200, { orderId: 1043, appClientId: 'acme-store-1' })).toMatchObject({
      orderId: '1043',
      appClientId: 'acme-store-1',
    });
  });
});

describe('detail call (replies §2.7)', () => {
  it.each([
    ['a bare link', { orderId: '1043' }, true],
    ['tracking and method', rawOrder({ fulfillment: [rawParcel()] }), false],
    ['no tracking', rawOrder(), true],
    ['empty tracking', rawOrder({ fulfillment: [rawParcel({}, [])] }), true],
    ['no method', rawOrder({ fulfillment: [rawParcel()], shippingMethod: undefined }), true],
    ['no creation time', rawOrder({ fulfillment: [rawParcel()], createdAt: undefined }), true],
  ])('%s: %s', (_, order, needed) => {
    expect(needsDetail(order)).toBe(needed);
  });

  it('reads the order under `order` or as it is', () => {
    expect(unwrapOrder({ order: { orderId: '1' } })).toEqual({ orderId: '1' });
    expect(unwrapOrder({ orderId: '1', order: 'x' })).toEqual({ orderId: '1', order: 'x' });
    expect(unwrapOrder('x')).toEqual({});
  });

  it('fills what the link lacks', () => {
    const detail = rawOrder({ fulfillment: [rawParcel()] });
    expect(combineOrder({ orderId: '5512340001', appClientId: 'a' }, detail)).toEqual({
      order: { ...detail, orderId: '5512340001', appClientId: 'a' },
      hasConflict: false,
    });
    expect(combineOrder(rawOrder({ fulfillment: [] }), detail).order.fulfillment).toEqual(detail.fulfillment);
    expect(combineOrder(rawOrder(), {})).toEqual({ order: rawOrder(), hasConflict: false });
    const linked = rawOrder({ fulfillment: [rawParcel({ id: 'own' })] });
    expect(combineOrder(linked, detail).order.fulfillment).toEqual(linked.fulfillment);
  });

  it.each([
    ['another id', { orderId: '9', orderDbKey: 9 }],
    ['another creation time', { createdAt: 1764597600001 }],
    ['a cancellation', { cancelledAt: 1764684000000 }],
    ['a cancelled status', { status: 'cancelled' }],
    ['a cancellation by a flag alone', { canceled: true }],
    ['a cancellation at an unreadable time', { canceled_at: '2025-12-02' }],
  ])('%s is a contradiction', (_, changes) => {
    expect(combineOrder(rawOrder(), rawOrder(changes)).hasConflict).toBe(true);
  });

  it('an empty field of the link hides nothing that the detail tells', () => {
    const linked = rawOrder({ shippingMethod: ' ', email: '', status: undefined });
    const detail = rawOrder({ shippingMethod: 'Overnight', email: 'other@example.test' });
    expect(combineOrder(linked, detail).order).toEqual(detail);
  });

  it('tracking that the detail takes back is a contradiction', () => {
    expect(combineOrder(rawOrder({ fulfillment: [rawParcel()] }), rawOrder({ fulfillment: [] })).hasConflict).toBe(
      true,
    );
  });
});
