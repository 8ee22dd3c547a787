import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { overridesOf } from './overrides.ts';
import { DAY_MS, END, many, message, says, WEEK } from './testing.ts';

describe('what people put right', () => {
  it('a message is misrouted once, however many tags say so; of what was routed, by intent and team', () => {
    const [one, two, ...others] = many(10);
    const damaged = message({ intent: 'damaged_item', team: 'Returns Admin', confidence: 0.55 });
    if (one === undefined || two === undefined) throw new Error('ten are more than two');
    const unrouted = message({ isRouted: false });
    const said = [
      says('mw:feedback:misroute', one),
      says('mw_feedback_correct_dept_sales_team', one),
      says('mw:feedback:misroute', damaged),
      says('mw:feedback:misroute', unrouted),
      says('mw:feedback:wrong_intent:refund_request', two),
    ];
    const { misroutes } = overridesOf({ messages: [one, two, ...others, damaged, unrouted], said }, WEEK);
    expect(misroutes).toMatchObject({ routed: 11, misroutes: 2 });
    expect(misroutes.byIntent).toEqual([
      { intent: 'order_status_tracking', routed: 10, misroutes: 1, rate: 0.1 },
      { intent: 'damaged_item', routed: 1, misroutes: 1, rate: 1 },
    ]);
    expect(misroutes.byTeam.map(({ team, misroutes: n }) => [team, n])).toEqual([
      ['Email Support Team', 1],
      ['Returns Admin', 1],
    ]);
    expect(
      misroutes.byConfidence.filter(({ misroutes: n }) => n > 0).map(({ from, routed }) => [from, routed]),
    ).toEqual([
      [0.5, 1],
      [0.8, 10],
    ]);
  });

  it('counts by weeks back from the end of the window, the newest first', () => {
    const week = (back: number, n: number) =>
      many(n, { at: END - back * 7 * DAY_MS - DAY_MS, templateId: 't_damaged_item_intake' });
    const weeks = [week(0, 4), week(1, 2), week(2, 1)];
    const said = [
      says('mw:feedback:bad_reply', weeks[0]?.[0] ?? message()),
      says('mw_feedback_auto_reply_helpful', weeks[0]?.[1] ?? message()),
    ];
    const { wrongReplies, helpful } = overridesOf(
      { messages: weeks.flat().toSorted((a, b) => a.at - b.at), said },
      WEEK,
    );
    expect(wrongReplies.byWeek.map(({ replies, reported, rate }) => [replies, reported, rate])).toEqual([
      [4, 1, 0.25],
      [2, 0, 0],
      [1, 0, 0],
    ]);
    expect(helpful).toEqual({ replies: 4, reported: 1, rate: 0.25 });
  });
});

describe('candidates for the golden set', () => {
  const decided = message({ intent: 'refund_request' });

  it('wrong_intent with the intent that we read says what it is not, with another what it is', () => {
    expect(candidatesOf([says('mw:feedback:wrong_intent:refund_request', decided)])[0]?.says).toMatchObject({
      intent: null,
      isOtherIntent: true,
    });
    expect(candidatesOf([says('mw:feedback:wrong_intent:return_request', decided)])[0]?.says).toMatchObject({
      intent: 'return_request',
      isOtherIntent: true,
    });
  });

  it('two that name different intents name none', () => {
    const said = ['return_request', 'exchange_request'].map((intent) =>
      says(`mw:feedback:wrong_intent:${intent}`, decided),
    );
    expect(candidatesOf(said)[0]?.says.intent).toBeNull();
  });

  it('is no candidate whom it only helped, nor a word about a message that nobody knows', () => {
    expect(
      candidatesOf([
        says('mw_feedback_auto_reply_helpful', decided),
        { ...says('mw:feedback:misroute', decided), about: null },
      ]),
    ).toEqual([]);
  });
});
