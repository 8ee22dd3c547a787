import { describe, expect, it } from 'vitest';
import type { Ringing } from '../../local/alarms/standing.ts';
import { type Alarm, alarmsNow, type Signals } from './alarms.ts';
import { runningMode } from './mode.ts';
import { needsAttention, standingAlarms } from './standing-alarms.ts';

describe('alarms (platform §6.5)', () => {
  const calm: Signals = { oldestUnsettledS: 0, deadLetters: 0, flagsReadable: true, openBreakers: [] };
  const fired = (signals: Partial<Signals>) =>
    alarmsNow({ ...calm, ...signals }).map(({ id, severity }) => `${id} ${severity}`);

  it.each([
    [{}, []],
    [{ oldestUnsettledS: 120 }, []],
    [{ oldestUnsettledS: 121 }, ['Q2 high']],
    [{ oldestUnsettledS: 300 }, ['Q2 high']],
    [{ oldestUnsettledS: 301 }, ['Q2 page']],
    [{ deadLetters: 1 }, ['Q3 high']],
    [{ deadLetters: 5 }, ['Q3 page']],
    [{ flagsReadable: false }, ['S8 high']],
  ])('%j fires %j', (signals, alarms) => expect(fired(signals)).toEqual(alarms));

  it('names the page that says what to do', () =>
    expect(alarmsNow({ ...calm, deadLetters: 1 }).map(({ runbook }) => runbook)).toEqual(['docs/runbooks/R005.md']));
  it('names every open breaker', () => expect(fired({ openBreakers: ['richpanel'] })).toEqual(['V4 high']));
});

describe('what status lists', () => {
  const since = '2026-01-15T12:00:00.000Z';
  const judged = (id: string, severity: Ringing['severity']): Ringing => ({
    id,
    title: '',
    severity,
    signal: `${id} judged`,
    value: 1,
    threshold: 1,
    runbook: 'docs/runbooks/R001.md',
    since,
  });
  const present: Alarm = { id: 'Q3', signal: 'dead letters 2', severity: 'high', runbook: 'docs/runbooks/R005.md' };

  it('takes the signal of the present and the since of the minutes before', () =>
    expect(standingAlarms([present], [judged('Q3', 'high'), judged('W1', 'high')])).toEqual([
      { ...present, since },
      { id: 'W1', signal: 'W1 judged', severity: 'high', since, runbook: 'docs/runbooks/R001.md' },
    ]));
  it('knows no since of what has not been judged yet', () =>
    expect(standingAlarms([present], [])).toEqual([{ ...present, since: null }]));
  it('leaves out what is only to be known', () => expect(standingAlarms([], [judged('S9', 'info')])).toEqual([]));
  it.each([
    ['ticket', false],
    ['medium', true],
    ['critical', true],
  ] as const)('%s needs attention now: %s', (severity, needed) =>
    expect(needsAttention(standingAlarms([], [judged('M1', severity)]))).toBe(needed),
  );
});

describe('mode in one word', () => {
  const auto = {
    safe_mode: 'false',
    shadow_mode: 'false',
    richpanel_read_only: 'false',
    automation_enabled: 'true',
    outbound_enabled: 'true',
  };
  const mode = (changed: Readonly<Record<string, string>>) => {
    const flags: Readonly<Record<string, string>> = { ...auto, ...changed };
    return runningMode((name) => flags[name] ?? null);
  };
  it.each([
    [{}, 'auto'],
    [{ automation_enabled: 'false' }, 'route-only'],
    [{ outbound_enabled: 'false' }, 'route-only'],
    [{ safe_mode: 'true', automation_enabled: 'false' }, 'safe'],
    [{ catch_up_mode: 'true' }, 'safe'],
    [{ shadow_mode: 'true', safe_mode: 'true' }, 'shadow'],
    [{ richpanel_read_only: 'true' }, 'shadow'],
  ])('%j is %s', (changed, word) => expect(mode(changed)).toBe(word));

  it('is the safest word when no flag can be read', () => expect(runningMode(() => null)).toBe('shadow'));
});
