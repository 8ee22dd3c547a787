import { describe, expect, it } from 'vitest';
import type { DecisionInput, GateEntry, GateId } from '../../events/decision.ts';
import { decide } from '../decide.ts';
import {
  decisionInput,
  minutesAgo,
  orderInWindow,
  orderNotMatched,
  type PartOf,
  requested,
  scored,
  verifierInput,
} from '../testing.ts';

const reportOf = (part: PartOf<DecisionInput>) => decide(decisionInput(part)).gateReport;
const entry = (part: PartOf<DecisionInput>, gate: GateId): GateEntry | undefined =>
  reportOf(part).find((line) => line.gate === gate);
const idle = (report: readonly GateEntry[]) => report.filter(({ result }) => result === 'n/a').map(({ gate }) => gate);

/** M6 leaves the number question of an order that nobody has looked up. */
const scoredToQuestion = scored({ order_status_tracking: 0.9, promo_discount_issue: 0.6 });

const NOTHING_TO_JUDGE = [
  ...['G14', 'G15', 'G16', 'G17', 'G18', 'G19', 'G20'],
  ...['G21', 'G22', 'G23', 'G25', 'G26', 'G30', 'G34'],
];

describe('the gate report (decisions §6.2, ruling 15)', () => {
  it('has a line for every gate in order, passes included', () => {
    const report = reportOf({ stage: 'approval', order: orderInWindow(), verifier: verifierInput() });
    expect(report.map(({ gate }) => gate)).toEqual(
      Array.from({ length: 34 }, (_, index) => `G${String(index + 1).padStart(2, '0')}`),
    );
    expect(report.every(({ result }) => result === 'pass')).toBe(true);
  });

  it('says n/a where facts do not exist yet: an order question at classification', () => {
    expect(idle(reportOf({}))).toEqual(['G21', 'G22', 'G23', 'G25', 'G26', 'G30', 'G34']);
  });

  it('a Tier 1 candidate needs no order and no verifier', () => {
    expect(idle(reportOf(scored({ damaged_item: 0.9 })))).toEqual(['G21', 'G22', 'G23', 'G25', 'G26', 'G34']);
  });

  it('all objections are reported, the first decides', () => {
    const decision = decide(
      decisionInput({
        ...scored({ damaged_item: 0.9 }),
        state: { ticketOpen: false },
        message: { language: { detector: 'es' } },
        flags: { safe_mode: true, recipient_allowed: false },
        age: { isReplay: true },
      }),
    );
    expect(decision.reasonCodes).toEqual([
      'ticket_closed',
      'language_unsupported',
      'safe_mode_route_only',
      'allowlist_miss',
      'replay_suppressed',
    ]);
    expect(decision.gateReport.filter(({ result }) => result === 'block').map(({ gate }) => gate)).toEqual([
      'G02',
      'G24',
      'G27',
      'G31',
      'G33',
    ]);
  });

  it('the verifier is n/a where another gate objects, before it or after it', () => {
    const tier2 = { stage: 'approval', order: orderInWindow(), verifier: verifierInput({ allow: false }) } as const;
    expect(entry(tier2, 'G25')).toEqual({ gate: 'G25', result: 'block', reasonCode: 'tier2_verifier_failed' });
    expect(entry({ ...tier2, age: { isReplay: true } }, 'G25')?.result).toBe('n/a');
    expect(entry({ ...tier2, state: { agentHeld: true } }, 'G25')?.result).toBe('n/a');
    expect(entry({ ...tier2, flags: { safe_mode: true } }, 'G25')?.result).toBe('n/a');
    expect(entry({ ...tier2, flags: { safe_mode: true, shadow_mode: true } }, 'G25')?.result).toBe('block');
  });

  it('a verdict that escalates counts although another gate objects (I3)', () => {
    const verifier = verifierInput({ allow: false, reasonCode: 'ESCALATION_PRESENT' });
    const decision = decide(
      decisionInput({ stage: 'sending', order: orderInWindow(), verifier, state: { agentHeld: true } }),
    );
    expect(decision).toMatchObject({ row: 'D1', escalates: true, team: 'Leadership Team' });
  });

  it('G21 changes the candidate to the number question', () => {
    expect(entry({ stage: 'approval', order: orderNotMatched('unlinked') }, 'G21')).toEqual({
      gate: 'G21',
      result: 'downgrade',
      reasonCode: 'tier2_missing_deterministic_match',
      before: null,
      after: 't_order_status_ask_order_number',
    });
  });

  it('G23 takes a late estimate back', () => {
    const order = orderInWindow({ remainingMinBd: 0, remainingMaxBd: 0, isLate: true });
    expect(entry({ stage: 'approval', order, verifier: verifierInput() }, 'G23')).toEqual({
      gate: 'G23',
      result: 'downgrade',
      reasonCode: 'out_of_sla_window',
      before: 't_order_eta_no_tracking_verified',
      after: 't_shipping_delay_verified',
    });
  });

  it('G13 records the tier that does not exist', () => {
    const wish = {
      classifier: {
        ...scored({ cancel_order: 0.9 }).classifier,
        requested: requested({ primary: 'cancel_order', tier: 'TIER_3_AUTO_ACTION' }),
      },
    } as const;
    expect(entry(wish, 'G13')).toEqual({
      gate: 'G13',
      result: 'downgrade',
      reasonCode: 'tier3_disabled',
      before: 't_cancel_order_ack_intake',
      after: 't_cancel_order_ack_intake',
    });
  });

  it('G19 replaces a hint that is none of the intent’s in the tier that is left, and no other', () => {
    const approval = { stage: 'approval', order: orderInWindow(), verifier: verifierInput() } as const;
    const question = { stage: 'approval', order: null, ...scoredToQuestion } as const;
    const results = (['t_order_status_ask_order_number', 't_order_status_verified'] as const).map((templateId) =>
      [approval, question].map((part) => {
        const input = decisionInput(part);
        const classifier = { ...input.classifier, requested: requested({ templateId }) };
        return decide({ ...input, classifier }).gateReport.find(({ gate }) => gate === 'G19')?.result;
      }),
    );
    expect(results).toEqual([
      ['pass', 'pass'],
      ['pass', 'downgrade'],
    ]);
  });

  it('further codes of one gate stand beside the deciding one', () => {
    expect(entry({ flags: { safe_mode: true, outbound_enabled: false } }, 'G27')).toEqual({
      gate: 'G27',
      result: 'block',
      reasonCode: 'safe_mode_route_only',
      also: ['outbound_disabled'],
    });
  });

  it('under Tier 0 of no family the intent stays, and nothing of a reply is judged', () => {
    const report = reportOf({ ...scored({ damaged_item: 0.9 }), turn: { screenStrength: 'strong' } });
    expect(idle(report)).toEqual(['G12', ...NOTHING_TO_JUDGE]);
  });

  it('under Tier 0 the gates of intent and reply have nothing to judge, the rest is reported', () => {
    const report = reportOf({ ...scored({ legal_threat: 0.3 }), flags: { safe_mode: true } });
    expect(idle(report)).toEqual(['G12', ...NOTHING_TO_JUDGE]);
    expect(report.filter(({ result }) => result === 'block').map(({ gate }) => gate)).toEqual(['G08', 'G27']);
  });

  it('the second pass of the screen judges only what nothing else has made Tier 0', () => {
    expect(entry({}, 'G12')?.result).toBe('pass');
    const known: PartOf<DecisionInput>[] = [
      { turn: { screenStrength: 'strong' } },
      { turn: { moderation: 'strong' } },
      { message: { topics: { contactChange: true } } },
      { state: { stickyFlags: ['LEGAL_THREAT'] } },
    ];
    for (const part of known) expect(entry(part, 'G12')?.result).toBe('n/a');
  });

  it('an attachment without text has no language and was not classified', () => {
    const report = reportOf({
      message: { attachmentOnly: true, language: { detector: 'unknown' } },
      classifier: { kind: null, raw: {}, calibrated: {} },
    });
    expect(idle(report)).toEqual(expect.arrayContaining(['G07', 'G14', 'G15', 'G24']));
  });

  it('nobody is asked about an overtaken turn, which is no failure', () => {
    const nobody = { classifier: { kind: null, raw: {}, calibrated: {} } } as const;
    expect(entry({ ...nobody, turn: { newerCommentSeen: true } }, 'G07')?.result).toBe('n/a');
    expect(entry({ ...nobody, state: { sequence: 'decided' } }, 'G07')?.result).toBe('n/a');
    expect(entry({ ...nobody, turn: { screenStrength: 'strong' } }, 'G07')?.result).toBe('n/a');
    expect(entry({ ...nobody, message: { empty: true } }, 'G07')?.result).toBe('n/a');
    expect(entry(nobody, 'G07')?.result).toBe('block');
  });

  it('missing numbers and half answers take their most restrictive reading (I5)', () => {
    const tier2 = { stage: 'approval', order: orderInWindow(), verifier: verifierInput() } as const;
    expect(entry({ ...tier2, verifier: verifierInput({ confidence: null }) }, 'G25')?.result).toBe('block');
    expect(entry({ ...tier2, order: { ...orderInWindow(), contextComplete: false } }, 'G22')).toEqual({
      gate: 'G22',
      result: 'block',
      reasonCode: 'missing_order_context',
    });
    expect(entry({ ...tier2, order: { ...orderInWindow(), labels: null } }, 'G22')?.result).toBe('block');
    expect(entry({ ...tier2, order: null }, 'G25')?.result).toBe('n/a');
    expect(entry({ classifier: { rung: 'F2' } }, 'G07')).toEqual({
      gate: 'G07',
      result: 'block',
      reasonCode: 'vendor_error_fail_closed',
    });
  });

  it('the rank is that of a fallback where a classifier failed or a rung stood in', () => {
    const rank = (classifier: PartOf<DecisionInput['classifier']>) => decide(decisionInput({ classifier })).rank;
    expect([rank({}), rank({ failure: 'timeout' }), rank({ rung: 'F1' })]).toEqual([1, 0, 0]);
  });

  it('a template that is off and unfit besides is no mere switch', () => {
    const off = { ...scored({ damaged_item: 0.9 }), flags: { templates_enabled: [] } } as const;
    expect(decide(decisionInput(off))).toMatchObject({ wouldReply: true, reasonCodes: ['template_disabled'] });
    const unfit = decide(decisionInput({ ...off, setup: { templatesAvailable: [] } }));
    expect(unfit).toMatchObject({ wouldReply: false, reasonCodes: ['template_disabled', 'no_variant'] });
  });

  it('an order that is known to be incomplete names its fields, whatever else is said of it', () => {
    const order = {
      ...orderInWindow(),
      notMatchedReason: 'missing_context' as const,
      missingFields: ['order_name' as const],
    };
    const { tags } = decide(decisionInput({ stage: 'approval', order, verifier: verifierInput() }));
    expect(tags).toContain('mw-order-lookup-missing:order_name');
  });

  it('a missing field is named by the tag, whichever way the context is incomplete', () => {
    const order = { ...orderInWindow(), contextComplete: false, missingFields: ['created_at' as const] };
    const { tags } = decide(decisionInput({ stage: 'approval', order, verifier: verifierInput() }));
    expect(tags).toContain('mw-order-lookup-missing:created_at');
  });

  it('a shop’s limits can only be stricter than the platform’s (G32)', () => {
    const limited = (limits: PartOf<DecisionInput['setup']['limits']>, minutes: readonly number[]) =>
      entry(
        {
          ...scored({ damaged_item: 0.9 }),
          setup: { limits },
          history: {
            conversation: minutes.map((at) => ({ at: minutesAgo(at), templateId: 't_refund_request_intake' as const })),
            customer: minutes.map((at) => minutesAgo(at)),
          },
        },
        'G32',
      )?.reasonCode;
    expect(limited({ minutesBetweenReplies: 30 }, [29])).toBe('cooldown_10m');
    expect(limited({ minutesBetweenReplies: 30 }, [30])).toBeUndefined();
    expect(limited({ minutesBetweenReplies: 1 }, [9])).toBe('cooldown_10m');
    expect(limited({ perConversationDay: 1 }, [60])).toBe('cap_24h_conversation');
    expect(limited({ perConversationDay: 9 }, [60, 61, 62])).toBe('cap_24h_conversation');
    expect(limited({ perCustomerDay: 2 }, [60, 61])).toBe('cap_24h_customer');
    expect(limited({ perCustomerDay: 2 }, [60])).toBeUndefined();
  });

  it('a ceiling of the model is a matter of the template allowed (G18)', () => {
    const asked = { classifier: { requested: requested({ tier: 'TIER_1_SAFE_ASSIST' }) } } as const;
    const tier2 = { stage: 'approval', order: orderInWindow(), verifier: verifierInput() } as const;
    expect(entry({ ...tier2, ...asked }, 'G18')).toEqual({
      gate: 'G18',
      result: 'block',
      reasonCode: 'template_not_allowed',
    });
  });

  it('either sign of a failure is tagged', () => {
    const tags = (classifier: PartOf<DecisionInput['classifier']>) => decide(decisionInput({ classifier })).tags;
    expect(tags({ failure: 'timeout' })).toContain('mw-model-failure');
    expect(tags({ rung: 'F2' })).toContain('mw-model-failure');
  });
});
