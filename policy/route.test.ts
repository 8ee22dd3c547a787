import { describe, expect, it } from 'vitest';
import type { Decision, DecisionInput } from '../events/decision.ts';
import type { Channel, Intent, Team } from '../events/words.ts';
import { decide } from './decide.ts';
import { routeByFacts, routeOf } from './route.ts';
import { extraTags } from './tags.ts';
import {
  decisionInput,
  orderInput,
  orderInWindow,
  orderNotMatched,
  orderUnknown,
  type PartOf,
  scored,
  verifierInput,
} from './testing.ts';

const decided = (part: PartOf<DecisionInput>): Decision => decide(decisionInput(part));

describe('teams of intents (decisions §1.2)', () => {
  it.each<[Intent, Team]>([
    ['order_status_tracking', 'Email Support Team'],
    ['shipping_delay_not_shipped', 'Email Support Team'],
    ['delivered_not_received', 'Returns Admin'],
    ['cancel_order', 'Email Support Team'],
    ['billing_issue', 'Email Support Team'],
    ['promo_discount_issue', 'Sales Team'],
    ['influencer_marketing_inquiry', 'Social Media Team'],
    ['exchange_request', 'Returns Admin'],
    ['technical_support', 'Technical Support Team'],
    ['phone_support_request', 'Phone Support Team'],
    ['unknown_other', 'Email Support Team'],
  ])('%s → %s', (intent, team) => {
    expect(decided(scored({ [intent]: 0.9 })).team).toBe(team);
  });
});

describe('channel defaults (decisions §1.4, §5.2)', () => {
  it.each<[Channel, Team | null, Team]>([
    ['email', null, 'Email Support Team'],
    ['unknown', null, 'Email Support Team'],
    ['tiktok', null, 'TikTok Support'],
    ['social', null, 'Social Media Team'],
    ['phone', null, 'Phone Support Team'],
    ['livechat', null, 'Email Support Team'],
    ['livechat', 'LiveChat Support', 'LiveChat Support'],
    ['email', 'Returns Admin', 'Email Support Team'],
  ])('an unclear message on %s, assigned to %s → %s', (channel, assignedTeam, team) => {
    for (const scores of [{ unknown_other: 0.4 }, { damaged_item: 0.5 }, { unknown_other: 0.9 }]) {
      expect(decided({ ...scored(scores), message: { channel }, state: { assignedTeam } }).team).toBe(team);
    }
  });

  it('a clear issue follows its intent on every channel', () => {
    expect(decided({ ...scored({ damaged_item: 0.9 }), message: { channel: 'tiktok' } }).team).toBe('Returns Admin');
  });

  it.each([
    { score: 0.59, team: 'Email Support Team' },
    { score: 0.6, team: 'Technical Support Team' },
  ])('beside a question for the prompt an intent at $score is for $team', ({ score, team }) => {
    const probe = { ...scored({ technical_support: score }), message: { topics: { securityProbe: true } } };
    expect(decided(probe)).toMatchObject({ team, row: 'D3', action: 'ROUTE_ONLY' });
  });

  it('a failed classification takes the default of the channel', () => {
    const failed = {
      classifier: { failure: 'timeout', rung: 'F3', raw: {}, calibrated: {} },
      message: { channel: 'social' },
    } as const;
    expect(decided(failed)).toMatchObject({ team: 'Social Media Team', row: 'D4' });
  });

  it('Tier 0 ignores the channel', () => {
    expect(decided({ ...scored({ legal_threat: 0.9 }), message: { channel: 'tiktok' } }).team).toBe('Leadership Team');
  });
});

describe('what outranks the team of the intent', () => {
  it('a wish for erasure goes to Leadership, also where the chat team has it', () => {
    const wish = {
      message: { topics: { privacyRequest: true } },
      state: { assignedTeam: 'LiveChat Support' },
    } as const;
    expect(decided(wish)).toMatchObject({ team: 'Leadership Team', routeTag: 'route-leadership-team' });
  });

  it('an uncertain return is no general message for the chat team', () => {
    const unclear = { ...scored({ refund_request: 0.55 }), state: { assignedTeam: 'LiveChat Support' } } as const;
    expect(decided(unclear)).toMatchObject({ team: 'Email Support Team', routeTag: 'route-email-support-team' });
    const promo = { ...scored({ promo_discount_issue: 0.55 }), state: { assignedTeam: 'LiveChat Support' } } as const;
    expect(decided(promo)).toMatchObject({ team: 'LiveChat Support', routeTag: null });
  });

  it('a stored escalation team counts with its flags only', () => {
    const stored = { ...scored({ legal_threat: 0.9 }), state: { stickyTeam: 'Chargebacks / Disputes Team' } } as const;
    expect(decided(stored).team).toBe('Leadership Team');
    const flagged = { state: { ...stored.state, stickyFlags: ['LEGAL_THREAT'] } } as const;
    expect(decided({ ...stored, ...flagged }).team).toBe('Chargebacks / Disputes Team');
  });

  it('an order has no say in what is no order question', () => {
    const order = orderInput({ labels: { fulfilmentState: 'exception' } });
    expect(decided({ stage: 'approval', ...scored({ technical_support: 0.9 }), order }).team).toBe(
      'Technical Support Team',
    );
  });
});

describe('no fighting (decisions §1.4)', () => {
  it.each<{ intent: Intent; assigned: Team; team: Team; tagged: boolean }>([
    { intent: 'damaged_item', assigned: 'Returns Admin', team: 'Returns Admin', tagged: false },
    { intent: 'damaged_item', assigned: 'LiveChat Support', team: 'Returns Admin', tagged: true },
    { intent: 'order_status_tracking', assigned: 'LiveChat Support', team: 'LiveChat Support', tagged: false },
    { intent: 'promo_discount_issue', assigned: 'LiveChat Support', team: 'LiveChat Support', tagged: false },
    { intent: 'technical_support', assigned: 'LiveChat Support', team: 'Technical Support Team', tagged: true },
    { intent: 'cancel_order', assigned: 'LiveChat Support', team: 'Email Support Team', tagged: true },
    { intent: 'legal_threat', assigned: 'LiveChat Support', team: 'Leadership Team', tagged: true },
    { intent: 'refund_request', assigned: 'LiveChat Support', team: 'Returns Admin', tagged: true },
    { intent: 'billing_issue', assigned: 'LiveChat Support', team: 'Email Support Team', tagged: true },
    { intent: 'order_status_tracking', assigned: 'Sales Team', team: 'Email Support Team', tagged: true },
  ])('$intent, assigned to $assigned → $team', ({ intent, assigned, team, tagged }) => {
    const decision = decided({ ...scored({ [intent]: 0.9 }), state: { assignedTeam: assigned } });
    expect(decision.team).toBe(team);
    expect(decision.routeTag !== null).toBe(tagged);
    expect(decision.tags.some((tag) => tag.startsWith('route-'))).toBe(tagged);
    expect(decision.tags).toContain(`mw-intent-${intent}`);
  });

  it('compares with the team that stands in', () => {
    const decision = decided({
      ...scored({ promo_discount_issue: 0.9 }),
      setup: { teamsAvailable: ['Email Support Team', 'Leadership Team'] },
      state: { assignedTeam: 'Email Support Team' },
    });
    expect(decision).toMatchObject({ team: 'Email Support Team', routeTag: null });
    expect(decision.tags).toContain('mw-needs-sales');
  });
});

describe('escalation teams', () => {
  it('the stored team stays although another family is named today', () => {
    const decision = decided({
      ...scored({ legal_threat: 0.9 }),
      state: { stickyFlags: ['CHARGEBACK_DISPUTE'], stickyTeam: 'Chargebacks / Disputes Team' },
    });
    expect(decision).toMatchObject({
      team: 'Chargebacks / Disputes Team',
      riskFlags: ['CHARGEBACK_DISPUTE', 'LEGAL_THREAT'],
      primaryIntent: 'legal_threat',
    });
  });

  it('a team stored without a flag decides nothing', () => {
    expect(decided({ state: { stickyTeam: 'Leadership Team' } }).row).not.toBe('D1');
  });

  it('of several stored flags the most urgent family decides', () => {
    expect(decided({ state: { stickyFlags: ['LEGAL_THREAT', 'CHARGEBACK_DISPUTE'] } }).team).toBe(
      'Chargebacks / Disputes Team',
    );
  });

  it('a privacy wish reaches Leadership even from a closed ticket, not from a superseded comment', () => {
    const wish = { ...scored({ unknown_other: 0.4 }), message: { topics: { privacyRequest: true } } } as const;
    expect(decided({ ...wish, state: { ticketOpen: false } })).toMatchObject({
      team: 'Leadership Team',
      row: 'D3',
      tier: 0,
    });
    expect(decided({ ...wish, turn: { newerCommentSeen: true } })).toMatchObject({
      team: null,
      row: 'D2',
      tier: null,
      rank: 1,
    });
  });

  it('beside Tier 0 a privacy wish keeps its tag, and the escalation team decides', () => {
    const decision = decided({ ...scored({ chargeback_dispute: 0.9 }), message: { topics: { privacyRequest: true } } });
    expect(decision).toMatchObject({
      row: 'D1',
      team: 'Chargebacks / Disputes Team',
      primaryIntent: 'chargeback_dispute',
    });
    expect(decision.tags).toContain('mw-privacy-request');
  });

  it.each(['approval', 'sending'] as const)('Tier 0 found at %s is raised', (stage) => {
    const found = { stage, ...scored({ damaged_item: 0.9 }), turn: { screenStrength: 'strong' } } as const;
    expect(decided(found)).toMatchObject({ escalates: true, team: 'Leadership Team' });
    expect(decided({ ...found, turn: { screenStrength: 'none' } }).escalates).toBe(false);
  });
});

describe('when the route is written (decisions §6.1)', () => {
  it.each<{ when: string; part: PartOf<DecisionInput>; routeWhen: 'now' | 'afterReply' }>([
    { when: 'an order question while auto-close is in force', part: {}, routeWhen: 'afterReply' },
    { when: 'auto-close off', part: { flags: { auto_close_enabled: false } }, routeWhen: 'now' },
    { when: 'a Tier 1 candidate', part: scored({ damaged_item: 0.9 }), routeWhen: 'now' },
    { when: 'the number question at most', part: scored({ order_status_tracking: 0.65 }), routeWhen: 'now' },
    { when: 'an objection', part: { flags: { safe_mode: true } }, routeWhen: 'now' },
    { when: 'shadow mode', part: { flags: { shadow_mode: true } }, routeWhen: 'now' },
  ])('$when → $routeWhen', ({ part, routeWhen }) => {
    expect(decided(part).routeWhen).toBe(routeWhen);
  });
});

describe('the candidate at classification', () => {
  it('an order question waits for the look-up', () => {
    expect(decided({})).toMatchObject({
      row: 'D8',
      tier: 2,
      tierCandidate: 2,
      templateCandidate: null,
      action: 'ROUTE_ONLY',
      templateId: null,
      wouldReply: false,
      automationConfidence: null,
      reasonCodes: [],
    });
  });

  it('an intake is decided but for what is read anew', () => {
    expect(decided(scored({ damaged_item: 0.9 }))).toMatchObject({
      row: 'D9',
      tier: 1,
      tierCandidate: 1,
      templateCandidate: 't_damaged_item_intake',
      action: 'SEND_TEMPLATE',
      templateId: 't_damaged_item_intake',
      wouldReply: true,
      reasonCodes: ['tier1_safe_assist'],
    });
  });

  it('in shadow mode it stays a candidate although a switch objects', () => {
    const shadow = { flags: { shadow_mode: true, safe_mode: true } } as const;
    expect(decided(shadow)).toMatchObject({ row: 'D6', tier: null, tierCandidate: 2, action: 'ROUTE_ONLY' });
    expect(decided({ ...shadow, ...scored({ damaged_item: 0.9 }) })).toMatchObject({
      tierCandidate: 1,
      wouldReply: true,
    });
    expect(decided({ flags: { safe_mode: true } }).tierCandidate).toBeNull();
  });

  it('carries its route, also where the team is assigned already', () => {
    const assigned = decided({ ...scored({ damaged_item: 0.9 }), state: { assignedTeam: 'Returns Admin' } });
    expect(routeOf(assigned)).toEqual({
      department: 'Returns Admin',
      routeTag: 'route-returns-admin',
      tags: ['mw-processed', 'mw-intent-damaged_item', 'mw-tier-1', 'mw-routing-applied'],
      rank: 1,
      when: 'now',
    });
    expect(routeOf(decided({ turn: { newerCommentSeen: true } }))).toBeNull();
  });
});

describe('tags (decisions §1.5)', () => {
  it('a full set, in order', () => {
    const decision = decided({
      ...scored({ damaged_item: 0.8, refund_request: 0.5, order_status_tracking: 0.4 }),
      message: { topics: { preorderTerm: true } },
    });
    expect(decision.tags).toEqual([
      'mw-processed',
      'route-returns-admin',
      'mw-intent-damaged_item',
      'mw-secondary-refund_request',
      'mw-secondary-order_status_tracking',
      'mw-tier-1',
      'mw-routing-applied',
      'mw-topic-preorder',
    ]);
  });

  it('a pre-order known from the order is tagged too', () => {
    const order = orderInWindow({ isPreorder: 'yes', preorderEtaKnown: true });
    const decision = decided({ stage: 'approval', order, verifier: verifierInput() });
    expect(decision.tags).toContain('mw-topic-preorder');
  });

  it('never more than twelve for the decision, the least telling left out', () => {
    const decision = decided({
      ...scored({ chargeback_dispute: 0.9, fraud_suspected: 0.8, damaged_item: 0.7 }),
      classifier: {
        ...scored({ chargeback_dispute: 0.9, fraud_suspected: 0.8, damaged_item: 0.7 }).classifier,
        failure: 'timeout',
        rung: 'F2',
      },
      message: { topics: { privacyRequest: true, securityProbe: true, preorderTerm: true } },
      setup: { teamsAvailable: ['Email Support Team', 'Leadership Team'] },
    });
    expect(decision.tags).toEqual([
      'mw-processed',
      'route-leadership-team',
      'mw-intent-chargeback_dispute',
      'mw-secondary-fraud_suspected',
      'mw-secondary-damaged_item',
      'mw-tier-0',
      'mw-routing-applied',
      'mw-escalated-human',
      'mw-fraud-suspected',
      'mw-privacy-request',
      'mw-security-sensitive',
      'mw-model-failure',
    ]);
  });

  it('Tier 0 is neither uncertain nor in need of triage', () => {
    const { tags } = decided(scored({ legal_threat: 0.3 }));
    expect(tags).not.toContain('mw-uncertain');
    expect(tags).not.toContain('mw-needs-manual-triage');
  });

  it('an approval adds to the written tags what it found out', () => {
    const written = decided({}).tags;
    expect(extraTags(decided({ stage: 'approval', order: orderUnknown() }), written)).toEqual([
      'mw-order-lookup-failed',
      'mw-order-status-suppressed',
    ]);
    expect(extraTags(decided({ stage: 'approval', order: orderNotMatched('unlinked') }), written)).toEqual([
      'mw-order-lookup-needed',
    ]);
    expect(extraTags(decided({ stage: 'approval', order: orderInput(), verifier: verifierInput() }), written)).toEqual(
      [],
    );
  });

  it('states of an order that no template speaks of carry the tags of their row', () => {
    const order = orderInput({ labels: { fulfilmentState: 'shipped', hasTracking: false, trackedParcels: '0' } });
    const { tags, reasonCodes } = decided({ stage: 'approval', order, verifier: verifierInput() });
    expect(reasonCodes).toEqual(['missing_order_context', 'tracking_absent']);
    expect(tags).toEqual(
      expect.arrayContaining([
        'mw-order-lookup-failed',
        'mw-order-status-suppressed',
        'mw-order-lookup-missing:tracking',
      ]),
    );
  });
});

describe('the route that waits, once the order is known', () => {
  const route = {
    department: 'Email Support Team',
    routeTag: 'route-email-support-team',
    tags: ['mw-processed', 'route-email-support-team', 'mw-intent-order_status_tracking'],
    rank: 1,
    when: 'afterReply',
  } as const;
  const judged = (team: Decision['team'], intent = 'order_status_tracking') =>
    ({ team, routeTag: null, tags: ['mw-processed', `mw-intent-${intent}`] }) as unknown as Decision;

  it('goes where the order’s facts send it', () => {
    expect(
      routeByFacts({ ...route, tags: [...route.tags] }, judged('Returns Admin', 'delivered_not_received')),
    ).toEqual({
      department: 'Returns Admin',
      routeTag: 'route-returns-admin',
      tags: ['mw-processed', 'route-returns-admin', 'mw-intent-delivered_not_received'],
      rank: 1,
      when: 'afterReply',
    });
  });

  it.each([
    ['the same team', { ...route, tags: [...route.tags] }, judged('Email Support Team')],
    ['no team', { ...route, tags: [...route.tags] }, judged(null)],
    [
      'one that was written at once',
      { ...route, tags: [...route.tags], when: 'now' as const },
      judged('Returns Admin'),
    ],
  ])('%s leaves it', (_, given, decision) => {
    expect(routeByFacts(given, decision)).toBe(given);
  });
});
