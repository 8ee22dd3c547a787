import { describe, expect, it } from 'vitest';
import { judged, parseCondition } from './condition.ts';

const ANSWER = {
  flags: { 'template_enabled/t_x': false, safe_mode: true },
  oldest: 59,
  lastReplyAt: '2026-01-31T09:30:00.000Z',
  nothing: null,
  messages: [{ outcome: 'replied' }, { outcome: 'routed' }],
};

describe('a condition of a page', () => {
  it.each([
    ['.flags.safe_mode == true', true],
    ['.flags["template_enabled/t_x"] == false', true],
    ['.flags["template_enabled/t_x"] == true', false],
    ['.oldest < 60', true],
    ['.oldest < 59', false],
    ['.oldest <= 59', true],
    ['.oldest >= 60', false],
    ['.oldest > 58', true],
    ['.lastReplyAt < "2026-01-31T09:30:00.001Z"', true],
    ['.lastReplyAt < "2026-01-31T09:30:00.000Z"', false],
    // As in jq: nothing comes before everything.
    ['.nothing < "2026-01-31T09:30:00.001Z"', true],
    ['.nothing < 0', true],
    ['.missing.deeper == null', true],
    ['.messages | length == 2', true],
    ['.missing | length == 0', true],
    ['. | length == 5', true],
    ['.messages[-1].outcome == "routed"', true],
    ['.messages[0].outcome != "routed"', true],
    ['.messages[7].outcome == null', true],
    ['.messages == []', false],
  ])('%s is %s', (text, is) => expect(judged(parseCondition(text), ANSWER).is).toBe(is));

  it('tells what it found', () =>
    expect(judged(parseCondition('.messages | length == 3'), ANSWER)).toEqual({ is: false, found: 2 }));

  it.each(['oldest < 60', '.oldest < sixty', '.oldest', '.a..b == 1', '.a =< 1'])('%s is none', (text) =>
    expect(() => parseCondition(text)).toThrow(text),
  );
});
