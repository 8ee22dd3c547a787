import { describe, expect, it } from 'vitest';
import { type BreakerState, CLOSED, passage, recorded } from './breaker-state.ts';

const TIMES = { windowMs: 300_000, openMs: 60_000 };
const NOW = 1_700_000_000_000;

/** The state after calls `everyMs` apart, of which those named failed. */
function following(calls: number, fails: (call: number) => boolean, everyMs = 0, state: BreakerState = CLOSED) {
  let last = { state, change: null as ReturnType<typeof recorded>['change'] };
  for (let call = 0; call < calls; call += 1) {
    last = recorded(last.state, { failed: fails(call), isProbe: false }, NOW + call * everyMs, TIMES);
    if (last.change) return { ...last, calls: call + 1 };
  }
  return { ...last, calls };
}

describe('a breaker (platform §5.6)', () => {
  it.each([
    [19, () => true, null],
    [20, () => true, 'opened'],
    // Half is not above half.
    [40, (call: number) => call % 2 === 1, null],
    [21, (call: number) => call % 2 === 0, 'opened'],
    [100, () => false, null],
  ] as const)('%i calls: %s', (calls, fails, kind) => {
    expect(following(calls, fails).change?.kind ?? null).toBe(kind);
  });

  it('forgets what is older than the window', () => {
    // 15 s apart, no window of 5 minutes holds more than 20 calls; 20 s apart none reaches them.
    expect(following(60, () => true, 20_000).change).toBeNull();
    const failing = following(19, () => true);
    const later = recorded(failing.state, { failed: true, isProbe: false }, NOW + 300_000, TIMES);
    expect(later.change).toBeNull();
  });

  it('keeps no more than ten or eleven numbers, however long it runs', () => {
    expect(following(2_000, () => false, 7_000).state.slots.length).toBeLessThanOrEqual(11);
  });

  it('open for 60 s, then one probe, whose outcome decides', () => {
    const { state, change } = following(20, () => true);
    expect(change).toEqual({ kind: 'opened', errorRate: 1, openUntil: NOW + 60_000 });
    expect([passage(state, NOW), passage(state, NOW + 59_999), passage(state, NOW + 60_000)]).toEqual([
      'open',
      'open',
      'probe',
    ]);
    const probing = { ...state, probeUntil: NOW + 120_000 };
    expect(passage(probing, NOW + 61_000)).toBe('open');
    // A probe that died is made again.
    expect(passage(probing, NOW + 120_000)).toBe('probe');
    const failed = recorded(probing, { failed: true, isProbe: true }, NOW + 61_000, TIMES);
    expect(failed).toEqual({ state: { ...state, openUntil: NOW + 121_000 }, change: null });
    const passed = recorded(probing, { failed: false, isProbe: true }, NOW + 61_000, TIMES);
    expect(passed).toEqual({ state: CLOSED, change: { kind: 'closed', errorRate: 0, openUntil: null } });
  });

  it('calls that were under way when it opened change nothing', () => {
    const { state } = following(20, () => true);
    expect(recorded(state, { failed: false, isProbe: false }, NOW + 1, TIMES)).toEqual({ state, change: null });
  });
});
