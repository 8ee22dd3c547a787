import { describe, expect, it } from 'vitest';
import type { Stop } from '../switches/standing.ts';
import { type Status, statusText } from './status.ts';

const calm: Status = {
  env: 'local',
  version: '1.2.3',
  healthy: true,
  mode: 'auto',
  classifier: 'embedded',
  inFlight: 0,
  oldestUnsettledS: 0,
  deadLetters: 0,
  breakers: {},
  lastReplyAt: null,
  alarms: [],
  limits: 'vendor',
  bytes: 2_048,
  stops: [],
  bytesByPart: null,
};
const stop = (level: Stop['level'], only: string | null = null): Stop => ({
  level,
  only,
  since: null,
  by: null,
  reason: null,
});
const linesOf = (changed: Partial<Status>): string[] =>
  statusText({ ...calm, ...changed }, {}, { variables: {} }).split('\n');
const healthOf = (changed: Partial<Status>): string => (linesOf(changed)[0] ?? '').replace(/^health +/, '');

describe('the health line', () => {
  it.each([
    [{}, 'well'],
    [{ healthy: false }, 'needs attention'],
    [
      { stops: [stop('processing'), stop('automation')] },
      'well, stopped at level processing: what comes in is kept and not handled; nothing is sent',
    ],
    [
      { healthy: false, stops: [stop('automation'), stop('template', 't_damaged_item_intake')] },
      'needs attention, stopped at level automation: no customer messages; routing goes on',
    ],
    // One template, channel or intent stops nothing else.
    [{ stops: [stop('template', 't_damaged_item_intake')] }, 'well'],
    [{ catchingUp: { since: null, by: 'alex', reason: 'R004 vendor storm' } }, 'well, catching up: nobody is answered'],
  ])('%j: %s', (changed, health) => expect(healthOf(changed)).toBe(health));
});

describe('catch_up_mode', () => {
  it.each([
    ['replay recovery-X begins', 'npx frontdesk replay status recovery-X'],
    ['R004 vendor storm', 'npx frontdesk flags set catch_up_mode false'],
  ])('is told with its reason and how it goes off: %s', (reason, undo) => {
    const line = linesOf({ catchingUp: { since: null, by: 'alex', reason } }).find((text) =>
      text.startsWith('catching'),
    );
    expect(line).toContain(`by alex: ${reason}; nobody is answered`);
    expect(line).toContain(undo);
  });
});

describe('a ledger that is not known to be whole', () => {
  it.each([
    [{ generation: 3, whole: 1 }, 'generation 3 is not known to be whole (ledger_whole is 1)'],
    [{ generation: 1, whole: null }, 'generation 1 is not known to be whole (ledger_whole is not set)'],
  ])('%j is told with the page that says what to do', (ledger, said) => {
    const line = linesOf({ ledger }).find((text) => text.startsWith('ledger'));
    expect(line).toMatch(/^ledger +generation .*reconciler is off; see docs\/recovery\.md$/);
    expect(line).toContain(said);
  });

  it('has no line while it is', () => expect(linesOf({}).filter((text) => text.startsWith('ledger'))).toEqual([]));
});

describe('a deployed stage', () => {
  it('is told without what only this machine knows', () => {
    const text = linesOf({ env: 'prod', version: null, bytes: null }).join('\n');
    expect(text).toMatch(/^stage +prod$/m);
    expect(text).not.toMatch(/^disk/m);
  });
});
