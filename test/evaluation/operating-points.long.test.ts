import { describe, expect, it } from 'vitest';
import { calibrationReadings, isBorneOut, operatingPoints, type Reading } from './operating-points.ts';
import { systemFor } from './system/classifiers.ts';

const readings = (n: number, confidence: number, isRight: boolean): Reading[] =>
  Array.from({ length: n }, () => ({ predicted: 'order_status_tracking', confidence, isRight }));
const tier2Of = (all: Reading[]) => operatingPoints(all).find(({ name }) => name === 'Tier 2');

describe('operating points', () => {
  it('count what is read at or above the threshold, and bound the risk from above', () => {
    const point = tier2Of([...readings(96, 0.7, true), ...readings(4, 0.7, false), ...readings(50, 0.69, false)]);
    // Wilson, 4 of 100: 1.57 % to 9.84 %.
    expect(point).toMatchObject({ threshold: 0.7, n: 100, wrong: 4, upTo: 0.0984 });
    expect(point?.least).toBe(0.7);
  });
  it('name the lowest threshold that would do where the shipped one does not', () => {
    const point = tier2Of([...readings(60, 0.7, false), ...readings(100, 0.8, true)]);
    expect(point).toMatchObject({ n: 160, wrong: 60, least: 0.71 });
    expect(point && isBorneOut(point)).toBe(false);
  });
  it('find none where too little was read', () => {
    expect(tier2Of(readings(3, 0.9, true))?.least).toBeNull();
  });
});

it('bears out every shipped threshold on the calibration corpus', { timeout: 60_000 }, async () => {
  const { system } = await systemFor('embedded');
  const points = operatingPoints(await calibrationReadings(system));
  expect(points.map(({ name }) => name)).toContain('route');
  expect(points.filter((point) => !isBorneOut(point))).toEqual([]);
});
