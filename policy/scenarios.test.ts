/** The acceptance scenarios of decisions §9 that a decision alone can show, under their own numbers. */
import { describe, expect, it } from 'vitest';
import type { Decision, DecisionInput } from '../events/decision.ts';
import { TEAMS } from '../events/words.ts';
import { approvedReply, decide, verifierNeeded } from './decide.ts';
import {
  decisionInput,
  minutesAgo,
  orderInput,
  orderInWindow,
  orderNotMatched,
  orderUnknown,
  type PartOf,
  requested,
  scored,
  verifierInput,
} from './testing.ts';

type Case = { given: string; input: PartOf<DecisionInput>; expected: Partial<Decision> };

const STATUS = { order_status_tracking: 0.9 } as const;
const APPROVAL = { stage: 'approval', ...scored(STATUS) } as const;
/** A linked order, shipped and tracked, and a verifier that agrees. */
const TIER2 = { ...APPROVAL, order: orderInput(), verifier: verifierInput() } as const;
/** The same with an order inside its window and without tracking: the estimate. */
const ESTIMATE = { ...TIER2, order: orderInWindow() } as const;

function check({ input, expected }: Case): void {
  expect(decide(decisionInput(input))).toMatchObject(expected);
}

const strong = (family: 'CHARGEBACK_DISPUTE' | 'LEGAL_THREAT' | 'OTHER_HIGH_RISK') => ({
  screenStrength: 'strong' as const,
  screenHits: [{ family, ruleId: 'test.rule', strength: 'strong' as const }],
});

describe('the conversation (G01 to G05)', () => {
  it.each<Case>([
    {
      given: '1: a newer customer message exists',
      input: { turn: { newerCommentSeen: true } },
      expected: {
        row: 'D2',
        team: null,
        routeTag: null,
        tags: [],
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        reasonCodes: ['superseded_by_newer_message'],
      },
    },
    {
      given: '1: the turn is decided already',
      input: { state: { sequence: 'decided' } },
      expected: { row: 'D2', team: null, tags: [], reasonCodes: ['stale_sequence'] },
    },
    {
      given: '1: the sequence is superseded',
      input: { state: { sequence: 'superseded' } },
      expected: { row: 'D2', team: null, reasonCodes: ['superseded_by_newer_message'] },
    },
    {
      given: 'protocols §3: a newer comment was decided without this one, which is routed and never answered',
      input: { ...scored({ damaged_item: 0.9 }), state: { sequence: 'overtaken' } },
      expected: {
        row: 'D10',
        team: 'Returns Admin',
        routeTag: 'route-returns-admin',
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        reasonCodes: ['superseded_by_newer_message'],
      },
    },
    {
      given: 'protocols §3: a strong hit in an overtaken comment escalates',
      input: { state: { sequence: 'overtaken' }, turn: strong('LEGAL_THREAT') },
      expected: { row: 'D1', tier: 0, team: 'Leadership Team' },
    },
    {
      given: 'I5: an overtaken comment that nobody classified',
      input: { classifier: { kind: null, raw: {}, calibrated: {} }, state: { sequence: 'overtaken' } },
      expected: { row: 'D4', team: 'Email Support Team', action: 'ROUTE_ONLY' },
    },
    {
      given: '2: a solved ticket',
      input: { state: { ticketOpen: false } },
      expected: {
        row: 'D10',
        team: 'Email Support Team',
        tier: null,
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        reasonCodes: ['ticket_closed'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-order_status_tracking',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-escalated-human',
          'mw-auto-skipped-resolved',
        ],
      },
    },
    {
      given: '2: a solved ticket about damage goes to the default queue too',
      input: { ...scored({ damaged_item: 0.9 }), state: { ticketOpen: false } },
      expected: { team: 'Email Support Team', row: 'D10' },
    },
    {
      given: '3: a colleague answered last',
      input: { ...TIER2, state: { lastAuthor: 'agent' } },
      expected: {
        row: 'D10',
        action: 'ROUTE_ONLY',
        team: null,
        routeTag: null,
        reasonCodes: ['last_message_from_agent'],
      },
    },
    {
      given: '3: the conversation is held by a colleague',
      input: { ...TIER2, state: { agentHeld: true } },
      expected: { row: 'D10', action: 'ROUTE_ONLY', team: null, reasonCodes: ['last_message_from_agent'] },
    },
    {
      given: '3: our own reply overtook the comment, which is routed (protocols §3)',
      input: { state: { lastAuthor: 'bot' } },
      expected: {
        row: 'D10',
        action: 'ROUTE_ONLY',
        team: 'Email Support Team',
        routeTag: 'route-email-support-team',
        reasonCodes: ['last_message_from_agent'],
      },
    },
    {
      given: '3: an author nobody can tell counts as an operator',
      input: { state: { lastAuthor: 'unknown' } },
      expected: {
        row: 'D10',
        action: 'ROUTE_ONLY',
        team: 'Email Support Team',
        reasonCodes: ['last_message_from_agent'],
      },
    },
    {
      given: "4: yesterday's dispute flag",
      input: { state: { stickyFlags: ['CHARGEBACK_DISPUTE'], stickyTeam: 'Chargebacks / Disputes Team' } },
      expected: {
        row: 'D1',
        tier: 0,
        rank: 2,
        team: 'Chargebacks / Disputes Team',
        routeTag: 'route-chargebacks-disputes',
        primaryIntent: 'order_status_tracking',
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        templateCandidate: null,
        riskFlags: ['CHARGEBACK_DISPUTE'],
        reasonCodes: ['sticky_escalation'],
        escalates: false,
      },
    },
    {
      given: '4: a flag whose team was not stored goes to the team of its family',
      input: { state: { stickyFlags: ['CHARGEBACK_DISPUTE'] } },
      expected: { team: 'Chargebacks / Disputes Team' },
    },
    {
      given: '5: only a photo',
      input: {
        classifier: { kind: null, raw: {}, calibrated: {} },
        message: { attachmentOnly: true, words: 0, language: { detector: 'unknown' } },
      },
      expected: {
        row: 'D5',
        primaryIntent: 'unknown_other',
        team: 'Email Support Team',
        routingConfidence: null,
        margin: null,
        tier: null,
        tierCandidate: null,
        reasonCodes: ['attachment_only', 'intent_route_only'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-unknown_other',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-attachment-only',
        ],
      },
    },
    {
      given: '6: empty text and no file',
      input: {
        classifier: { kind: null, raw: {}, calibrated: {} },
        message: { empty: true, words: 0, language: { detector: 'unknown' } },
      },
      expected: {
        row: 'D5',
        primaryIntent: 'unknown_other',
        routingConfidence: null,
        reasonCodes: ['low_confidence', 'intent_route_only'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-unknown_other',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-needs-manual-triage',
        ],
      },
    },
  ])('$given', check);
});

describe('Tier 0 and weak risk (G06 to G10, G12)', () => {
  it.each<Case>([
    {
      given: '7: a bank dispute',
      input: { classifier: { kind: null, raw: {}, calibrated: {} }, turn: strong('CHARGEBACK_DISPUTE') },
      expected: {
        row: 'D1',
        tier: 0,
        rank: 2,
        primaryIntent: 'chargeback_dispute',
        team: 'Chargebacks / Disputes Team',
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        routingConfidence: null,
        margin: null,
        riskFlags: ['CHARGEBACK_DISPUTE'],
        reasonCodes: ['tier0_always_handoff'],
        tags: [
          'mw-processed',
          'route-chargebacks-disputes',
          'mw-intent-chargeback_dispute',
          'mw-tier-0',
          'mw-routing-applied',
          'mw-escalated-human',
        ],
      },
    },
    {
      given: '10: a timeout and a dispute phrase',
      input: { classifier: { failure: 'timeout', raw: {}, calibrated: {} }, turn: strong('CHARGEBACK_DISPUTE') },
      expected: {
        row: 'D1',
        tier: 0,
        team: 'Chargebacks / Disputes Team',
        reasonCodes: ['tier0_always_handoff', 'vendor_error_fail_closed'],
      },
    },
    {
      given: 'ruling 26: a strong hit without a family keeps the intent',
      input: { ...scored(STATUS), turn: strong('OTHER_HIGH_RISK') },
      expected: {
        row: 'D1',
        tier: 0,
        primaryIntent: 'order_status_tracking',
        team: 'Leadership Team',
        riskFlags: ['OTHER_HIGH_RISK'],
      },
    },
    {
      given: '§2.1: a screen that failed counts as strong without a family',
      input: { turn: { screenStrength: 'strong', screenHits: [] } },
      expected: { row: 'D1', team: 'Leadership Team', riskFlags: ['OTHER_HIGH_RISK'] },
    },
    {
      given: '§6.2: a strong hit is routed even on a superseded comment of a closed, answered ticket',
      input: {
        turn: { ...strong('LEGAL_THREAT'), newerCommentSeen: true },
        state: { ticketOpen: false, lastAuthor: 'agent', agentHeld: true },
      },
      expected: { row: 'D1', tier: 0, team: 'Leadership Team', routeTag: 'route-leadership-team' },
    },
    {
      given: '15: the model flags fraud beside a status question',
      input: {
        classifier: { kind: 'openai', requested: requested({ riskFlags: ['FRAUD_SUSPECTED'] }) },
        versions: { classifier: 'routing_prompt@1.0.0' },
      },
      expected: {
        row: 'D1',
        team: 'Leadership Team',
        primaryIntent: 'fraud_suspected',
        riskFlags: ['FRAUD_SUSPECTED'],
        action: 'ROUTE_ONLY',
      },
    },
    {
      given: '16: a legal threat scored 0.22 as runner-up',
      input: scored({ order_status_tracking: 0.9, legal_threat: 0.22 }),
      expected: {
        row: 'D1',
        tier: 0,
        primaryIntent: 'legal_threat',
        secondaryIntents: ['order_status_tracking'],
        team: 'Leadership Team',
      },
    },
    {
      given: '§5.3: a legal threat at 0.20 exactly',
      input: scored({ order_status_tracking: 0.9, legal_threat: 0.2 }),
      expected: { row: 'D1', tier: 0 },
    },
    {
      given: '17: a legal threat scored 0.12',
      input: scored({ refund_request: 0.9, legal_threat: 0.12 }),
      expected: {
        row: 'D3',
        tier: null,
        rank: 1,
        team: 'Returns Admin',
        action: 'ROUTE_ONLY',
        tierCandidate: null,
        riskFlags: ['OTHER_HIGH_RISK'],
        reasonCodes: ['tier0_always_handoff'],
        tags: [
          'mw-processed',
          'route-returns-admin',
          'mw-intent-refund_request',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-needs-manual-triage',
        ],
      },
    },
    {
      given: '§5.3: at 0.19 it is weak',
      input: scored({ refund_request: 0.9, legal_threat: 0.19 }),
      expected: { row: 'D3' },
    },
    {
      given: '§5.3: at 0.10 it is weak',
      input: scored({ refund_request: 0.9, legal_threat: 0.1 }),
      expected: { row: 'D3' },
    },
    {
      given: '§5.3: at 0.09 it is nothing',
      input: scored({ refund_request: 0.9, legal_threat: 0.09 }),
      expected: { row: 'D9', riskFlags: [] },
    },
    {
      given: '18: the model asks for a person',
      input: {
        ...scored({ refund_request: 0.9 }),
        classifier: {
          ...scored({ refund_request: 0.9 }).classifier,
          requested: requested({ primary: 'refund_request', forceHuman: true }),
        },
      },
      expected: {
        row: 'D3',
        team: 'Returns Admin',
        action: 'ROUTE_ONLY',
        riskFlags: [],
        reasonCodes: ['tier0_always_handoff'],
      },
    },
    {
      given: 'ruling 26: the model asks for triage',
      input: { classifier: { requested: requested({ needsManualTriage: true }) } },
      expected: { row: 'D3', action: 'ROUTE_ONLY', tierCandidate: null },
    },
    {
      given: '§2.1: a weak screen hit',
      input: { ...scored({ damaged_item: 0.9 }), turn: { screenStrength: 'weak' } },
      expected: { row: 'D3', team: 'Returns Admin', riskFlags: ['OTHER_HIGH_RISK'], tier: null },
    },
    {
      given: 'G09: a weak hit that the summary left out',
      input: {
        ...scored({ damaged_item: 0.9 }),
        turn: { screenHits: [{ family: 'LEGAL_THREAT', ruleId: 'test.rule', strength: 'weak' }] },
      },
      expected: { row: 'D3', team: 'Returns Admin', riskFlags: ['OTHER_HIGH_RISK'] },
    },
    {
      given: '§2.2: weak moderation',
      input: { ...scored({ damaged_item: 0.9 }), turn: { moderation: 'weak' } },
      expected: { row: 'D3', team: 'Returns Admin' },
    },
    {
      given: '§2.2: strong moderation',
      input: { ...scored({ damaged_item: 0.9 }), turn: { moderation: 'strong' } },
      expected: { row: 'D1', team: 'Leadership Team', primaryIntent: 'harassment_threats' },
    },
    {
      given: '19: a wish to erase everything',
      input: { ...scored({ unknown_other: 0.4 }), message: { topics: { privacyRequest: true } } },
      expected: {
        row: 'D3',
        tier: 0,
        rank: 2,
        primaryIntent: 'unknown_other',
        team: 'Leadership Team',
        action: 'ROUTE_ONLY',
        reasonCodes: ['privacy_request', 'intent_route_only'],
        tags: [
          'mw-processed',
          'route-leadership-team',
          'mw-intent-unknown_other',
          'mw-tier-0',
          'mw-routing-applied',
          'mw-escalated-human',
          'mw-privacy-request',
        ],
      },
    },
    {
      given: '20: a wish to see the prompt',
      input: { ...scored({ unknown_other: 0.4 }), message: { topics: { securityProbe: true } } },
      expected: { row: 'D3', tier: null, rank: 1, team: 'Email Support Team', action: 'ROUTE_ONLY' },
    },
    {
      given: '20: with an intent beside it, that intent is routed',
      input: { ...scored({ damaged_item: 0.9 }), message: { topics: { securityProbe: true } } },
      expected: {
        row: 'D3',
        team: 'Returns Admin',
        reasonCodes: ['security_sensitive'],
        action: 'ROUTE_ONLY',
        tierCandidate: null,
      },
    },
    {
      given: '§6.4: a changed contact and a wish for the tracking',
      input: { message: { topics: { contactChange: true } } },
      expected: {
        row: 'D1',
        primaryIntent: 'fraud_suspected',
        team: 'Leadership Team',
        riskFlags: ['FRAUD_SUSPECTED'],
      },
    },
    {
      given: '24: the summary says nothing, a hit says strong',
      input: { turn: { ...strong('LEGAL_THREAT'), screenStrength: 'none' } },
      expected: {
        row: 'D1',
        tier: 0,
        primaryIntent: 'legal_threat',
        team: 'Leadership Team',
        reasonCodes: ['tier0_always_handoff'],
      },
    },
    {
      given: 'I3: the keyword rules found a dispute in an older comment',
      input: {
        turn: { olderKeywordHits: [{ intent: 'chargeback_dispute', ruleId: 'kw.dispute', precision: 'weak' }] },
      },
      expected: { row: 'D1', tier: 0, team: 'Chargebacks / Disputes Team' },
    },
  ])('$given', check);

  it('20: carries the tag of a security probe', () => {
    const decision = decide(decisionInput({ message: { topics: { securityProbe: true } } }));
    expect(decision.tags).toContain('mw-security-sensitive');
  });

  it('fraud has a tag of its own', () => {
    const decision = decide(decisionInput({ message: { topics: { contactChange: true } } }));
    expect(decision.tags).toContain('mw-fraud-suspected');
  });
});

describe('the classifier (G07)', () => {
  it.each<Case>([
    ...(['timeout', 'rate_limited', 'server', 'network', 'permanent'] as const).map((failure) => ({
      given: `9: ${failure}`,
      input: { classifier: { kind: 'openai' as const, rung: 'F3' as const, failure, raw: {}, calibrated: {} } },
      expected: {
        row: 'D4' as const,
        rank: 0 as const,
        tier: null,
        team: 'Email Support Team' as const,
        primaryIntent: 'unknown_other' as const,
        reasonCodes: ['vendor_error_fail_closed' as const, 'intent_route_only' as const],
      },
    })),
    {
      given: '11: an invalid output',
      input: { classifier: { failure: 'invalid', rung: 'F1', ...scored({ refund_request: 0.6 }).classifier } },
      expected: {
        row: 'D4',
        rank: 0,
        team: 'Returns Admin',
        routingConfidence: 0.6,
        tierCandidate: null,
        reasonCodes: ['schema_invalid_fail_closed', 'low_confidence'],
      },
    },
    {
      given: '14: an open breaker',
      input: { classifier: { failure: 'circuit_open', rung: 'F2', ...scored({ cancel_order: 0.8 }).classifier } },
      expected: { row: 'D4', team: 'Email Support Team', routingConfidence: 0.8, reasonCodes: ['circuit_open'] },
    },
    {
      given: '13: embedded may not decide replies here',
      input: {
        classifier: { kind: 'embedded', mayReply: false, ...scored({ damaged_item: 0.9 }).classifier },
        versions: { classifier: 'embedded@1.0.0', calibration: 'embedded-map@1.0.0' },
      },
      expected: {
        row: 'D4',
        rank: 1,
        team: 'Returns Admin',
        tier: null,
        tierCandidate: null,
        reasonCodes: ['embedded_route_only'],
      },
    },
    {
      given: 'D4: embedded below 0.60 goes to the default queue',
      input: {
        classifier: { kind: 'embedded', mayReply: false, ...scored({ damaged_item: 0.59 }).classifier },
        versions: { classifier: 'embedded@1.0.0', calibration: 'embedded-map@1.0.0' },
      },
      expected: { row: 'D4', team: 'Email Support Team', reasonCodes: ['embedded_route_only', 'low_confidence'] },
    },
    {
      given: '13: embedded may reply in the local stage',
      input: {
        classifier: { kind: 'embedded', ...scored({ damaged_item: 0.9 }).classifier },
        versions: { classifier: 'embedded@1.0.0', calibration: 'embedded-map@1.0.0' },
      },
      expected: { row: 'D9', templateId: 't_damaged_item_intake' },
    },
    {
      given: 'I5: nobody was asked and nothing spared it',
      input: { classifier: { kind: null, raw: {}, calibrated: {} } },
      expected: { row: 'D4', action: 'ROUTE_ONLY', reasonCodes: ['vendor_error_fail_closed', 'intent_route_only'] },
    },
    {
      given: '75: thresholds that were fitted on another version',
      input: { ...scored({ damaged_item: 0.9 }), versions: { classifier: 'keyword@2.0.0' } },
      expected: { row: 'D6', team: 'Returns Admin', tierCandidate: null, reasonCodes: ['low_confidence'] },
    },
    {
      given: '75: thresholds that were fitted through another calibration map',
      input: { ...scored({ damaged_item: 0.9 }), versions: { calibration: 'identity@2.0.0' } },
      expected: { row: 'D6', team: 'Returns Admin', tierCandidate: null, reasonCodes: ['low_confidence'] },
    },
    {
      given: '75: the number question is a reply too',
      input: {
        ...APPROVAL,
        order: orderNotMatched('unlinked'),
        versions: { classifier: 'keyword@2.0.0' },
      },
      expected: {
        row: 'D6',
        action: 'ROUTE_ONLY',
        reasonCodes: ['low_confidence'],
      },
    },
  ])('$given', check);

  it('12: a refusal carries the triage tag and its own reason', () => {
    const decision = decide(
      decisionInput({ classifier: { failure: 'refusal', rung: 'F1', ...scored({ refund_request: 0.6 }).classifier } }),
    );
    expect(decision.reasonCodes[0]).toBe('model_refusal');
    expect(decision.tags).toEqual(expect.arrayContaining(['mw-needs-manual-triage', 'mw-model-failure']));
  });

  it('9: a failure is tagged, and a keyword classifier that did not fail is not', () => {
    const failed = decide(decisionInput({ classifier: { failure: 'timeout', rung: 'F3', raw: {}, calibrated: {} } }));
    expect(failed.tags).toEqual(expect.arrayContaining(['mw-model-failure', 'mw-needs-manual-triage']));
    expect(decide(decisionInput()).tags).not.toContain('mw-model-failure');
  });
});

describe('intent, confidence and tier (G11 to G20)', () => {
  it.each<Case>([
    {
      given: '21: status 0.85 and cancel 0.80',
      input: scored({ order_status_tracking: 0.85, cancel_order: 0.8 }),
      expected: {
        row: 'D9',
        tier: 1,
        primaryIntent: 'cancel_order',
        secondaryIntents: ['order_status_tracking'],
        team: 'Email Support Team',
        templateId: 't_cancel_order_ack_intake',
        routingConfidence: 0.7,
        margin: 0.8,
        reasonCodes: ['tier1_safe_assist'],
      },
    },
    {
      given: '22: damaged 0.80 and refund 0.82',
      input: scored({ damaged_item: 0.8, refund_request: 0.82 }),
      expected: {
        primaryIntent: 'damaged_item',
        secondaryIntents: ['refund_request'],
        team: 'Returns Admin',
        templateId: 't_damaged_item_intake',
        routingConfidence: 0.7,
      },
    },
    {
      given: '23: not received and a dispute',
      input: scored({ delivered_not_received: 0.8, chargeback_dispute: 0.7 }),
      expected: {
        row: 'D1',
        primaryIntent: 'chargeback_dispute',
        secondaryIntents: ['delivered_not_received'],
        action: 'ROUTE_ONLY',
      },
    },
    {
      given: '25: tier 3 for a cancel',
      input: {
        classifier: {
          ...scored({ cancel_order: 0.9 }).classifier,
          requested: requested({ primary: 'cancel_order', tier: 'TIER_3_AUTO_ACTION' }),
        },
      },
      expected: {
        row: 'D9',
        tier: 1,
        templateId: 't_cancel_order_ack_intake',
        reasonCodes: ['tier1_safe_assist', 'tier3_disabled'],
      },
    },
    {
      given: '26: routing confidence 0.60 exactly',
      input: scored({ damaged_item: 0.6 }),
      expected: { team: 'Returns Admin', row: 'D9', routingConfidence: 0.6 },
    },
    {
      given: '27: 0.59',
      input: scored({ damaged_item: 0.59 }),
      expected: {
        row: 'D5',
        team: 'Email Support Team',
        action: 'ROUTE_ONLY',
        reasonCodes: ['low_confidence'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-damaged_item',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-uncertain',
        ],
      },
    },
    {
      given: '27: 0.50 is still uncertain only',
      input: scored({ damaged_item: 0.5 }),
      expected: {
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-damaged_item',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-uncertain',
        ],
      },
    },
    {
      given: '26: 0.60 is certain',
      input: scored({ damaged_item: 0.6 }),
      expected: {
        tags: ['mw-processed', 'route-returns-admin', 'mw-intent-damaged_item', 'mw-tier-1', 'mw-routing-applied'],
      },
    },
    {
      given: '28: 0.49',
      input: scored({ damaged_item: 0.49 }),
      expected: {
        row: 'D5',
        team: 'Email Support Team',
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-damaged_item',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-needs-manual-triage',
        ],
      },
    },
    {
      given: '29: two words at 0.72, before the look-up',
      input: { ...scored({ order_status_tracking: 0.72 }), message: { words: 2 } },
      expected: {
        routingConfidence: 0.62,
        tierCandidate: 2,
        templateCandidate: 't_order_status_ask_order_number',
        routeWhen: 'now',
        action: 'ROUTE_ONLY',
      },
    },
    {
      given: '29: two words at 0.72, no order',
      input: {
        stage: 'approval',
        ...scored({ order_status_tracking: 0.72 }),
        message: { words: 2 },
        order: orderNotMatched('unlinked'),
      },
      expected: { row: 'D9', tier: 1, templateId: 't_order_status_ask_order_number' },
    },
    {
      given: '29: two words at 0.72, one order',
      input: { ...TIER2, ...scored({ order_status_tracking: 0.72 }), message: { words: 2 } },
      expected: { row: 'D6', action: 'ROUTE_ONLY', reasonCodes: ['low_confidence'] },
    },
    {
      given: 'A27: one word at 0.99, one order',
      input: { ...TIER2, ...scored({ order_status_tracking: 0.99 }), message: { words: 1 } },
      expected: { row: 'D6', action: 'ROUTE_ONLY', reasonCodes: ['low_confidence'] },
    },
    {
      given: 'A27: two words at 0.99, one order',
      input: { ...TIER2, ...scored({ order_status_tracking: 0.99 }), message: { words: 2 } },
      expected: { tier: 2, templateId: 't_order_status_verified' },
    },
    {
      given: '30: refund 0.85 and return 0.80',
      input: scored({ refund_request: 0.85, return_request: 0.8 }),
      expected: {
        row: 'D6',
        routingConfidence: 0.65,
        margin: 0.05,
        team: 'Returns Admin',
        action: 'ROUTE_ONLY',
        reasonCodes: ['ambiguous_margin'],
      },
    },
    {
      given: '31: status 0.90 and delay 0.85 only',
      input: scored({ order_status_tracking: 0.9, shipping_delay_not_shipped: 0.85 }),
      expected: { routingConfidence: 0.8, margin: 0.9, tierCandidate: 2 },
    },
    {
      given: '32: status 0.80 and technical 0.70',
      input: scored({ order_status_tracking: 0.8, technical_support: 0.7 }),
      expected: {
        row: 'D6',
        primaryIntent: 'order_status_tracking',
        secondaryIntents: ['technical_support'],
        team: 'Email Support Team',
        tierCandidate: null,
        reasonCodes: ['multi_intent_action_request'],
      },
    },
    {
      given: '33: status 0.88 and promo 0.60, one order',
      input: { ...TIER2, ...scored({ order_status_tracking: 0.88, promo_discount_issue: 0.6 }) },
      expected: { row: 'D6', action: 'ROUTE_ONLY', reasonCodes: ['multi_intent_action_request'] },
    },
    {
      given: '33: status 0.88 and promo 0.60, no order',
      input: {
        stage: 'approval',
        ...scored({ order_status_tracking: 0.88, promo_discount_issue: 0.6 }),
        order: orderNotMatched('unlinked'),
      },
      expected: { row: 'D9', tier: 1, templateId: 't_order_status_ask_order_number' },
    },
    {
      given: '33: before the look-up only the number question is left',
      input: scored({ order_status_tracking: 0.88, promo_discount_issue: 0.6 }),
      expected: {
        row: 'D9',
        tier: 1,
        tierCandidate: 2,
        templateCandidate: 't_order_status_ask_order_number',
        routeWhen: 'now',
      },
    },
    {
      given: '34: "call me" at 0.90',
      input: scored({ phone_support_request: 0.9 }),
      expected: { row: 'D6', team: 'Phone Support Team', action: 'ROUTE_ONLY', reasonCodes: ['intent_route_only'] },
    },
    {
      given: '37: cancel at 0.63',
      input: scored({ cancel_order: 0.63 }),
      expected: { row: 'D6', team: 'Email Support Team', reasonCodes: ['low_confidence'] },
    },
    {
      given: '37: cancel at 0.65',
      input: scored({ cancel_order: 0.65 }),
      expected: { row: 'D9', templateId: 't_cancel_order_ack_intake' },
    },
    {
      given: '38: technical at 0.69',
      input: scored({ technical_support: 0.69 }),
      expected: { row: 'D6', team: 'Technical Support Team', reasonCodes: ['low_confidence'] },
    },
    {
      given: '38: technical at 0.70',
      input: scored({ technical_support: 0.7 }),
      expected: { row: 'D9', templateId: 't_technical_support_intake' },
    },
    {
      given: '72: "unsubscribe" alone',
      input: { ...scored({ cancel_subscription: 0.9 }), message: { words: 1, topics: { unsubscribeOnly: true } } },
      expected: {
        row: 'D5',
        primaryIntent: 'cancel_subscription',
        routingConfidence: 0.55,
        team: 'Email Support Team',
        action: 'ROUTE_ONLY',
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-cancel_subscription',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-uncertain',
        ],
      },
    },
    {
      given: '72: whatever the classifier makes of the word',
      input: { ...scored({ unknown_other: 0.9 }), message: { words: 1, topics: { unsubscribeOnly: true } } },
      expected: {
        row: 'D5',
        primaryIntent: 'cancel_subscription',
        secondaryIntents: ['unknown_other'],
        routingConfidence: 0.55,
        team: 'Email Support Team',
        reasonCodes: ['low_confidence'],
      },
    },
    {
      given: 'A23: an out-of-office mail',
      input: { ...scored({ damaged_item: 0.9 }), message: { topics: { machineMail: true } } },
      expected: {
        row: 'D6',
        primaryIntent: 'unknown_other',
        team: 'Email Support Team',
        routingConfidence: null,
        reasonCodes: ['intent_route_only'],
      },
    },
  ])('$given', check);

  it('35: the model names another intent’s template, and the table replaces it', () => {
    const decision = decide(
      decisionInput({
        ...TIER2,
        classifier: { requested: requested({ templateId: 't_refund_request_intake' }) },
      }),
    );
    expect(decision).toMatchObject({ templateId: 't_order_status_verified', row: 'D8' });
    expect(decision.gateReport.find(({ gate }) => gate === 'G19')).toEqual({
      gate: 'G19',
      result: 'downgrade',
      reasonCode: 'template_not_allowed',
      before: 't_refund_request_intake',
      after: 't_order_status_verified',
    });
  });
});

describe('the order (G21 to G23)', () => {
  it.each<Case>([
    {
      given: '39: no linked order',
      input: { ...APPROVAL, order: orderNotMatched('unlinked') },
      expected: {
        row: 'D9',
        tier: 1,
        tierCandidate: 1,
        templateId: 't_order_status_ask_order_number',
        automationConfidence: 0,
        reasonCodes: ['tier1_safe_assist', 'tier2_missing_deterministic_match'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-order_status_tracking',
          'mw-tier-1',
          'mw-routing-applied',
          'mw-order-lookup-needed',
        ],
      },
    },
    {
      given: '40: two linked orders',
      input: { ...APPROVAL, order: orderNotMatched('multiple') },
      expected: { row: 'D9', templateId: 't_order_status_ask_order_number' },
    },
    {
      given: '40: a match that counts two orders is none',
      input: { ...TIER2, order: orderInput({ matchCount: 2 }) },
      expected: { row: 'D9', tier: 1, templateId: 't_order_status_ask_order_number' },
    },
    {
      given: '41: the look-up failed',
      input: { ...APPROVAL, order: orderUnknown() },
      expected: {
        row: 'D6',
        action: 'ROUTE_ONLY',
        team: 'Email Support Team',
        reasonCodes: ['vendor_error_fail_closed'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-order_status_tracking',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-order-lookup-failed',
          'mw-order-status-suppressed',
        ],
      },
    },
    {
      given: 'I5: an approval without any word of the order',
      input: APPROVAL,
      expected: {
        row: 'D6',
        action: 'ROUTE_ONLY',
        reasonCodes: ['vendor_error_fail_closed'],
        tags: expect.arrayContaining(['mw-order-lookup-failed', 'mw-order-status-suppressed']),
      },
    },
    {
      given: '42: a link without created-at (A11)',
      input: {
        ...APPROVAL,
        order: orderInput({
          deterministicMatch: 'false',
          notMatchedReason: 'missing_context',
          contextComplete: false,
          missingFields: ['created_at'],
          contextReasonCodes: ['missing_order_context'],
          labels: null,
        }),
      },
      expected: {
        row: 'D6',
        action: 'ROUTE_ONLY',
        reasonCodes: ['missing_order_context'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-order_status_tracking',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-order-lookup-failed',
          'mw-order-status-suppressed',
          'mw-order-lookup-missing:created_at',
        ],
      },
    },
    {
      given: 'A06: an unknown shipping method',
      input: {
        ...APPROVAL,
        order: orderInput({
          notMatchedReason: 'missing_context',
          contextComplete: false,
          missingFields: ['tracking', 'shipping_window'],
          labels: null,
        }),
      },
      expected: { reasonCodes: ['missing_order_context', 'shipping_bucket_unknown'] },
    },
    {
      given: 'A13: the linked e-mail is another one',
      input: {
        ...APPROVAL,
        order: orderInput({
          notMatchedReason: 'missing_context',
          contextComplete: false,
          missingFields: ['contact'],
          contextReasonCodes: ['missing_order_context', 'source_conflict'],
          labels: null,
        }),
      },
      expected: {
        row: 'D6',
        reasonCodes: ['missing_order_context', 'source_conflict'],
        tags: [
          'mw-processed',
          'route-email-support-team',
          'mw-intent-order_status_tracking',
          'mw-tier-route-only',
          'mw-routing-applied',
          'mw-order-lookup-needed',
        ],
      },
    },
    {
      given: 'A17: a cancelled order',
      input: { ...TIER2, order: orderInput({ labels: { fulfilmentState: 'cancelled' } }) },
      expected: { row: 'D6', action: 'ROUTE_ONLY', team: 'Email Support Team', reasonCodes: ['template_not_allowed'] },
    },
    {
      given: '§2.4: an order in trouble goes to Returns Admin',
      input: { ...TIER2, order: orderInput({ labels: { fulfilmentState: 'exception' } }) },
      expected: { row: 'D6', action: 'ROUTE_ONLY', team: 'Returns Admin' },
    },
    {
      given: '43: no tracking, two days elapsed on Standard',
      input: ESTIMATE,
      expected: {
        row: 'D7',
        tier: 2,
        action: 'SEND_TEMPLATE',
        templateId: 't_order_eta_no_tracking_verified',
        autoClose: true,
        routeWhen: 'afterReply',
        reasonCodes: ['tier2_verified'],
        automationConfidence: 0.9,
        wouldReply: true,
      },
    },
    {
      given: '44: five days elapsed on Standard',
      input: { ...TIER2, order: orderInWindow({ elapsedBd: 5, remainingMinBd: 0, remainingMaxBd: 0, isLate: true }) },
      expected: {
        row: 'D8',
        templateId: 't_shipping_delay_verified',
        autoClose: false,
        reasonCodes: ['tier2_verified', 'out_of_sla_window'],
        team: 'Email Support Team',
      },
    },
    {
      given: '45: a pre-order without a date',
      input: {
        ...TIER2,
        order: orderInWindow({
          isPreorder: 'yes',
          preorderEtaKnown: false,
          remainingMinBd: null,
          remainingMaxBd: null,
          estimateObjection: 'preorder_eta_missing',
        }),
      },
      expected: {
        row: 'D8',
        templateId: 't_shipping_delay_verified',
        autoClose: false,
        reasonCodes: ['tier2_verified', 'preorder_eta_missing'],
      },
    },
    {
      given: 'P_FRESH: facts read 16 minutes ago',
      input: { ...TIER2, order: orderInput({ factsFetchedAt: minutesAgo(16) }) },
      expected: { row: 'D6', reasonCodes: ['order_facts_stale'] },
    },
    {
      given: 'P_FRESH: facts read 15 minutes ago',
      input: { ...TIER2, order: orderInput({ factsFetchedAt: minutesAgo(15) }) },
      expected: { row: 'D8', templateId: 't_order_status_verified' },
    },
    {
      given: 'P_FRESH: facts that will be read in a minute',
      input: { ...TIER2, order: orderInput({ factsFetchedAt: minutesAgo(-1) }) },
      expected: { row: 'D6', reasonCodes: ['order_facts_stale'] },
    },
    {
      given: 'P_FRESH: facts of no known time',
      input: { ...TIER2, order: orderInput({ factsFetchedAt: null }) },
      expected: { row: 'D6', reasonCodes: ['order_facts_stale'] },
    },
    {
      given: '69: delivered, and "nothing here"',
      input: {
        ...APPROVAL,
        order: orderInput({ labels: { fulfilmentState: 'delivered', statusLabel: 'delivered' } }),
        message: { topics: { deniesReceipt: true } },
      },
      expected: {
        row: 'D9',
        tier: 1,
        primaryIntent: 'delivered_not_received',
        secondaryIntents: ['order_status_tracking'],
        team: 'Returns Admin',
        templateId: 't_delivered_not_received_intake',
      },
    },
    {
      given: '69: two other wishes stand beside it, and two secondaries are kept',
      input: {
        ...APPROVAL,
        ...scored({ order_status_tracking: 0.9, technical_support: 0.5, promo_discount_issue: 0.4 }),
        order: orderInput({ labels: { fulfilmentState: 'delivered', statusLabel: 'delivered' } }),
        message: { topics: { deniesReceipt: true } },
      },
      expected: {
        primaryIntent: 'delivered_not_received',
        secondaryIntents: ['order_status_tracking', 'technical_support'],
      },
    },
    {
      given: '§6.4: delivered, and the message only asks',
      input: { ...TIER2, order: orderInput({ labels: { fulfilmentState: 'delivered', statusLabel: 'delivered' } }) },
      expected: { row: 'D8', tier: 2, primaryIntent: 'order_status_tracking', templateId: 't_order_status_verified' },
    },
  ])('$given', check);
});

describe('language, verifier and automation confidence (G24 to G26)', () => {
  it.each<Case>([
    {
      given: '46: a Spanish status question',
      input: { message: { language: { detector: 'es' } } },
      expected: { row: 'D6', team: 'Email Support Team', tierCandidate: null, reasonCodes: ['language_unsupported'] },
    },
    {
      given: '46: the model says Spanish',
      input: { message: { language: { model: 'es' } } },
      expected: { row: 'D6', reasonCodes: ['language_unsupported'] },
    },
    {
      given: '46: the model cannot tell',
      input: { message: { language: { model: 'unknown' } } },
      expected: { row: 'D6', reasonCodes: ['language_unsupported'] },
    },
    {
      given: '46: the model cannot make it laxer',
      input: { message: { language: { detector: 'other', model: 'en' } } },
      expected: { row: 'D6', reasonCodes: ['language_unsupported'] },
    },
    {
      given: '47: allowed at 0.79',
      input: { ...TIER2, verifier: verifierInput({ confidence: 0.79 }) },
      expected: { row: 'D6', reasonCodes: ['tier2_verifier_failed'] },
    },
    {
      given: '48: allowed at 0.80',
      input: { ...TIER2, verifier: verifierInput({ confidence: 0.8 }) },
      expected: { row: 'D8', automationConfidence: 0.8, reasonCodes: ['tier2_verified'] },
    },
    {
      given: '49: allowed as too ambiguous',
      input: { ...TIER2, verifier: verifierInput({ reasonCode: 'TOO_AMBIGUOUS' }) },
      expected: { row: 'D6', reasonCodes: ['tier2_verifier_failed'] },
    },
    {
      given: '50: an escalation is present',
      input: {
        ...TIER2,
        verifier: verifierInput({ allow: false, reasonCode: 'ESCALATION_PRESENT', downgradeTo: 'TIER_0_ESCALATION' }),
      },
      expected: {
        row: 'D1',
        tier: 0,
        rank: 2,
        escalates: true,
        team: 'Leadership Team',
        action: 'ROUTE_ONLY',
        riskFlags: ['OTHER_HIGH_RISK'],
        reasonCodes: ['tier2_verifier_failed', 'tier0_always_handoff'],
      },
    },
    {
      given: '50: an escalation is asked for under another code',
      input: {
        ...TIER2,
        verifier: verifierInput({ allow: false, reasonCode: 'TOO_AMBIGUOUS', downgradeTo: 'TIER_0_ESCALATION' }),
      },
      expected: { row: 'D1', escalates: true },
    },
    {
      given: '51: the verifier timed out',
      input: {
        ...TIER2,
        verifier: verifierInput({ failure: 'timeout', allow: false, confidence: null, reasonCode: 'TOO_AMBIGUOUS' }),
      },
      expected: { row: 'D6', action: 'ROUTE_ONLY', templateId: null, reasonCodes: ['tier2_verifier_failed'] },
    },
    {
      given: '51: a failed verifier that seems to agree',
      input: { ...TIER2, verifier: verifierInput({ failure: 'invalid' }) },
      expected: { row: 'D6', reasonCodes: ['tier2_verifier_failed'] },
    },
    {
      given: '52: routing 0.71, verifier 0.95',
      input: { ...TIER2, ...scored({ order_status_tracking: 0.71 }), verifier: verifierInput({ confidence: 0.95 }) },
      expected: { row: 'D8', automationConfidence: 0.71 },
    },
    {
      given: 'G25: nobody asked the verifier',
      input: { ...TIER2, verifier: null },
      expected: { row: 'D6', automationConfidence: null, reasonCodes: ['tier2_verifier_failed'] },
    },
  ])('$given', check);

  it.each([
    {
      verdict: verifierInput({ allow: false, reasonCode: 'CONFLICTING_INTENT', downgradeTo: 'TIER_1_SAFE_ASSIST' }),
      triage: true,
    },
    {
      verdict: verifierInput({ allow: false, reasonCode: 'NOT_ORDER_STATUS', downgradeTo: 'ROUTE_ONLY' }),
      triage: true,
    },
    {
      verdict: verifierInput({ allow: false, reasonCode: 'TOO_AMBIGUOUS', downgradeTo: 'TIER_1_SAFE_ASSIST' }),
      triage: false,
    },
    {
      verdict: verifierInput({ allow: false, failure: 'timeout', confidence: null, downgradeTo: 'ROUTE_ONLY' }),
      triage: false,
    },
  ])('a denial $verdict.reasonCode to $verdict.downgradeTo asks for triage: $triage', ({ verdict, triage }) => {
    const decision = decide(decisionInput({ ...TIER2, verifier: verdict }));
    expect(decision.tags.includes('mw-needs-manual-triage')).toBe(triage);
    expect(decision.row).toBe('D6');
  });
});

describe('switches (G27 to G31)', () => {
  it.each<Case>([
    {
      given: '53: safe mode',
      input: { ...TIER2, verifier: null, flags: { safe_mode: true } },
      expected: { row: 'D6', wouldReply: false, reasonCodes: ['safe_mode_route_only'] },
    },
    {
      given: '§5.8: catch-up behaves as safe mode',
      input: { ...TIER2, verifier: null, flags: { catch_up_mode: true } },
      expected: { row: 'D6', reasonCodes: ['safe_mode_route_only'] },
    },
    {
      given: '54: automation off before the send',
      input: { ...TIER2, stage: 'sending', flags: { automation_enabled: false } },
      expected: { row: 'D6', action: 'ROUTE_ONLY', reasonCodes: ['automation_disabled'] },
    },
    {
      given: 'G27: outbound off',
      input: { ...TIER2, flags: { outbound_enabled: false } },
      expected: { row: 'D6', reasonCodes: ['outbound_disabled'] },
    },
    {
      given: 'ruling 29: shadow mode',
      input: { ...TIER2, flags: { shadow_mode: true } },
      expected: { row: 'D6', wouldReply: true, action: 'ROUTE_ONLY', reasonCodes: ['shadow_mode'] },
    },
    {
      given: 'ruling 29: read only',
      input: { ...TIER2, flags: { richpanel_read_only: true } },
      expected: { row: 'D6', wouldReply: true, reasonCodes: ['shadow_mode'] },
    },
    {
      given: 'ruling 29: production without the acknowledgement',
      input: { ...TIER2, flags: { writes_acknowledged: false }, setup: { stage: 'prod' } },
      expected: { row: 'D6', reasonCodes: ['writes_not_acknowledged'] },
    },
    {
      given: '§1.5: the acknowledgement is for production only',
      input: { ...TIER2, flags: { writes_acknowledged: false }, setup: { stage: 'staging' } },
      expected: { row: 'D8' },
    },
    {
      given: 'G27: every switch is named, in order',
      input: {
        ...TIER2,
        flags: {
          safe_mode: true,
          automation_enabled: false,
          outbound_enabled: false,
          shadow_mode: true,
          writes_acknowledged: false,
        },
        setup: { stage: 'prod' },
      },
      expected: {
        reasonCodes: [
          'safe_mode_route_only',
          'automation_disabled',
          'outbound_disabled',
          'shadow_mode',
          'writes_not_acknowledged',
        ],
      },
    },
    {
      given: '55: the Tier 2 stage off, a linked order',
      input: { ...TIER2, verifier: null, flags: { tier2_enabled: false } },
      expected: { row: 'D6', team: 'Email Support Team', reasonCodes: ['automation_disabled'] },
    },
    {
      given: '55: both stages off, the estimate',
      input: { ...ESTIMATE, verifier: null, flags: { tier2_enabled: false, auto_close_enabled: false } },
      expected: { row: 'D6', reasonCodes: ['automation_disabled', 'auto_close_disabled'] },
    },
    {
      given: '55: the Tier 2 stage off, no order',
      input: { ...APPROVAL, order: orderNotMatched('unlinked'), flags: { tier2_enabled: false } },
      expected: { row: 'D9', templateId: 't_order_status_ask_order_number' },
    },
    {
      given: '55: the Tier 2 stage off before the look-up: the question is still possible',
      input: { flags: { tier2_enabled: false } },
      expected: { tierCandidate: 2, templateCandidate: 't_order_status_ask_order_number', routeWhen: 'now' },
    },
    {
      given: '56: auto-close off inside the window',
      input: { ...ESTIMATE, flags: { auto_close_enabled: false } },
      expected: {
        row: 'D6',
        action: 'ROUTE_ONLY',
        autoClose: false,
        team: 'Email Support Team',
        reasonCodes: ['auto_close_disabled'],
      },
    },
    {
      given: '56: other templates do not need it',
      input: { ...TIER2, flags: { auto_close_enabled: false } },
      expected: { row: 'D8', routeWhen: 'now', templateId: 't_order_status_verified' },
    },
    {
      given: 'ruling 27: a blocked primary',
      input: { ...scored({ damaged_item: 0.9 }), flags: { blocked_intents: ['damaged_item'] } },
      expected: { row: 'D6', team: 'Returns Admin', reasonCodes: ['intent_route_only'] },
    },
    {
      given: 'G28: a blocked secondary',
      input: { ...scored({ damaged_item: 0.9, refund_request: 0.5 }), flags: { blocked_intents: ['refund_request'] } },
      expected: { row: 'D6', reasonCodes: ['intent_route_only'] },
    },
    {
      given: '57: TikTok and a missing item',
      input: { ...scored({ missing_items_in_shipment: 0.9 }), message: { channel: 'tiktok' } },
      expected: { row: 'D6', team: 'Returns Admin', reasonCodes: ['channel_not_enabled'] },
    },
    {
      given: '57: a flag cannot open a channel that is never answered',
      input: {
        ...scored({ missing_items_in_shipment: 0.9 }),
        message: { channel: 'tiktok' },
        flags: { channels: ['tiktok'] },
      },
      expected: { row: 'D6', wouldReply: false, reasonCodes: ['channel_not_enabled'] },
    },
    {
      given: 'G29: e-mail switched off',
      input: { ...scored({ damaged_item: 0.9 }), flags: { channels: ['livechat'] } },
      expected: { row: 'D6', wouldReply: true, reasonCodes: ['channel_not_enabled'] },
    },
    {
      given: '58: TikTok and "hi"',
      input: { ...scored({ unknown_other: 0.4 }), message: { channel: 'tiktok', words: 1 } },
      expected: { row: 'D5', team: 'TikTok Support', primaryIntent: 'unknown_other' },
    },
    {
      given: '59: the status template off',
      input: {
        ...TIER2,
        verifier: null,
        flags: { templates_enabled: ['t_shipping_delay_verified', 't_order_status_ask_order_number'] },
      },
      expected: { row: 'D6', templateId: null, reasonCodes: ['template_disabled'] },
    },
    {
      given: '60: the order has no name to show',
      input: { ...TIER2, order: orderInput({ labels: { hasOrderName: false } }) },
      expected: { row: 'D6', reasonCodes: ['missing_order_context'] },
    },
    {
      given: 'G30: no variant for the channel',
      input: { ...scored({ damaged_item: 0.9 }), setup: { templatesAvailable: [] } },
      expected: { row: 'D6', wouldReply: false, reasonCodes: ['no_variant'] },
    },
    {
      given: '61: not on the canary list',
      input: { ...scored({ damaged_item: 0.9 }), flags: { recipient_allowed: false } },
      expected: { row: 'D6', wouldReply: true, reasonCodes: ['allowlist_miss'] },
    },
    {
      given: 'G31: no identity to write as',
      input: { ...scored({ damaged_item: 0.9 }), flags: { bot_identity_present: false } },
      expected: { row: 'D6', reasonCodes: ['bot_identity_missing'] },
    },
  ])('$given', check);
});

describe('guards (G32 to G34)', () => {
  const damaged = scored({ damaged_item: 0.9 });
  const sent = (...minutes: number[]) =>
    minutes.map((at) => ({ at: minutesAgo(at), templateId: 't_refund_request_intake' as const }));
  it.each<Case>([
    {
      given: '62: a reply 9 minutes ago',
      input: { ...damaged, history: { conversation: sent(9) } },
      expected: { row: 'D6', reasonCodes: ['cooldown_10m'] },
    },
    {
      given: '62: a reply 10 minutes ago',
      input: { ...damaged, history: { conversation: sent(10) } },
      expected: { row: 'D9' },
    },
    {
      given: '63: three replies in 24 h',
      input: { ...damaged, history: { conversation: sent(60, 600, 1439) } },
      expected: { row: 'D6', reasonCodes: ['cap_24h_conversation'] },
    },
    {
      given: '63: the third is 24 h old',
      input: { ...damaged, history: { conversation: sent(60, 600, 1440) } },
      expected: { row: 'D9' },
    },
    {
      given: '63: two replies in 24 h',
      input: { ...damaged, history: { conversation: sent(60, 600) } },
      expected: { row: 'D9' },
    },
    {
      given: '64: a sixth reply for a customer',
      input: { ...damaged, history: { customer: [60, 61, 62, 63, 1439].map((at) => minutesAgo(at)) } },
      expected: { row: 'D6', reasonCodes: ['cap_24h_customer'] },
    },
    {
      given: '64: a fifth',
      input: { ...damaged, history: { customer: [60, 61, 62, 1439].map((at) => minutesAgo(at)) } },
      expected: { row: 'D9' },
    },
    {
      given: '64: a shop may not allow more',
      input: {
        ...damaged,
        setup: { limits: { perCustomerDay: 99 } },
        history: { customer: [60, 61, 62, 63, 1439].map((at) => minutesAgo(at)) },
      },
      expected: { row: 'D6', reasonCodes: ['cap_24h_customer'] },
    },
    {
      given: '64: a customer nobody knows',
      input: { ...damaged, history: { customerKnown: false } },
      expected: { row: 'D6', reasonCodes: ['cap_24h_customer'] },
    },
    {
      given: 'P_FIRST_TEMPLATE: the same template 23 h ago',
      input: { ...damaged, history: { conversation: [{ at: minutesAgo(1380), templateId: 't_damaged_item_intake' }] } },
      expected: { row: 'D6', reasonCodes: ['template_repeat'] },
    },
    {
      given: 'P_FIRST_TEMPLATE: the same template 24 h ago',
      input: { ...damaged, history: { conversation: [{ at: minutesAgo(1440), templateId: 't_damaged_item_intake' }] } },
      expected: { row: 'D9' },
    },
    {
      given: '65: a replayed event',
      input: { ...damaged, age: { isReplay: true } },
      expected: { row: 'D6', reasonCodes: ['replay_suppressed'] },
    },
    {
      given: 'guard 4: e-mail at 2 h',
      input: { ...damaged, age: { receivedAt: minutesAgo(120), commentCreatedAt: minutesAgo(120) } },
      expected: { row: 'D9' },
    },
    {
      given: 'guard 4: e-mail past 2 h',
      input: { ...damaged, age: { receivedAt: minutesAgo(121) } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'protocols §9: the older of the two times counts',
      input: { ...damaged, age: { commentCreatedAt: minutesAgo(121) } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'guard 4: chat at 15 min',
      input: { ...damaged, message: { channel: 'livechat' }, age: { receivedAt: minutesAgo(15) } },
      expected: { row: 'D9' },
    },
    {
      given: 'guard 4: chat past 15 min',
      input: { ...damaged, message: { channel: 'livechat' }, age: { receivedAt: minutesAgo(16) } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'protocols §9: Tier 2 at 55 min',
      input: { ...TIER2, age: { receivedAt: minutesAgo(55) } },
      expected: { row: 'D8' },
    },
    {
      given: 'protocols §9: Tier 2 past 55 min',
      input: { ...TIER2, age: { receivedAt: minutesAgo(56) } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'protocols §9: the number question past 55 min',
      input: { ...APPROVAL, order: orderNotMatched('unlinked'), age: { receivedAt: minutesAgo(56) } },
      expected: { row: 'D9' },
    },
    {
      given: 'protocols §9: a time nobody knows',
      input: { ...damaged, age: { receivedAt: null } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'protocols §9: a comment time nobody knows',
      input: { ...damaged, age: { commentCreatedAt: null } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'ruling 27: no reply epoch',
      input: { ...damaged, flags: { reply_epoch: null } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'ruling 27: received before the epoch',
      input: { ...damaged, flags: { reply_epoch: minutesAgo(0.5) } },
      expected: { row: 'D6', reasonCodes: ['too_old_to_reply'] },
    },
    {
      given: 'guard 5: received at the epoch',
      input: { ...damaged, flags: { reply_epoch: minutesAgo(1) } },
      expected: { row: 'D9' },
    },
    {
      given: 'guard 4: the approval has expired',
      input: { ...damaged, stage: 'sending', age: { expiresAt: minutesAgo(0.01) } },
      expected: { row: 'D6', reasonCodes: ['context_expired'] },
    },
    {
      given: 'guard 4: the approval ends now',
      input: { ...damaged, stage: 'sending', age: { expiresAt: minutesAgo(0) } },
      expected: { row: 'D9' },
    },
    {
      given: 'G33: the order context has expired',
      input: { ...TIER2, order: orderInput({ contextExpiresAt: minutesAgo(1) }) },
      expected: { row: 'D6', reasonCodes: ['context_expired'] },
    },
    {
      given: '66: the status template never resolves',
      input: TIER2,
      expected: {
        row: 'D8',
        autoClose: false,
        tier: 2,
        templateId: 't_order_status_verified',
        team: 'Email Support Team',
        routeWhen: 'afterReply',
      },
    },
    {
      given: '§7.4: an attachment in the turn',
      input: { ...ESTIMATE, turn: { hasAttachments: true } },
      expected: { row: 'D6', autoClose: false, reasonCodes: ['auto_close_disabled'] },
    },
    {
      given: '§7.4: an attachment of the newest comment',
      input: { ...ESTIMATE, message: { features: { hasAttachments: true } } },
      expected: { row: 'D6', reasonCodes: ['auto_close_disabled'] },
    },
    {
      given: '§7.4: resolved by us before (A44)',
      input: { ...ESTIMATE, state: { autoResolvedBefore: true } },
      expected: { row: 'D6', reasonCodes: ['auto_close_disabled'] },
    },
    {
      given: '§7.4: reopening is not proven',
      input: { ...ESTIMATE, setup: { reopenProven: false } },
      expected: { row: 'D6', reasonCodes: ['auto_close_disabled'] },
    },
    {
      given: 'G34: an estimate that says late at once',
      input: { ...ESTIMATE, order: orderInWindow({ isLate: true }) },
      expected: { row: 'D6', reasonCodes: ['out_of_sla_window'] },
    },
    {
      given: '§7.4: none of it concerns other templates',
      input: {
        ...TIER2,
        turn: { hasAttachments: true },
        state: { autoResolvedBefore: true },
        setup: { reopenProven: false },
      },
      expected: { row: 'D8' },
    },
  ])('$given', check);

  it('62 to 64: each limit carries the tag, other objections do not', () => {
    const limited = [
      { conversation: sent(9) },
      { conversation: sent(60, 600, 1439) },
      { customer: [60, 61, 62, 63, 1439].map((at) => minutesAgo(at)) },
    ];
    for (const history of limited) {
      expect(decide(decisionInput({ ...damaged, history })).tags).toContain('mw-auto-rate-limited');
    }
    expect(decide(decisionInput({ ...damaged, age: { isReplay: true } })).tags).not.toContain('mw-auto-rate-limited');
  });
});

describe('teams (1.1) and the rest', () => {
  const without = (...missing: readonly string[]) => ({
    setup: { teamsAvailable: TEAMS.filter((team) => !missing.includes(team)) },
  });
  it.each([
    {
      given: '67: Sales Team',
      intent: 'promo_discount_issue',
      missing: 'Sales Team',
      team: 'Email Support Team',
      tag: 'mw-needs-sales',
    },
    {
      given: '68: the disputes team',
      intent: 'chargeback_dispute',
      missing: 'Chargebacks / Disputes Team',
      team: 'Leadership Team',
      tag: 'mw-needs-chargebacks-queue',
    },
    {
      given: 'A52: Technical Support',
      intent: 'technical_support',
      missing: 'Technical Support Team',
      team: 'Email Support Team',
      tag: 'mw-needs-tech-support',
    },
    {
      given: '1.1: Returns Admin',
      intent: 'damaged_item',
      missing: 'Returns Admin',
      team: 'Email Support Team',
      tag: 'mw-needs-manual-triage',
    },
  ] as const)('$given absent', ({ intent, missing, team, tag }) => {
    const decision = decide(decisionInput({ ...scored({ [intent]: 0.85 }), ...without(missing) }));
    expect(decision).toMatchObject({ primaryIntent: intent, team });
    expect(decision.tags).toContain(tag);
  });

  it('1.1: Frontdesk keeps the name of a queue that must exist', () => {
    const decision = decide(decisionInput({ ...scored({ legal_threat: 0.9 }), ...without('Leadership Team') }));
    expect(decision.team).toBe('Leadership Team');
  });

  it('53: safe mode spares the verifier; a perfect case asks for it', () => {
    const perfect = { ...TIER2, verifier: null } as const;
    expect(verifierNeeded(decisionInput(perfect))).toBe(true);
    expect(verifierNeeded(decisionInput({ ...perfect, flags: { safe_mode: true } }))).toBe(false);
    expect(verifierNeeded(decisionInput({ ...perfect, history: { customerKnown: false } }))).toBe(false);
    expect(verifierNeeded(decisionInput({ ...perfect, order: orderNotMatched('unlinked') }))).toBe(false);
    expect(verifierNeeded(decisionInput(TIER2))).toBe(false);
    expect(verifierNeeded(decisionInput())).toBe(false);
  });

  it('§4: the verifier is asked once, and only when an approval is due', () => {
    const denied = { ...TIER2, verifier: verifierInput({ confidence: 0.5 }) } as const;
    expect(verifierNeeded(decisionInput(denied))).toBe(false);
    const tooEarly = { ...TIER2, verifier: null, stage: 'classification' } as const;
    expect(verifierNeeded(decisionInput(tooEarly))).toBe(false);
    expect(verifierNeeded(decisionInput({ ...tooEarly, stage: 'sending' }))).toBe(true);
  });

  it('ruling 15: in shadow mode the switches do not spare the verifier, other gates do', () => {
    const shadow = {
      ...TIER2,
      verifier: null,
      flags: { shadow_mode: true, safe_mode: true, recipient_allowed: false },
    } as const;
    expect(verifierNeeded(decisionInput(shadow))).toBe(true);
    const stagesOff = { ...shadow.flags, tier2_enabled: false };
    expect(verifierNeeded(decisionInput({ ...shadow, flags: stagesOff }))).toBe(true);
    expect(decide(decisionInput({ ...TIER2, flags: stagesOff })).wouldReply).toBe(true);
    expect(verifierNeeded(decisionInput({ ...shadow, age: { isReplay: true } }))).toBe(false);
    expect(decide(decisionInput({ ...shadow, verifier: verifierInput({ confidence: 0.5 }) })).wouldReply).toBe(false);
  });

  it('76: identical inputs give identical bytes', () => {
    expect(JSON.stringify(decide(decisionInput(TIER2)))).toBe(JSON.stringify(decide(decisionInput(TIER2))));
  });

  it('an approval may be sent, a candidate and a denial may not', () => {
    expect(approvedReply(decide(decisionInput(TIER2)))).toBe(true);
    expect(approvedReply(decide(decisionInput()))).toBe(false);
    expect(approvedReply(decide(decisionInput({ ...TIER2, flags: { safe_mode: true } })))).toBe(false);
  });
});
