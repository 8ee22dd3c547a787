/** Replies §11, A22 to A25: what a customer or a vendor wrote never becomes part of a reply's machinery. */
import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { type RenderInput, render } from '../../../templates/render.ts';
import { shipped, UPS_NUMBER, UPS_PARCEL } from './orders.ts';
import { expectThen, itHolds, play, type Scenario, type Then } from './scenario.ts';
import type { Scene } from './scene.ts';

const ASK = 'Where is my order?';
const ANSWERED: Then = {
  reply: 't_order_status_verified',
  outcome: 'replied',
  route: 'route-email-support-team',
  says: ['#1043', UPS_NUMBER],
};
/** The e-mail's greeting when there is no name that may be shown. */
const NAMELESS = 'Hi,\nHere is where order #1043 stands right now.';

const SCENARIOS: readonly Scenario[] = [
  {
    id: 'A22',
    given: 'a javascript: tracking link beside a good number',
    linked: shipped([{ ...UPS_PARCEL, trackingCompany: 'ExampleShip', trackingUrl: 'javascript:alert(1)' }]),
    ask: ASK,
    // Sent at all: the final scan, which refuses the whole reply, never saw it.
    then: { ...ANSWERED, hides: ['javascript', 'alert', 'Tracking page'] },
  },
  {
    id: 'A22',
    given: 'a javascript: tracking link and nothing else',
    linked: shipped([{ trackingCompany: 'UPS', trackingUrl: 'javascript:alert(1)' }]),
    ask: ASK,
    then: {
      reply: null,
      outcome: 'routed',
      route: 'route-email-support-team',
      tags: ['mw-order-lookup-missing:tracking'],
    },
  },
  {
    id: 'A23',
    given: 'a first name of {{order_id}}',
    customer: { firstName: '{{order_id}}' },
    linked: shipped(),
    ask: ASK,
    then: { ...ANSWERED, says: [NAMELESS], hides: ['Hi #1043', 'order_id'] },
  },
  {
    id: 'A24',
    given: 'a first name of 300 characters',
    customer: { firstName: 'Anna'.repeat(75) },
    linked: shipped(),
    ask: ASK,
    then: { ...ANSWERED, says: [NAMELESS], hides: ['AnnaAnna', 'Annaanna'] },
  },
];

itHolds(SCENARIOS);

describe('A25 the required order_status is missing', () => {
  const input: RenderInput = {
    library: LIBRARY,
    templateId: 't_order_status_verified',
    channel: 'email',
    locale: 'en',
    vars: { order_id: '#1043', tracking_number: UPS_NUMBER, first_name: 'Nora' },
    facts: { order_id: '#1043', tracking_number: UPS_NUMBER },
    brand: { hosts: [], carriers: ['UPS'], shippingBuckets: [] },
  };

  it('A25 refuses to fill the reply halfway, and names what is missing', () => {
    expect(render(input)).toEqual({ ok: false, reasonCode: 'missing_order_context', variable: 'order_status' });
    expect(render({ ...input, vars: { ...input.vars, order_status: 'shipped' } }).ok).toBe(true);
  });

  it('A25 is no reason to ask for the number of an order that is matched: it is routed', async () => {
    const seen = await play({ id: 'A25', given: '', linked: shipped(), prepare: losesTheStatus, ask: ASK, then: ANSWERED });
    expectThen(seen, {
      reply: null,
      outcome: 'suppressed',
      route: 'route-email-support-team',
      reasons: ['missing_order_context'],
    });
    expect(seen.outbox).toEqual([]);
  });
});

/** The door reads facts in a state that has no words for customers (replies §2.4). */
function losesTheStatus({ containerOf }: Scene): void {
  const container = containerOf('responder-reply');
  const { cipher } = container;
  Object.assign(container, {
    cipher: {
      ...cipher,
      open: async (sealed: string) => {
        const content: unknown = JSON.parse(await cipher.open(sealed));
        return JSON.stringify(Object(content).orderName === undefined ? content : { ...Object(content), state: 'exception' });
      },
    },
  });
}
