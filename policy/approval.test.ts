import { describe, expect, it } from 'vitest';
import { toApproval, toSending, withoutMessageText } from './approval.ts';
import { decide, verifierNeeded } from './decide.ts';
import {
  decisionInput,
  minutesAgo,
  NOW,
  orderInput,
  orderInWindow,
  requested,
  scored,
  verifierInput,
} from './testing.ts';

const classified = decisionInput({ now: minutesAgo(1), ...scored({ order_status_tracking: 0.9 }) });
const fresh = {
  now: NOW,
  state: classified.state,
  history: classified.history,
  flags: classified.flags,
  order: orderInput(),
  verifier: verifierInput(),
};
const approved = toApproval({ input: classified }, fresh);

describe('toApproval', () => {
  it('keeps what was decided on and takes what was read anew', () => {
    const flags = { ...classified.flags, safe_mode: true };
    const state = { ...classified.state, agentHeld: true };
    const history = { ...classified.history, customerKnown: false };
    expect(toApproval({ input: classified }, { ...fresh, flags, state, history })).toEqual({
      ...classified,
      stage: 'approval',
      now: NOW,
      flags,
      state,
      history,
      order: orderInput(),
      verifier: verifierInput(),
    });
  });

  it('leads to the approval of a linked, tracked order', () => {
    expect(decide(approved)).toMatchObject({
      row: 'D8',
      action: 'SEND_TEMPLATE',
      templateId: 't_order_status_verified',
    });
  });

  it('a replay once seen stays seen', () => {
    const replayed = { ...classified, age: { ...classified.age, isReplay: true } };
    expect(toApproval({ input: replayed }, { ...fresh, isReplay: false }).age.isReplay).toBe(true);
    expect(toApproval({ input: classified }, { ...fresh, isReplay: true }).age.isReplay).toBe(true);
    expect(approved.age.isReplay).toBe(false);
  });
});

describe('withoutMessageText', () => {
  it('denies a Tier 2 reply with context_expired, and spares the verifier', () => {
    const waiting = toApproval({ input: classified }, { ...fresh, verifier: null });
    expect(verifierNeeded(waiting)).toBe(true);
    const gone = withoutMessageText(waiting);
    expect(verifierNeeded(gone)).toBe(false);
    expect(decide(gone)).toMatchObject({ row: 'D6', action: 'ROUTE_ONLY', reasonCodes: ['context_expired'] });
  });

  it('has nothing to end where no order is known', () => {
    const unread = { ...approved, order: null };
    expect(withoutMessageText(unread)).toEqual(unread);
  });
});

describe('toSending', () => {
  const { order: _order, verifier: _verifier, ...reread } = fresh;
  const expiresAt = '2025-12-04T15:10:00.000Z';

  it('keeps verdict and order of the approval, and its end', () => {
    const sending = toSending(approved, { ...reread, expiresAt });
    expect(sending).toEqual({ ...approved, stage: 'sending', age: { ...approved.age, expiresAt } });
    expect(decide(sending)).toMatchObject({ row: 'D8', action: 'SEND_TEMPLATE' });
  });

  it('judges the order as it stands now (A32)', () => {
    const estimate = toApproval({ input: classified }, { ...fresh, order: orderInWindow() });
    expect(decide(estimate).templateId).toBe('t_order_eta_no_tracking_verified');
    const late = orderInWindow({ remainingMinBd: 0, remainingMaxBd: 0, isLate: true });
    expect(decide(toSending(estimate, { ...reread, expiresAt, order: late })).templateId).toBe(
      't_shipping_delay_verified',
    );
    expect(decide(toSending(estimate, { ...reread, expiresAt, order: null }))).toMatchObject({
      row: 'D6',
      action: 'ROUTE_ONLY',
    });
  });

  it('takes a changed set-up', () => {
    const setup = { ...approved.setup, templatesAvailable: [] };
    expect(decide(toSending(approved, { ...reread, expiresAt, setup })).reasonCodes).toEqual(['no_variant']);
  });
});

describe('the second look of the screen (I3)', () => {
  const legal = { family: 'LEGAL_THREAT', ruleId: 'legal.sue', strength: 'strong' } as const;
  const weak = { ...legal, strength: 'weak' } as const;
  const older = { intent: 'cancel_order', ruleId: 'kw.cancel', precision: 'high' } as const;
  const asked = { intent: 'refund_request', ruleId: 'kw.refund', precision: 'high' } as const;
  const look = (first: Partial<typeof classified.turn>, second: Partial<typeof classified.turn>) =>
    toApproval(
      { input: { ...classified, turn: { ...classified.turn, ...first } } },
      { ...fresh, turn: { ...classified.turn, ...second } },
    ).turn;

  it('adds what it finds', () => {
    const found = look(
      {},
      {
        comments: 2,
        newerCommentSeen: true,
        screenStrength: 'strong',
        screenHits: [legal],
        olderKeywordHits: [older],
        answeredKeywordHits: [asked],
        hasAttachments: true,
        moderation: 'weak',
      },
    );
    expect(found).toEqual({
      comments: 2,
      newerCommentSeen: true,
      screenStrength: 'strong',
      screenHits: [legal],
      olderKeywordHits: [older],
      answeredKeywordHits: [asked],
      hasAttachments: true,
      moderation: 'weak',
    });
  });

  it('takes nothing away', () => {
    const before = {
      comments: 2,
      newerCommentSeen: true,
      screenStrength: 'strong',
      screenHits: [legal],
      olderKeywordHits: [older],
      answeredKeywordHits: [asked],
      hasAttachments: true,
      moderation: 'strong',
    } as const;
    const kept = look(
      { ...before, screenHits: [legal], olderKeywordHits: [older], answeredKeywordHits: [asked] },
      { moderation: 'none', screenHits: [weak], olderKeywordHits: [older], answeredKeywordHits: [] },
    );
    expect(kept).toEqual(before);
  });

  it.each([
    [null, null, null],
    [null, 'weak', 'weak'],
    ['weak', null, 'weak'],
    ['weak', 'strong', 'strong'],
    ['strong', 'none', 'strong'],
  ] as const)('moderation %s, then %s → %s', (first, second, expected) => {
    expect(look({ moderation: first }, { moderation: second }).moderation).toBe(expected);
  });

  it('makes a weak hit strong', () => {
    expect(
      look({ screenStrength: 'weak', screenHits: [weak] }, { screenStrength: 'strong', screenHits: [legal] }),
    ).toMatchObject({ screenStrength: 'strong', screenHits: [legal] });
  });

  it('never lets the limit of the list cut off a strong hit', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ ...weak, ruleId: `weak.${index}` }));
    const { screenHits } = look({ screenHits: many }, { screenHits: [legal] });
    expect(screenHits).toHaveLength(40);
    expect(screenHits[0]).toEqual(legal);
  });

  it('keeps no more keyword hits than an input may hold', () => {
    const hit = (at: number) => ({ intent: 'cancel_order', ruleId: `kw.${at}`, precision: 'high' }) as const;
    const hits = (from: number) => Array.from({ length: 40 }, (_, at) => hit(from + at));
    const first = { ...classified, turn: { ...classified.turn, olderKeywordHits: hits(0) } };
    const turn = { ...classified.turn, olderKeywordHits: hits(30) };
    const { olderKeywordHits } = toApproval({ input: first }, { ...fresh, turn }).turn;
    expect(olderKeywordHits).toEqual(Array.from({ length: 60 }, (_, at) => hit(at)));
  });

  it('without a second look the first stands', () => {
    const first = {
      ...classified,
      turn: { ...classified.turn, screenHits: [legal], screenStrength: 'strong' as const },
    };
    expect(decide(toApproval({ input: first }, fresh))).toMatchObject({ row: 'D1', escalates: true });
  });

  it('a model’s wish survives the stages', () => {
    const input = {
      ...classified,
      classifier: { ...classified.classifier, requested: requested({ forceHuman: true }) },
    };
    expect(decide(toApproval({ input }, fresh)).row).toBe('D3');
  });
});
