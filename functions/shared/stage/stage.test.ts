/** Expectations: architecture §4 (time scale 0.01–1, local stage only), §6; interfaces §1. */
import { describe, expect, it } from 'vitest';
import type { Limits } from '../ports.ts';
import { WAITS } from '../times.ts';
import { openStage as openDeployed } from './live-deployed.ts';
import { openStage as openLocal, scaledClock } from './live-local.ts';

const KNOBS = { FRONTDESK_TIME_SCALE: '0.05', FRONTDESK_LIMITS: 'off', FRONTDESK_AGES_FROM: 'received' };
const nothingLeft: Limits = { take: async () => false };
const taken = (limits: Limits) => limits.take('richpanel', 'reads');

describe('openStage', () => {
  it('scales time and lifts limits on one machine', async () => {
    const stage = openLocal('local', KNOBS);
    expect(stage.waits).toMatchObject({
      lookAfterMs: 1_000,
      parkMs: [250, 1_500, 6_000, 30_000],
      deadlineLivechatMs: 45_000,
    });
    expect([stage.timeoutMs(90_000), stage.delaySeconds(250)]).toEqual([4_500, 5]);
    expect(stage.agesFrom).toBe('received');
    expect(await taken(stage.budget(nothingLeft))).toBe(true);
  });

  it('does neither where it is not asked to', async () => {
    const stage = openLocal('local', {});
    const waits = { ...WAITS, flagCacheMs: 2_000, flagCacheRoutingMs: 2_000 };
    expect([stage.waits, stage.timeoutMs(1_000), stage.delaySeconds(1_000)]).toEqual([waits, 1_000, 1]);
    expect(stage.agesFrom).toBe('older');
    expect(await taken(stage.budget(nothingLeft))).toBe(false);
  });

  it.each([
    ['dev', openLocal],
    ['staging', openLocal],
    ['prod', openLocal],
    ['prod', openDeployed],
    ['local', openDeployed],
  ] as const)('has no knobs in %s, nor anywhere once bundled', async (env, open) => {
    const stage = open(env, KNOBS);
    expect([stage.waits, stage.timeoutMs(1_000), stage.delaySeconds(1_000)]).toEqual([WAITS, 1_000, 1]);
    expect(stage.agesFrom).toBe('older');
    expect(await taken(stage.budget(nothingLeft))).toBe(false);
  });

  it('starts on no guess', () => {
    for (const FRONTDESK_TIME_SCALE of ['0', '0.001', '2', 'fast'])
      expect(() => openLocal('local', { FRONTDESK_TIME_SCALE })).toThrow('FRONTDESK_TIME_SCALE');
  });
});

it('waits for the end of a run of another at least as long as a run may last', () => {
  const { waits, timeoutMs } = openLocal('local', { FRONTDESK_TIME_SCALE: '0.01' });
  // The longest run is that of responder-reply (platform §1.3), 90 s.
  expect([timeoutMs(90_000), timeoutMs(500)]).toEqual([1_000, 500]);
  expect(Math.min(waits.unclearAfterMs, waits.registerWaitMs)).toBeGreaterThan(timeoutMs(90_000));
});

it('a scaled clock waits shorter and shows the same time', async () => {
  const slept: number[] = [];
  const clock = scaledClock({ now: () => 7, monotonic: () => 8, sleep: async (ms) => void slept.push(ms) }, 0.1);
  await clock.sleep(3_000);
  expect([clock.now(), clock.monotonic(), slept]).toEqual([7, 8, [300]]);
});
