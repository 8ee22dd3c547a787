/** The 200 fixed inputs: decided as stored (property 8 of decisions §6.6), and the stored decisions themselves held to the rules. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DecisionInput, GATE_IDS } from '../events/decision.ts';
import type { Intent, Team, TemplateId } from '../events/words.ts';
import { INTENTS, TEAMS } from '../events/words.ts';
import { decide } from './decide.ts';
import { broken } from './forbidden.testing.ts';
import { readSnapshot } from './snapshot.testing.ts';
import { POLICY_VERSION } from './versions.ts';

const FILE = new URL('./testdata/decisions-200.jsonl', import.meta.url);
const { head, rows } = readSnapshot(readFileSync(FILE, 'utf8'));
const byName = new Map(rows.map(({ id, decision }) => [id.slice(4), decision]));

/** What decisions §6.3 to §6.6 and §9 say of those built by hand; `null`: no reply. */
const BUILT: readonly (readonly [name: string, row: string, primary: Intent, team: Team, reply: TemplateId | null])[] =
  [
    ['order tracked', 'D8', 'order_status_tracking', 'Email Support Team', 't_order_status_verified'],
    ['order in its window', 'D7', 'order_status_tracking', 'Email Support Team', 't_order_eta_no_tracking_verified'],
    ['order late', 'D8', 'order_status_tracking', 'Email Support Team', 't_shipping_delay_verified'],
    [
      'order pre-order without a date',
      'D8',
      'order_status_tracking',
      'Email Support Team',
      't_shipping_delay_verified',
    ],
    ['order none', 'D9', 'order_status_tracking', 'Email Support Team', 't_order_status_ask_order_number'],
    ['order several', 'D9', 'order_status_tracking', 'Email Support Team', 't_order_status_ask_order_number'],
    ['order look-up failed', 'D6', 'order_status_tracking', 'Email Support Team', null],
    ['order incomplete', 'D6', 'order_status_tracking', 'Email Support Team', null],
    ['order cancelled', 'D6', 'order_status_tracking', 'Email Support Team', null],
    [
      'order delivered, not received',
      'D9',
      'delivered_not_received',
      'Returns Admin',
      't_delivered_not_received_intake',
    ],
    ['estimate with auto-close off', 'D6', 'order_status_tracking', 'Email Support Team', null],
    ['verifier at 0.79', 'D6', 'order_status_tracking', 'Email Support Team', null],
    ['verifier sees an escalation', 'D1', 'order_status_tracking', 'Leadership Team', null],
    [
      'pair order_status_tracking + cancel_order',
      'D9',
      'cancel_order',
      'Email Support Team',
      't_cancel_order_ack_intake',
    ],
    [
      'pair order_status_tracking + address_change_order_edit',
      'D9',
      'address_change_order_edit',
      'Email Support Team',
      't_address_change_ack_intake',
    ],
    ['pair damaged_item + refund_request', 'D9', 'damaged_item', 'Returns Admin', 't_damaged_item_intake'],
    [
      'pair missing_items_in_shipment + return_request',
      'D9',
      'missing_items_in_shipment',
      'Returns Admin',
      't_missing_items_intake',
    ],
    [
      'pair delivered_not_received + refund_request',
      'D9',
      'delivered_not_received',
      'Returns Admin',
      't_delivered_not_received_intake',
    ],
    ['pair order_status_tracking + refund_request', 'D9', 'refund_request', 'Returns Admin', 't_refund_request_intake'],
    ['pair order_status_tracking + technical_support', 'D6', 'order_status_tracking', 'Email Support Team', null],
    ['pair cancel_order + technical_support', 'D9', 'cancel_order', 'Email Support Team', 't_cancel_order_ack_intake'],
    ['pair billing_issue + chargeback_dispute', 'D1', 'chargeback_dispute', 'Chargebacks / Disputes Team', null],
    ['pair legal_threat + chargeback_dispute', 'D1', 'chargeback_dispute', 'Chargebacks / Disputes Team', null],
    ['pair pre_purchase_question + phone_support_request', 'D6', 'phone_support_request', 'Phone Support Team', null],
    ['pair cancel_order + address_change_order_edit', 'D6', 'cancel_order', 'Email Support Team', null],
    ['pair unknown_other + promo_discount_issue', 'D5', 'promo_discount_issue', 'Email Support Team', null],
    ['pair refund_request + return_request', 'D6', 'refund_request', 'Returns Admin', null],
    ['pair refund_request + legal_threat', 'D3', 'refund_request', 'Returns Admin', null],
    ['pair order_status_tracking + legal_threat', 'D1', 'legal_threat', 'Leadership Team', null],
    ['model asks for tier 3', 'D9', 'cancel_order', 'Email Support Team', 't_cancel_order_ack_intake'],
    ['bare unsubscribe', 'D5', 'cancel_subscription', 'Email Support Team', null],
    ['Sales Team is missing', 'D9', 'promo_discount_issue', 'Email Support Team', 't_promo_discount_info'],
    ['third reply within a day', 'D6', 'damaged_item', 'Returns Admin', null],
  ];

describe('200 fixed inputs', () => {
  it('are 200, each with a name of its own, decided under this version of the policy', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(200);
    expect(head.policy).toBe(POLICY_VERSION);
  });

  it.each(rows)('$id: decided as stored; explain a difference with tools/policy-snapshot.ts', ({ input, decision }) => {
    expect(decide(input)).toEqual(decision);
  });

  it('are valid, and no stored decision is one that may never be', () => {
    for (const { id, input, decision } of rows) {
      expect(v.is(DecisionInput, input), id).toBe(true);
      expect(broken(input, decision), id).toEqual([]);
    }
  });

  it.each(BUILT)('%s: what the texts say', (name, row, primaryIntent, team, templateId) => {
    expect(byName.get(name)).toMatchObject({ row, primaryIntent, team, templateId });
  });

  it('show every row, intent and team, and every gate that objects or downgrades', () => {
    const report = rows.flatMap(({ decision }) => decision.gateReport);
    const gates = (result: string) =>
      new Set(report.filter((entry) => entry.result === result).map(({ gate }) => gate));
    expect(new Set(rows.map(({ decision }) => decision.row)).size).toBe(10);
    expect(new Set(rows.map(({ decision }) => decision.primaryIntent)).size).toBe(INTENTS.length);
    // No intent leads to Backend Team in v1.
    expect(new Set(rows.flatMap(({ decision }) => decision.team ?? [])).size).toBeGreaterThanOrEqual(TEAMS.length - 1);
    // G11 always answers; G19 and G23 only change the candidate.
    expect(GATE_IDS.filter((gate) => !gates('block').has(gate))).toEqual(['G11', 'G19', 'G23']);
    expect([...gates('downgrade')].sort()).toEqual(['G13', 'G16', 'G18', 'G19', 'G20', 'G21', 'G23', 'G28']);
  });
});
