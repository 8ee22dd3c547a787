import { describe, expect, it } from 'vitest';
import { ALL_SWITCHES, requireSwitch, strongerThan } from './levels.ts';
import { sinceWhen } from './standing.ts';

describe('what a level writes (platform §4.10)', () => {
  it.each([
    ['template', 't_damaged_item_intake', 'true', 'template_enabled/t_damaged_item_intake', 'false', 'true'],
    ['channel', 'email', 'livechat,email', 'automation_enabled_channels', 'livechat', 'livechat,email'],
    ['channel', 'email', 'email', 'automation_enabled_channels', 'none', 'email'],
    ['intent', 'refund_request', null, 'blocked_intents', 'refund_request', 'none'],
    ['intent', 'refund_request', 'damaged_item', 'blocked_intents', 'damaged_item,refund_request', 'damaged_item'],
    ['automation', undefined, 'true', 'automation_enabled', 'false', 'true'],
    ['safe', undefined, 'false', 'safe_mode', 'true', 'false'],
    ['sever', undefined, null, 'rule_enabled/responder_reply', 'false', 'true'],
    ['read-only', undefined, 'false', 'richpanel_read_only', 'true', 'false'],
    ['processing', undefined, 'true', 'rule_enabled/classify_intake', 'false', 'true'],
  ])('%s %s over %j: %s=%s, and back %s', (level, only, stored, parameter, stopped, resumed) => {
    const one = requireSwitch(level, only);
    expect(one.parameter).toBe(parameter);
    expect([one.next(stored, true), one.next(stopped, false)]).toEqual([stopped, resumed]);
    expect([one.isStopped(stored), one.isStopped(stopped), one.isStopped(resumed)]).toEqual([false, true, false]);
  });

  it('takes what makes no sense for stopped, wherever the functions do', () => {
    const told = ALL_SWITCHES.filter(({ isStopped }) => isStopped('maybe')).map(({ level }) => level);
    // Only a list of what is blocked can say nothing by nonsense.
    expect(new Set(told)).toEqual(
      new Set(['processing', 'read-only', 'sever', 'safe', 'automation', 'channel', 'template']),
    );
  });
});

describe('what is asked for', () => {
  it.each([
    [['all', undefined], 'unknown_level'],
    [['template', undefined], 'only_missing'],
    [['channel', 'tiktok'], 'unknown_value'],
    [['safe', 'email'], 'only_not_taken'],
  ] as const)('%j is refused as %s', ([level, only], code) => {
    expect(() => requireSwitch(level, only)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  });
});

describe('one level at a time', () => {
  it.each([
    ['processing', undefined, []],
    ['read-only', undefined, ['processing']],
    ['sever', undefined, ['processing', 'read-only']],
    ['safe', undefined, ['processing', 'read-only', 'sever']],
    ['automation', undefined, ['processing', 'read-only', 'sever', 'safe']],
    // safe_mode=false → one template → automation_enabled=true.
    ['template', 't_damaged_item_intake', ['processing', 'read-only', 'sever', 'safe']],
    ['intent', 'refund_request', ['processing', 'read-only', 'sever', 'safe']],
  ])('%s comes after what is stronger', (level, only, before) => {
    expect(strongerThan(requireSwitch(level, only)).map((one) => one.level)).toEqual(before);
  });
});

it('a stop has the name of who made it, not of who changed another entry of the list later', () => {
  const change = (version: number, value: string) => ({
    version,
    value,
    changedAt: `${version}`,
    by: `p${version}`,
    reason: '',
  });
  const history = [
    change(1, 'livechat,email'),
    change(2, 'livechat'),
    change(3, 'livechat,email'),
    change(4, 'livechat'),
    change(5, 'none'),
  ];
  expect(sinceWhen(history, requireSwitch('channel', 'email'))?.by).toBe('p4');
  expect(sinceWhen(history, requireSwitch('channel', 'livechat'))?.by).toBe('p5');
});
