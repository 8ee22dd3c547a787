/** Platform §6.7, row by row: just under a limit, and just over it. */
import { describe, expect, it } from 'vitest';
import { type DriftRule, driftOf } from './drift.ts';
import type { Message } from './message.ts';
import { overridesOf } from './overrides.ts';
import { DAY_MS, END, many, says, WEEK } from './testing.ts';

const BEFORE = END - 10 * DAY_MS;

function drift(
  rule: DriftRule,
  now: readonly Message[],
  before: readonly Message[],
  more: Parameters<typeof says>[] = [],
) {
  const old = before.map((one) => ({ ...one, at: one.at > WEEK.from ? BEFORE : one.at }));
  const said = more.map((args) => says(...args));
  const overrides = overridesOf({ messages: [...old, ...now], said }, WEEK);
  return driftOf({ now, before: old, window: WEEK, overrides, toggled: [] }).filter((row) => row.rule === rule);
}
const state = (...args: Parameters<typeof drift>) => drift(...args)[0]?.state;
const share = (n: number, of: number, yes: Partial<Message>, no: Partial<Message> = {}) =>
  many(of, (at) => (at < n ? yes : no));

describe('drift', () => {
  it('intent mix: a share that moves by more than 8 points', () => {
    const refund = { intent: 'refund_request' } as const;
    expect(state('intent_mix', share(18, 100, refund), share(10, 100, refund))).toBe('ok');
    const [row] = drift('intent_mix', share(19, 100, refund), share(10, 100, refund));
    expect(row).toMatchObject({
      state: 'alert',
      value: expect.closeTo(row?.subject === 'refund_request' ? 0.19 : 0.81),
    });
  });

  it('unknown: more than 3 points up, and never for going down', () => {
    const unknown = { intent: 'unknown_other' } as const;
    expect(state('unknown_share', share(8, 100, unknown), share(5, 100, unknown))).toBe('ok');
    expect(state('unknown_share', share(9, 100, unknown), share(5, 100, unknown))).toBe('alert');
    expect(state('unknown_share', share(1, 100, unknown), share(30, 100, unknown))).toBe('ok');
  });

  it('confidence: by channel, the mean down by 0.08 or more below 0.50', () => {
    expect(state('confidence_mean', many(60, { confidence: 0.75 }), many(60, { confidence: 0.8 }))).toBe('ok');
    expect(state('confidence_mean', many(60, { confidence: 0.7 }), many(60, { confidence: 0.8 }))).toBe('alert');
    const low = { confidence: 0.4 };
    expect(state('confidence_low', share(10, 100, low), share(5, 100, low))).toBe('ok');
    expect(state('confidence_low', share(11, 100, low), share(5, 100, low))).toBe('alert');
    const chat = many(60, { channel: 'livechat', confidence: 0.5 });
    const rows = drift('confidence_mean', [...many(60), ...chat], [...many(60), ...many(60, { channel: 'livechat' })]);
    expect(rows.map(({ subject, state: is }) => [subject, is]).toSorted()).toEqual([
      ['email', 'ok'],
      ['livechat', 'alert'],
    ]);
  });

  it('confidence spread: two populations that differ, though their means do not', () => {
    const split = share(50, 100, { confidence: 0.65 }, { confidence: 0.95 });
    expect(state('confidence_spread', split, split)).toBe('ok');
    expect(state('confidence_spread', split, many(100, { confidence: 0.8 }))).toBe('alert');
  });

  it('templates: one above twice its share; after its own switch it is explained', () => {
    const ask = { templateId: 't_order_status_ask_order_number' } as const;
    const other = { templateId: 't_damaged_item_intake' } as const;
    const [now, before] = [share(50, 100, ask, other), share(20, 100, ask, other)];
    expect(drift('template_mix', now, before)).toMatchObject([{ subject: ask.templateId, state: 'alert' }]);
    const overrides = overridesOf({ messages: now, said: [] }, WEEK);
    const toggled = [{ templateId: ask.templateId, at: BEFORE }];
    const explained = driftOf({ now, before, window: WEEK, overrides, toggled });
    expect(explained.find(({ rule }) => rule === 'template_mix')?.state).toBe('explained');
  });

  it('Tier 2 replies: down by 30 %', () => {
    const answered = { tier: 2, templateId: 't_order_status_verified' } as const;
    expect(state('tier2_use', share(29, 100, answered), share(40, 100, answered))).toBe('ok');
    expect(state('tier2_use', share(28, 100, answered), share(40, 100, answered))).toBe('alert');
  });

  it('misroutes: more than 5 % of what was routed', () => {
    const now = many(100);
    const tags = (n: number) => now.slice(0, n).map((one): Parameters<typeof says> => ['mw:feedback:misroute', one]);
    expect(state('misroute', now, [], tags(5))).toBe('ok');
    expect(state('misroute', now, [], tags(6))).toBe('alert');
  });

  it('wrong replies: up week over week', () => {
    const replied = { templateId: 't_damaged_item_intake' } as const;
    const [now, before] = [many(30, replied), many(30, { ...replied, at: END - 10 * DAY_MS })];
    const wrong = (some: readonly Message[], n: number) =>
      some.slice(0, n).map((one): Parameters<typeof says> => ['mw:feedback:bad_reply', one]);
    expect(state('wrong_reply', now, before, wrong(now, 1))).toBe('alert');
    expect(state('wrong_reply', now, before)).toBe('ok');
  });

  it('safety: no Tier 0 in the last 24 h, and an hour in which the model breaks its schema', () => {
    expect(state('tier0_silent', many(60), [])).toBe('alert');
    expect(state('tier0_silent', share(1, 60, { tier: 0 }), [])).toBe('ok');
    expect(state('tier0_silent', share(1, 60, { tier: 0, at: END - 2 * DAY_MS }), [])).toBe('alert');
    expect(state('schema_invalid', share(1, 50, { isInvalid: true }), [])).toBe('alert');
    expect(state('schema_invalid', share(1, 100, { isInvalid: true }), [])).toBe('ok');
  });

  it('match rate: down by 20 %', () => {
    const one = { hasOneOrder: true };
    const none = { hasOneOrder: false };
    expect(state('match_rate', share(57, 100, one, none), share(70, 100, one, none))).toBe('ok');
    expect(state('match_rate', share(56, 100, one, none), share(70, 100, one, none))).toBe('alert');
  });

  it('languages: other than English up by more than 3 points', () => {
    expect(state('language_share', share(9, 100, { language: 'es' }), share(5, 100, { language: 'es' }))).toBe('alert');
    expect(state('language_share', share(8, 100, { language: 'es' }), share(5, 100, { language: 'es' }))).toBe('ok');
  });

  it('too few say nothing, however far off they are', () => {
    const unknown = { intent: 'unknown_other' } as const;
    expect(state('unknown_share', many(49, unknown), many(100))).toBe('too_few');
    expect(state('unknown_share', many(100, unknown), many(49))).toBe('too_few');
    expect(
      driftOf({
        now: [],
        before: [],
        window: WEEK,
        overrides: overridesOf({ messages: [], said: [] }, WEEK),
        toggled: [],
      }).every((row) => row.state === 'too_few'),
    ).toBe(true);
  });
});
