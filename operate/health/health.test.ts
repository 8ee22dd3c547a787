import { describe, expect, it } from 'vitest';
import { alarmsNow, type Signals } from './alarms.ts';
import { runningMode } from './mode.ts';

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
