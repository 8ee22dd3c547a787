/** For tests of what `responder-settle` ends: conversations that came apart, and what is seen of them on the ticket. */
import { type Choreography, choreography } from '../../../test/choreography.ts';
import type { Changes } from '../../shared/store/language.ts';

export const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
export const ESTIMATE = 'What is the status of my order? I am looking forward to it.';
export const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };
export const MINUTE = 60_000;

/** Placed two days before, unfulfilled, in a window that is recognised: the reply announces a resolution (replies §3.8 E01). */
export const inWindow = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  shippingMethod: 'Standard Shipping (3-5 Business Days)',
  createdAt: Date.parse('2026-01-13T14:00:00.000Z'),
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
};

/** A conversation whose reply will announce a resolution; its webhook has not come yet. */
export function announcing(deaf: Parameters<typeof choreography>[1] = []): Choreography {
  const c = choreography(undefined, deaf);
  c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
  c.helpdesk.link('t-1', inWindow);
  return c;
}

/** The function dies whenever it would make such a change, until it is given its life back. */
export function dies(
  c: Choreography,
  name: Parameters<Choreography['containerOf']>[0],
  at: (key: string, set: Changes['set']) => boolean,
  error: Error = new Error('dead'),
) {
  const container = c.containerOf(name);
  const { store } = container;
  Object.assign(container, {
    store: {
      ...store,
      update: (...call: Parameters<typeof store.update>) =>
        at(String(call[1].key), call[2].set) ? Promise.reject(error) : store.update(...call),
      change: (...call: Parameters<typeof store.change>) =>
        at(String(call[1].key), call[2].set) ? Promise.reject(error) : store.change(...call),
    },
  });
  return () => void Object.assign(container, { store });
}
export const isDecision = (key: string, set: Changes['set']) => key.startsWith('csm:') && set?.status === 'DECIDED';

/** Runs on, whatever dies on the way. */
export async function survive(c: Choreography, first: () => Promise<unknown>) {
  await first().catch(() => undefined);
  for (let time = 0; time < 20; time += 1) await c.run().catch(() => undefined);
}
export const ticketOf = async (c: Choreography) => {
  const ticket = await c.helpdesk.ticket('t-1');
  return { status: ticket?.status, tags: ticket?.tags ?? [] };
};
export const routesOf = async (c: Choreography) => (await ticketOf(c)).tags.filter((tag) => tag.startsWith('route-'));
export const outcomes = (c: Choreography) => c.factsOf('MessageSettled').map(({ data }) => data.outcome);

/** Sweeps as time goes by, with what was parked coming back. */
export async function sweepFor(c: Choreography, minutes: number) {
  for (let minute = 0; minute < minutes; minute += 1) {
    await c.pass(MINUTE, 10_000);
    await c.sweep().catch(() => undefined);
  }
}
