import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../../../events/examples.ts';
import { VendorError } from '../errors.ts';
import { CUSTOMER_PURPOSE, customerForm, ORDER_NUMBER_PURPOSE } from '../identity.ts';
import { shopOf } from '../shop.ts';
import { testWorld } from '../testing.ts';
import { gatherLinkedOrder } from './linked-order.ts';

const tracked = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'processing',
  fulfillmentStatus: 'fulfilled',
  shippingMethod: 'Standard',
  createdAt: Date.parse('2026-01-12T12:00:00.000Z'),
  email: 'nora@mail.test',
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [{ id: 'f-1', status: 'in_transit', tracking: [{ trackingNumber: '1Z999AA10123456784' }] }],
};
const untracked = { ...tracked, fulfillment: [] };

async function setUp(about: { named?: readonly string[]; customer?: string | null } = {}) {
  const world = testWorld();
  const container = world.container('order-lookup');
  const digester = await container.digests();
  const asked: string[] = [];
  Object.assign(container, {
    orders: {
      linked: (id: string) => {
        asked.push('linked');
        return world.helpdesk.linked(id);
      },
      byId: (store: string, id: string) => {
        asked.push(`${store} ${id}`);
        return world.helpdesk.byId(store, id);
      },
    },
  });
  const { customer = 'nora@mail.test', named = [] } = about;
  const candidate = {
    ...EXAMPLE.candidate,
    customerHash: customer === null ? null : digester.digest(CUSTOMER_PURPOSE, customerForm(customer)),
    namedOrderHashes: named.map((number) => digester.digest(ORDER_NUMBER_PURPOSE, number)),
  };
  const gather = async () =>
    gatherLinkedOrder(container, 't-1', candidate, shopOf(container.config, await container.flags.read()));
  return { ...world, container, asked, gather };
}

describe('what a look-up reads (replies §2.2, §2.7)', () => {
  it('nothing linked needs no second read', async () => {
    const { gather, asked } = await setUp();
    expect(await gather()).toEqual({
      kind: 'read',
      linkage: { kind: 'unlinked' },
      namesAnotherOrder: false,
      contactDiffers: false,
      customerId: null,
    });
    expect(asked).toEqual(['linked']);
  });

  it('a complete link needs none either', async () => {
    const { gather, asked, helpdesk } = await setUp();
    helpdesk.link('t-1', tracked);
    expect(await gather()).toMatchObject({ kind: 'read', linkage: { kind: 'linked', hasConflict: false } });
    expect(asked).toEqual(['linked']);
  });

  it('a link without tracking is completed from the order’s own page', async () => {
    const { gather, asked, helpdesk } = await setUp();
    helpdesk.link('t-1', untracked);
    helpdesk.putOrder('acme-store-1', '1043', tracked);
    expect(await gather()).toMatchObject({ linkage: { kind: 'linked', hasConflict: false } });
    expect(asked).toEqual(['linked', 'acme-store-1 1043']);
  });

  it('two pages that contradict each other are a conflict', async () => {
    const { gather, helpdesk } = await setUp();
    helpdesk.link('t-1', untracked);
    helpdesk.putOrder('acme-store-1', '1043', { ...tracked, createdAt: Date.parse('2025-10-01T12:00:00.000Z') });
    expect(await gather()).toMatchObject({ linkage: { kind: 'linked', hasConflict: true } });
  });

  it('an answer to no question is unreadable', async () => {
    const { gather, helpdesk } = await setUp();
    helpdesk.link('t-1', 'words');
    expect(await gather()).toEqual({ kind: 'unreadable' });
  });

  it('a helpdesk that does not answer never means "nothing linked"', async () => {
    const { gather, container } = await setUp();
    const linked = () => Promise.reject(new VendorError('richpanel', 'timeout'));
    Object.assign(container, { orders: { ...container.orders, linked } });
    await expect(gather()).rejects.toBeInstanceOf(VendorError);
  });
});

describe('what may only be compared as digests', () => {
  it.each([
    { named: [], isAnother: false },
    { named: ['1043'], isAnother: false },
    { named: ['2077'], isAnother: true },
    { named: ['1043', '2077'], isAnother: true },
  ])('the customer named $named: another order $isAnother', async ({ named, isAnother }) => {
    const { gather, helpdesk } = await setUp({ named });
    helpdesk.link('t-1', tracked);
    expect(await gather()).toMatchObject({ namesAnotherOrder: isAnother });
  });

  it.each([
    { customer: 'nora@mail.test', differs: false },
    { customer: 'NORA@mail.test', differs: false },
    { customer: 'someone@else.test', differs: true },
    { customer: null, differs: false },
  ])('the ticket is of $customer, the order of nora@mail.test: differs $differs', async ({ customer, differs }) => {
    const { gather, helpdesk } = await setUp({ customer });
    helpdesk.link('t-1', tracked);
    expect(await gather()).toMatchObject({ contactDiffers: differs });
  });

  it.each([
    { asked: 'cst_7', email: null, channel: 'livechat', differs: false, why: 'known by the id that asked' },
    { asked: 'cst_7', email: null, channel: 'email', differs: true, why: 'mail comes from an address' },
    {
      asked: 'someone@else.test',
      email: null,
      channel: 'livechat',
      differs: true,
      why: 'an address asked, now untold',
    },
    {
      asked: 'cst_7',
      email: 'Nora@mail.test',
      channel: 'email',
      differs: false,
      why: 'the address told now is the same',
    },
    { asked: 'cst_7', email: 'x@else.test', channel: 'email', differs: true, why: 'the address told now is another' },
  ] as const)('$channel: $why: differs $differs', async ({ asked, email, channel, differs }) => {
    const { gather, helpdesk } = await setUp({ customer: asked });
    helpdesk.customerWrites({ conversationId: 't-1', text: 'Where is it?', channel, customer: { id: 'cst_7', email } });
    helpdesk.link('t-1', tracked);
    expect(await gather()).toMatchObject({ contactDiffers: differs });
  });
});
