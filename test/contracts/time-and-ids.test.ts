/** Clock and ids: real ones, and those of tests (architecture §7; RFC 9562; platform §11.2). */
import { describe, expect, it } from 'vitest';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { timeOfUlid } from '../../functions/shared/ids.ts';
import type { Clock, Ids } from '../../functions/shared/ports.ts';
import { scaledClock } from '../../functions/shared/stage/live-local.ts';

const CLOCKS: Readonly<Record<string, () => Clock>> = {
  live: () => liveClock(),
  scaled: () => scaledClock(liveClock(), 0.1),
  memory: () => memoryClock(Date.UTC(2026, 0, 12)),
};

describe.each(Object.keys(CLOCKS))('the clock (%s)', (kind) => {
  const clock = (CLOCKS[kind] ?? liveClock)();

  it('shows whole milliseconds of the wall, and runs monotonic beside it', async () => {
    const before = { now: clock.now(), monotonic: clock.monotonic() };
    expect(Number.isInteger(before.now)).toBe(true);
    await clock.sleep(30);
    const waited = clock.monotonic() - before.monotonic;
    // A timer may be a millisecond early.
    expect(waited).toBeGreaterThanOrEqual((kind === 'scaled' ? 3 : 30) - 1);
    expect(clock.now()).toBeGreaterThanOrEqual(before.now);
    if (kind === 'scaled') expect(waited).toBeLessThan(30);
  });

  it('does not wait for what is past', async () => {
    const before = clock.monotonic();
    await clock.sleep(-1_000);
    await clock.sleep(0);
    expect(clock.monotonic() - before).toBeGreaterThanOrEqual(0);
  });
});

const IDS: Readonly<Record<string, () => Ids>> = { live: () => liveIds, seeded: () => seededIds('s') };

describe.each(Object.keys(IDS))('the ids (%s)', (kind) => {
  const ids = (IDS[kind] ?? (() => liveIds))();
  const at = Date.UTC(2026, 0, 12, 9, 30, 0, 123);

  it('carry the time, in their standard form, and never twice the same', () => {
    const uuids = Array.from({ length: 200 }, () => ids.uuidV7(at));
    const ulids = Array.from({ length: 200 }, () => ids.ulid(at));
    expect(new Set([...uuids, ...ulids]).size).toBe(400);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16)).toBe(at);
    }
    for (const ulid of ulids) {
      expect(ulid).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect(timeOfUlid(ulid)).toBe(at);
    }
  });

  it('give so many bytes, and jitter between 0 and 1', () => {
    expect(ids.hex(12)).toMatch(/^[0-9a-f]{24}$/);
    expect(ids.hex(40)).toMatch(/^[0-9a-f]{80}$/);
    const jitters = Array.from({ length: 500 }, () => ids.jitter());
    expect(jitters.every((jitter) => jitter >= 0 && jitter < 1)).toBe(true);
    const mean = jitters.reduce((sum, jitter) => sum + jitter, 0) / jitters.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
  });
});

it('seeded ids are the same for the same seed, and others for another', () => {
  const draw = (seed: string) => {
    const ids = seededIds(seed);
    return [ids.hex(8), ids.jitter(), ids.ulid(0), ids.uuidV7(0)];
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
});
