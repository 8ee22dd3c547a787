import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTENTS } from '../events/words.ts';
import { type CalibrationCurve, type CalibrationMap, calibrate, calibrationProblems } from './calibration.ts';

const mapOf = (groups: CalibrationMap['groups']): CalibrationMap => ({
  version: 'm@1.0.0',
  classifier: 'c@1.0.0',
  groups,
});
const linear = (...points: [number, number][]): CalibrationCurve => ({ kind: 'linear', points });
const logistic = (slope: number, intercept: number): CalibrationCurve => ({ kind: 'logistic', slope, intercept });
const status = (curve: CalibrationCurve, raw: number): number =>
  calibrate(mapOf({ P4: curve }), { order_status_tracking: raw }).order_status_tracking ?? Number.NaN;

describe('calibrate (decisions §5.4)', () => {
  it('uses the curve of the intent’s group and leaves what has none', () => {
    const half = linear([0, 0], [1, 0.5]);
    const raw = {
      cancel_order: 0.8,
      damaged_item: 0.8,
      refund_request: 0.8,
      order_status_tracking: 0.8,
      technical_support: 0.8,
      promo_discount_issue: 0.8,
      legal_threat: 0.8,
      unknown_other: 0.8,
    };
    const halved = (group: keyof CalibrationMap['groups']) =>
      Object.entries(calibrate(mapOf({ [group]: half }), raw)).flatMap(([intent, score]) =>
        score === 0.4 ? [intent] : [],
      );
    expect(halved('P0')).toEqual(['legal_threat']);
    expect(halved('P1')).toEqual(['cancel_order']);
    expect(halved('P2+P3')).toEqual(['damaged_item', 'refund_request']);
    expect(halved('P4')).toEqual(['order_status_tracking']);
    expect(halved('P5')).toEqual(['technical_support']);
    expect(halved('P6')).toEqual(['promo_discount_issue']);
    expect(halved('P7')).toEqual(['unknown_other']);
    expect(calibrate(mapOf({}), raw)).toEqual(raw);
    expect(calibrate(mapOf({ P4: half }), {})).toEqual({});
  });

  it.each([
    { raw: 0, calibrated: 0.1 },
    { raw: 0.2, calibrated: 0.1 },
    { raw: 0.3, calibrated: 0.2 },
    { raw: 0.4, calibrated: 0.3 },
    { raw: 0.6, calibrated: 0.45 },
    { raw: 0.8, calibrated: 0.6 },
    { raw: 1, calibrated: 0.6 },
  ])('lines between points, level outside: $raw → $calibrated', ({ raw, calibrated }) => {
    expect(status(linear([0.2, 0.1], [0.4, 0.3], [0.8, 0.6]), raw)).toBeCloseTo(calibrated, 12);
  });

  it.each([
    { curve: logistic(1, 0), raw: 0.3, calibrated: 0.3 },
    { curve: logistic(2, 0), raw: 0.8, calibrated: 16 / 17 },
    { curve: logistic(1, Math.log(3)), raw: 0.5, calibrated: 0.75 },
    { curve: logistic(1, Math.log(3)), raw: 0, calibrated: 0 },
    { curve: logistic(1, -Math.log(3)), raw: 1, calibrated: 1 },
  ])('a logistic curve: $raw → $calibrated', ({ curve, raw, calibrated }) => {
    expect(status(curve, raw)).toBeCloseTo(calibrated, 12);
  });

  it('never turns the order of two scores round and stays within 0 to 1', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const curves = fc.oneof(
      fc.record({
        kind: fc.constant('logistic' as const),
        slope: fc.double({ min: 0.1, max: 5, noNaN: true }),
        intercept: fc.double({ min: -4, max: 4, noNaN: true }),
      }),
      fc
        .tuple(
          fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }),
          fc.array(share, { minLength: 6, maxLength: 6 }),
        )
        .map(([xs, ys]): CalibrationCurve => {
          const rising = ys.toSorted((a, b) => a - b);
          return linear(...xs.toSorted((a, b) => a - b).map((x, at): [number, number] => [x / 100, rising[at] ?? 1]));
        }),
    );
    fc.assert(
      fc.property(curves, share, share, (curve, one, other) => {
        expect(calibrationProblems(mapOf({ P4: curve }))).toEqual([]);
        const [low, high] = [status(curve, Math.min(one, other)), status(curve, Math.max(one, other))];
        expect(low).toBeLessThanOrEqual(high + 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('scores every intent that has a raw score', () => {
    const raw = Object.fromEntries(INTENTS.map((intent) => [intent, 0.5]));
    expect(Object.keys(calibrate(mapOf({ P1: logistic(1, 1) }), raw))).toEqual([...INTENTS]);
  });
});

describe('calibrationProblems', () => {
  it.each<{ why: string; curve: CalibrationCurve }>([
    { why: 'no point', curve: linear() },
    { why: 'falls', curve: linear([0, 0.5], [1, 0.4]) },
    { why: 'stands twice at one score', curve: linear([0.5, 0.4], [0.5, 0.6]) },
    { why: 'goes below 0', curve: linear([0, -0.1], [1, 1]) },
    { why: 'begins below 0', curve: linear([-0.1, 0], [1, 1]) },
    { why: 'goes above 1', curve: linear([0, 0], [1, 1.1]) },
    { why: 'no number', curve: linear([0, Number.NaN]) },
    { why: 'level', curve: logistic(0, 0) },
    { why: 'falls', curve: logistic(-1, 0) },
    { why: 'no end', curve: logistic(1, Number.POSITIVE_INFINITY) },
  ])('names the group of a curve that $why', ({ curve }) => {
    const [problem = '', ...others] = calibrationProblems(mapOf({ 'P2+P3': curve, P1: linear([0, 0], [1, 1]) }));
    expect(problem).toMatch(/^P2\+P3: /);
    expect(others).toEqual([]);
  });

  it('has nothing against curves that are level in part, or one point alone', () => {
    expect(calibrationProblems(mapOf({ P0: linear([0.5, 0.5]), P7: linear([0, 0.2], [1, 0.2]) }))).toEqual([]);
  });
});
