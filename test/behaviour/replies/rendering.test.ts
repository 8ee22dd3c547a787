/** Replies §11, A22 to A25: what a customer or a vendor wrote never becomes part of a reply's machinery. */
import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { type RenderInput, render } from '../../../templates/render.ts';
import { ANSWERED, ROUTED } from './expectations.ts';
import { shipped, UPS_NUMBER, UPS_PARCEL } from './orders.ts';
import { expectSeen, itHolds, play, type Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';

const ASK = 'Where is my order?';
/** The e-mail's greeting when there is no name that may be shown. */
const NAMELESS = 'Hi,\nHere is where order #1043 stands right now.';

const SCENARIOS: readonly Scenario[] = [
  {
    id: 'A22',
    given: 'a javascript: tracking link beside a good number',
    linked: shipped([{ ...UPS_PARCEL, trackingCompany: 'ExampleShip', trackingUrl: 'javascript:alert(1)' }]),
    ask: ASK,
    // Sent at all: the final scan, which refuses the whole reply, never saw it.
    expected: { ...ANSWERED, says: ['#1043', UPS_NUMBER], hides: ['javascript', 'alert', 'Tracking page'] },
  },
  {
    id: 'A22',
    given: 'a javascript: tracking link and nothing else',
    linked: shipped([{ trackingCompany: 'UPS', trackingUrl: 'javascript:alert(1)' }]),
    ask: ASK,
    expected: { ...ROUTED, tags: ['mw-order-lookup-missing:tracking'] },
  },
  {
    id: 'A23',
    given: 'a first name of {{order_id}}',
    customer: { firstName: '{{order_id}}' },
    linked: shipped(),
    ask: ASK,
    expected: { ...ANSWERED, says: [NAMELESS], hides: ['Hi #1043', 'order_id'] },
  },
  {
    id: 'A24',
    given: 'a first name of 300 characters',
    customer: { firstName: 'Anna'.repeat(75) },
    linked: shipped(),
    ask: ASK,
    expected: { ...ANSWERED, says: [NAMELESS], hides: ['AnnaAnna', 'Annaanna'] },
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
    const seen = await play({ linked: shipped(), prepare: losesTheStatus, ask: ASK });
    expectSeen(seen, { ...ROUTED, outcome: 'suppressed' });
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
        return JSON.stringify(
          Object(content).orderName === undefined ? content : { ...Object(content), state: 'exception' },
        );
      },
    },
  });
}
