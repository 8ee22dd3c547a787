import { expect, it } from 'vitest';
import { virtualTiming } from './testing.ts';
import { createAlarm, realTiming } from './time.ts';

it('an alarm rings once, at the earliest instant it was set to', async () => {
  const timing = virtualTiming(0);
  const rings: number[] = [];
  const alarm = createAlarm(timing, () => rings.push(timing.now()));
  alarm.at(500);
  alarm.at(200);
  alarm.at(900);
  await timing.advance(1_000);
  expect(rings).toEqual([200]);
  alarm.at(0);
  await timing.advance(0);
  expect(rings).toEqual([200, 1_000]);
});

it('a stopped alarm stays silent', async () => {
  const timing = virtualTiming(0);
  let rings = 0;
  const alarm = createAlarm(timing, () => {
    rings += 1;
  });
  alarm.at(10);
  alarm.stop();
  alarm.at(20);
  await timing.advance(100);
  expect(rings).toBe(0);
});

it('real time runs a timer, and a cancelled one not', async () => {
  const timing = realTiming(0.5);
  expect(timing.timeScale).toBe(0.5);
  let cancelled = false;
  timing.setTimer(() => {
    cancelled = true;
  }, 0)();
  await new Promise<void>((resolve) => timing.setTimer(resolve, 1));
  expect(cancelled).toBe(false);
});
