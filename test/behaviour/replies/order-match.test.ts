/** Replies §11, A01 and A08 to A13: whether there is exactly one order to speak of (replies §2.2). */
import { VendorError } from '../../../functions/shared/errors.ts';
import { ASKED, NO_FACTS, ROUTED, SUPPRESSED } from './expectations.ts';
import { shipped, UPS_PARCEL, waiting } from './orders.ts';
import { itHolds, type Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';

const WHERE = 'Where is my order?';
const HOUR_MS = 3_600_000;

/** The helpdesk does not answer for the order, however long one waits. */
function lookUpTimesOut({ change }: Scene): void {
  const linked = () => Promise.reject(new VendorError('richpanel', 'timeout'));
  change(({ orders }) => ({ orders: { ...orders, linked } }));
}

const SCENARIOS: readonly Scenario[] = [
  { id: 'A01', given: 'no linked order', ask: WHERE, expected: ASKED },
  {
    id: 'A08',
    given: 'two linked orders',
    linked: [waiting(), waiting({ orderId: '1044', orderName: '#1044' })],
    ask: WHERE,
    expected: { ...ASKED, hides: [...NO_FACTS, '1044'] },
  },
  {
    id: 'A09',
    given: 'an order look-up that times out',
    linked: shipped(),
    prepare: lookUpTimesOut,
    ask: WHERE,
    afterwards: async ({ pass }) => pass(3 * HOUR_MS, 60_000),
    expected: {
      ...ROUTED,
      tags: ['mw-order-lookup-failed', 'mw-order-status-suppressed'],
      noTags: ['mw-order-lookup-needed', 'mw-auto-replied'],
    },
  },
  { id: 'A10', given: 'the linked answer {}', linked: {}, ask: WHERE, expected: ASKED },
  {
    id: 'A11',
    given: 'an order without created-at',
    linked: shipped([UPS_PARCEL], { createdAt: null }),
    ask: WHERE,
    expected: { ...SUPPRESSED, tags: [...(SUPPRESSED.tags ?? []), 'mw-order-lookup-missing:created_at'] },
  },
  {
    id: 'A12',
    given: '#1001 is linked, the text names #1002',
    linked: shipped([UPS_PARCEL], { orderId: '1001', orderName: '#1001' }),
    ask: 'Where is my order #1002?',
    expected: { ...ASKED, hides: [...NO_FACTS, '1001', '1002'] },
  },
  {
    id: 'A13',
    given: 'the e-mail of the linked order is not the ticket’s',
    customer: { email: 'nora@mail.test' },
    linked: shipped([UPS_PARCEL], { email: 'someone.else@mail.test' }),
    ask: WHERE,
    expected: { ...ROUTED, tags: ['mw-order-lookup-needed'], reasons: ['source_conflict'] },
  },
];

itHolds(SCENARIOS);
