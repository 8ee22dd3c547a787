/** Replies §11, A37 to A43 and A48 to A52: what is written, where, and what the shop has switched on. */
import { expect, it } from 'vitest';
import { RESOLVED, ROUTED } from './expectations.ts';
import { shipped, UPS_NUMBER, waiting } from './orders.ts';
import { type Expected, expectSeen, itHolds, type Scenario } from './scenario.ts';
import { look, type Scene, scene } from './scene.ts';

const ESCALATED: Expected = {
  ...ROUTED,
  route: 'route-leadership-team',
  tags: ['mw-escalated-human', 'mw-tier-0'],
  reasons: ['tier0_always_handoff'],
};
/** The workspace has no such team. */
function without(team: string) {
  return ({ change }: Scene): void =>
    change(({ config }) => ({
      config: { ...config, teams: { available: config.teams.available.filter((name) => name !== team) } },
    }));
}

const SCENARIOS: readonly Scenario[] = [
  {
    id: 'A37',
    given: 'a social message about a matched order',
    channel: 'social',
    linked: shipped(),
    ask: 'Where is my order?',
    expected: { ...ROUTED, reasons: ['channel_not_enabled'] },
  },
  {
    id: 'A38',
    given: '"refund or I file a chargeback"',
    ask: 'Refund or I file a chargeback.',
    expected: { ...ESCALATED, route: 'route-chargebacks-disputes' },
  },
  {
    id: 'A39',
    given: 'a lawyer and an order question',
    linked: shipped(),
    ask: 'My lawyer will call you. Where is my order?',
    expected: ESCALATED,
  },
  {
    id: 'A40',
    given: 'a change of the e-mail and the tracking to the new one',
    linked: shipped(),
    ask: 'Please change the e-mail on my order and resend the tracking to the new one.',
    expected: { ...ESCALATED, tags: [...(ESCALATED.tags ?? []), 'mw-fraud-suspected'] },
  },
  {
    id: 'A41',
    given: 'order status and a cancellation in one message',
    linked: shipped(),
    ask: 'Where is my order? If it has not left yet, please cancel it.',
    expected: {
      reply: 't_cancel_order_ack_intake',
      outcome: 'replied',
      route: 'route-email-support-team',
      says: ['reply with the order number'],
      hides: ['1043', UPS_NUMBER, 'ups.com', 'shipped,'],
    },
  },
  {
    id: 'A42',
    given: 'an attachment and no text',
    linked: shipped(),
    ask: '',
    attachments: 1,
    expected: { ...ROUTED, tags: ['mw-attachment-only'], reasons: ['attachment_only'] },
  },
  {
    id: 'A43',
    given: 'a Spanish order question',
    linked: shipped(),
    ask: 'Hola, ¿dónde está mi pedido? Quisiera saber cuándo llega a mi casa.',
    expected: { ...ROUTED, reasons: ['language_unsupported'] },
  },
  {
    id: 'A48',
    given: 'a promo question',
    ask: 'My promo code does not work at checkout.',
    expected: {
      reply: 't_promo_discount_info',
      outcome: 'replied',
      route: 'route-sales-team',
      says: ['it has expired', 'Please reply with the code'],
      // No code is ever issued: nothing that could be one stands in the reply.
      hides: ['%', 'use code', 'Use code'],
    },
  },
  {
    id: 'A49',
    given: 'a template whose flag is off',
    linked: shipped(),
    flags: { 'template_enabled/t_order_status_verified': 'false' },
    ask: 'Where is my order?',
    expected: { ...ROUTED, reasons: ['template_disabled'] },
  },
  {
    id: 'A51',
    given: 'the carriers’ calendar and a year it does not list',
    at: '2028-01-05T15:00:00Z',
    linked: waiting({ createdAt: Date.parse('2028-01-03T15:00:00Z') }),
    flags: { holiday_calendar: 'us_parcel' },
    ask: 'Where is my order?',
    expected: { ...ROUTED, tags: ['mw-order-status-suppressed'], reasons: ['missing_order_context'] },
  },
  {
    id: 'A52',
    given: 'no Technical Support team, and no mist',
    prepare: without('Technical Support Team'),
    ask: 'There is no mist coming out of my diffuser.',
    expected: {
      reply: 't_technical_support_intake',
      outcome: 'replied',
      route: 'route-email-support-team',
      tags: ['mw-needs-tech-support'],
      says: ['the product and model'],
    },
  },
];

itHolds(SCENARIOS);

it.each(['{"standard": [3,', '{"standard": [5, 3]}', '[]', '{"standard": [3, 5], "slow": ["a", 9]}'])(
  'A50 the flag transit_map is %s: the configured map counts, and somebody is told',
  async (flag) => {
    const played = scene({ linked: waiting(), flags: { transit_map: flag } });
    await played.says('Where is my order?');
    expectSeen(await look(played), { ...RESOLVED, says: ['1–3 business days'] });
    const { lines, counts } = played.containerOf('order-lookup').telemetry;
    expect(lines.filter(({ level }) => level === 'ERROR')).toContainEqual(
      expect.objectContaining({ event: 'system.flags.malformed', fields: { error_code: 'transit_map' } }),
    );
    expect(counts.get('flags.malformed_total')).toBeGreaterThan(0);
  },
);
