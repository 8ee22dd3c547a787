/** Expectations: architecture §4 (time scale 0.01–1, local stage only), §6; interfaces §1. */
import { describe, expect, it } from 'vitest';
import type { Limits } from '../ports.ts';
import { openStage as openDeployed } from './live-deployed.ts';
import { openStage as openLocal, scaledClock } from './live-local.ts';

const KNOBS = { FRONTDESK_TIME_SCALE: '0.05', FRONTDESK_LIMITS: 'off', FRONTDESK_AGES_FROM: 'received' };
const nothingLeft: Limits = { take: async () => false };
const taken = (limits: Limits) => limits.take('richpanel', 'reads');

describe('openStage', () => {
  it('scales time and lifts limits on one machine', async () => {
    const stage = openLocal('local', KNOBS);
    expect(stage.span(1_000)).toBe(50);
    expect(stage.agesFrom).toBe('received');
    expect(await taken(stage.budget(nothingLeft))).toBe(true);
  });

  it('does neither where it is not asked to', async () => {
    const stage = openLocal('local', {});
    expect([stage.span(1_000), stage.agesFrom]).toEqual([1_000, 'older']);
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
    expect([stage.span(1_000), stage.agesFrom]).toEqual([1_000, 'older']);
    expect(await taken(stage.budget(nothingLeft))).toBe(false);
  });

  it('starts on no guess', () => {
    for (const FRONTDESK_TIME_SCALE of ['0', '0.001', '2', 'fast'])
      expect(() => openLocal('local', { FRONTDESK_TIME_SCALE })).toThrow('FRONTDESK_TIME_SCALE');
  });
});

it('a scaled clock waits shorter and shows the same time', async () => {
  const slept: number[] = [];
  const clock = scaledClock({ now: () => 7, monotonic: () => 8, sleep: async (ms) => void slept.push(ms) }, 0.1);
  await clock.sleep(3_000);
  expect([clock.now(), clock.monotonic(), slept]).toEqual([7, 8, [300]]);
});
