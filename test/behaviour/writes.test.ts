/** What a message costs the helpdesk: at most three effects and six writes, tags merged (replies §7.2–7.3). */
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../events/words.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { type Choreography, choreography } from '../choreography.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const ESTIMATE = 'What is the status of my order? I am looking forward to it.';
const DISPUTE = 'I am filing a chargeback with my bank.';

/** Placed two days before, unfulfilled, in a window that is recognised (replies §3.8 E01). */
const inWindow = {
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
const RESPONDERS: readonly FunctionName[] = ['responder-route', 'responder-reply', 'responder-settle'];

function counting(c: Choreography): string[] {
  const writes: string[] = [];
  for (const name of RESPONDERS) {
    const container = c.containerOf(name);
    for (const port of ['tagger', 'closer', 'noter', 'sender'] as const)
      Object.assign(container, {
        [port]: new Proxy(container[port], {
          get(target, method) {
            const member: unknown = Reflect.get(target, method);
            if (typeof member !== 'function') return member;
            return (...args: unknown[]) => {
              writes.push(String(method));
              return Reflect.apply(member, target, args);
            };
          },
        }),
      });
  }
  return writes;
}

async function writesFor(text: string, prepare: (c: Choreography) => void = () => undefined): Promise<string[]> {
  const c = choreography();
  c.parameters.values.set('agent_note_enabled', 'true');
  const writes = counting(c);
  c.helpdesk.customerWrites({ conversationId: 't-1', text });
  prepare(c);
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  await c.pass(60_000, 10_000);
  return writes;
}

const linked = (c: Choreography) => c.helpdesk.link('t-1', inWindow);

describe('the writes of one message', () => {
  it('routed only: tags and the note', async () => {
    expect(await writesFor(DISPUTE)).toEqual(['addTags', 'note']);
  });

  it('answered: tags, the reply, its tags, the note', async () => {
    expect((await writesFor(DAMAGED)).toSorted()).toEqual(['addTags', 'addTags', 'note', 'send']);
  });

  it('resolved: the reply’s tags go with the resolution’s', async () => {
    const c: Choreography[] = [];
    const writes = await writesFor(ESTIMATE, (world) => {
      c.push(world);
      linked(world);
    });
    expect(writes).toEqual(['addTags', 'send', 'close', 'addTags', 'note']);
    expect((await c[0]?.helpdesk.ticket('t-1'))?.tags).toEqual(
      expect.arrayContaining(['mw-auto-replied', 'mw:auto_closed', 'mw-template-t_order_eta_no_tracking_verified']),
    );
  });

  it('closed, and its tags are refused: it counts as resolved, no route is written, and the reply’s tags come by themselves', async () => {
    const c: Choreography[] = [];
    const writes = await writesFor(ESTIMATE, (world) => {
      c.push(world);
      linked(world);
      const { addTags } = world.helpdesk;
      world.helpdesk.addTags = (id, tags) =>
        tags.includes('mw:auto_closed')
          ? Promise.reject(new VendorError('richpanel', 'server', { status: 502 }))
          : addTags.call(world.helpdesk, id, tags);
    });
    const ticket = await c[0]?.helpdesk.ticket('t-1');
    expect(writes).toEqual(['addTags', 'send', 'close', 'addTags', 'addTags', 'note']);
    expect(ticket?.status).toBe('closed');
    expect(ticket?.tags.filter((tag) => tag.startsWith('route-') || tag.startsWith('mw:'))).toEqual([]);
    expect(ticket?.tags).toEqual(expect.arrayContaining(c[0]?.factsOf('ReplySent')[0]?.data.tagsAdded as string[]));
    expect(c[0]?.factsOf('TicketResolved').map(({ data }) => data.tags)).toEqual([[]]);
  });

  it('not resolved after all: the reply’s tags go with the route (A47)', async () => {
    const c: Choreography[] = [];
    const writes = await writesFor(ESTIMATE, (world) => {
      c.push(world);
      linked(world);
      world.helpdesk.close = async () => undefined;
    });
    const tags = (await c[0]?.helpdesk.ticket('t-1'))?.tags ?? [];
    // The close may land yet, or be too young to be read: it is undone with the route.
    expect(writes).toEqual(['addTags', 'send', 'close', 'addTags', 'reopen', 'note']);
    expect(tags).toEqual(expect.arrayContaining(['mw-auto-replied', 'route-email-support-team']));
    expect(tags).not.toContain('mw:auto_closed');
  });

  it('a send that failed is marked in the route’s own write', async () => {
    const c: Choreography[] = [];
    const writes = await writesFor(ESTIMATE, (world) => {
      c.push(world);
      linked(world);
      world.helpdesk.send = () => Promise.reject(new VendorError('richpanel', 'invalid', { status: 400 }));
    });
    expect(writes).toEqual(['addTags', 'send', 'addTags', 'note']);
    expect((await c[0]?.helpdesk.ticket('t-1'))?.tags).toEqual(
      expect.arrayContaining(['mw-send-failed', 'mw-send-message-failed', 'route-email-support-team']),
    );
  });
});

it('nobody to send as: the ticket says so, and a person answers (replies §5)', async () => {
  const c = choreography();
  c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
  const container = c.containerOf('responder-reply');
  Object.assign(container, { secrets: { read: async () => ' ' } });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  expect((await c.helpdesk.ticket('t-1'))?.tags).toEqual(
    expect.arrayContaining(['mw-send-failed', 'mw-send-message-author-missing', 'mw-needs-manual-triage']),
  );
  expect(c.helpdesk.outbox).toEqual([]);
});
