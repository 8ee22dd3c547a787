/** The rows of replies §4.3 that a decision can see; opening and closing are tested where they are written. */
import { describe, expect, it } from 'vitest';
import type { DecisionInput } from '../events/decision.ts';
import { INTENTS } from '../events/words.ts';
import { decide } from './decide.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import { flowOpenedBy } from './pending-flow.ts';
import { decisionInput, type PartOf, scored } from './testing.ts';

const ASKED = { type: 'order_identifiers', intent: 'order_status_tracking' } as const;
const ESTIMATED = { type: 'estimate', intent: 'order_status_tracking' } as const;
const intake = (intent: (typeof INTENTS)[number]) => ({ type: 'intake', intent }) as const;
const decided = (pendingFlow: DecisionInput['state']['pendingFlow'], input: PartOf<DecisionInput> = {}) =>
  decide(decisionInput({ ...input, state: { ...input.state, pendingFlow } }));
const FOLLOWED = ['mw-escalated-human', 'mw-auto-skipped-followup'];
const IDENTIFIERS = { features: { hasOrderNumber: true, hasEmail: true } } as const;

describe('flowOpenedBy', () => {
  it('waits for what each Tier 1 template asks', () => {
    for (const intent of INTENTS)
      for (const template of INTENT_CATALOGUE[intent].templates.tier1)
        expect(flowOpenedBy(template, intent)).toEqual(
          template === 't_order_status_ask_order_number' ? { type: 'order_identifiers', intent } : intake(intent),
        );
  });

  it('waits for nothing after order facts, and remembers what was announced', () => {
    expect(flowOpenedBy('t_order_status_verified', 'order_status_tracking')).toBeNull();
    expect(flowOpenedBy('t_shipping_delay_verified', 'order_status_tracking')).toBeNull();
    expect(flowOpenedBy('t_order_eta_no_tracking_verified', 'order_status_tracking')).toEqual(ESTIMATED);
  });
});

describe('a message while something is waited for', () => {
  it.each([
    ['number and e-mail, with M2 and M3 off', ASKED, { message: IDENTIFIERS }],
    ['the number alone: no second question', ASKED, { message: { features: { hasOrderNumber: true } } }],
    ['the question again', ASKED, {}],
    ['something nobody can read', ASKED, scored({ unknown_other: 0.7 })],
    ['something uncertain', ASKED, scored({ damaged_item: 0.4 })],
    ['the other order question', ASKED, scored({ shipping_delay_not_shipped: 0.9 })],
    [
      'an e-mail without a number, with M2 and M3 on',
      ASKED,
      {
        message: { features: { hasEmail: true } },
        flags: { order_match_verified_enabled: true },
      },
    ],
    ['a reply to an estimate', ESTIMATED, {}],
    ['another matter after an estimate', ESTIMATED, scored({ cancel_order: 0.9 })],
  ] as const)('%s goes to Email Support, marked, without a reply or a look-up', (_when, flow, input) => {
    const decision = decided(flow, input);
    expect(decision).toMatchObject({
      team: 'Email Support Team',
      action: 'ROUTE_ONLY',
      tier: null,
      tierCandidate: null,
    });
    expect(decision.tags).toEqual(expect.arrayContaining(FOLLOWED));
  });

  it.each([
    ['damaged_item', 'damaged_item', 'Returns Admin'],
    ['damaged_item', 'unknown_other', 'Returns Admin'],
    ['technical_support', 'unknown_other', 'Technical Support Team'],
    ['promo_discount_issue', 'unknown_other', 'Email Support Team'],
    ['cancel_order', 'cancel_order', 'Email Support Team'],
  ] as const)('the answer to the intake of %s, read as %s, goes to %s', (asked, read, team) => {
    const decision = decided(intake(asked), scored({ [read]: 0.8 }));
    expect(decision).toMatchObject({ team, action: 'ROUTE_ONLY' });
    expect(decision.tags).toEqual(expect.arrayContaining(FOLLOWED));
  });

  it('a photo alone stays with the team that asked for it', () => {
    const decision = decided(intake('damaged_item'), { message: { attachmentOnly: true } });
    expect(decision.team).toBe('Returns Admin');
    expect(decision.tags).toEqual(expect.arrayContaining([...FOLLOWED, 'mw-attachment-only']));
  });

  it('a different intent is a new decision', () => {
    expect(decided(ASKED, scored({ damaged_item: 0.9 }))).toMatchObject({
      action: 'SEND_TEMPLATE',
      templateId: 't_damaged_item_intake',
    });
    expect(decided(intake('damaged_item'), scored({ refund_request: 0.9 })).templateId).toBe('t_refund_request_intake');
  });

  it('Tier 0 comes first and is no follow-up', () => {
    const decision = decided(ASKED, scored({ legal_threat: 0.9 }));
    expect(decision).toMatchObject({ row: 'D1', team: 'Leadership Team' });
    expect(decision.tags).not.toContain('mw-auto-skipped-followup');
  });

  it('complete identifiers may be looked up where M2 and M3 are on', () => {
    const input = { message: IDENTIFIERS, flags: { order_match_verified_enabled: true } };
    expect(decided(ASKED, input)).toMatchObject({ tierCandidate: 2 });
  });

  it('what a reply of ours overtook answers nothing', () => {
    expect(decided(ASKED, { state: { lastAuthor: 'bot' } }).tags).not.toContain('mw-auto-skipped-followup');
  });
});

it('the same template again within a day is a follow-up as well (replies §1.3)', () => {
  const at = '2025-12-04T10:00:00.000Z';
  const decision = decide(
    decisionInput({
      ...scored({ damaged_item: 0.9 }),
      history: { conversation: [{ at, templateId: 't_damaged_item_intake' }] },
    }),
  );
  expect(decision).toMatchObject({ action: 'ROUTE_ONLY', team: 'Returns Admin', reasonCodes: ['template_repeat'] });
  expect(decision.tags).toEqual(expect.arrayContaining(FOLLOWED));
});
