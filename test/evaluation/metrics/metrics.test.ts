import { describe, expect, it } from 'vitest';
import { counted, decided, evalRow, outcome } from '../testing.ts';
import { binsOf, brierOf, countConfidence, eceOf, emptyReliability } from './calibration.ts';
import { count, emptyConfusion, groupScores, overall, scoresOf, topMistakes } from './confusion.ts';
import { countLatency, emptyLatencies, percentile } from './latency.ts';
import { four, upperBoundOfNone, wilson } from './numbers.ts';
import { areaUnder, coverageAt, riskCoverage } from './risk-coverage.ts';

const times = (n: number, act: () => void): void => {
  for (let index = 0; index < n; index += 1) act();
};

/** 8 cancel (6 right, 2 as refund), 5 refund (4 right, 1 as cancel), 2 billing, both right. */
function confusion() {
  const matrix = emptyConfusion();
  times(6, () => count(matrix, 'cancel_order', 'cancel_order'));
  times(2, () => count(matrix, 'cancel_order', 'refund_request'));
  times(4, () => count(matrix, 'refund_request', 'refund_request'));
  times(1, () => count(matrix, 'refund_request', 'cancel_order'));
  times(2, () => count(matrix, 'billing_issue', 'billing_issue'));
  return matrix;
}

/** Confidences as [score, rows, right ones]. */
function reliability(...groups: readonly (readonly [number, number, number])[]) {
  const counts = emptyReliability();
  for (const [score, n, right] of groups)
    for (let index = 0; index < n; index += 1) countConfidence(counts, score, index < right);
  return counts;
}

describe('precision, recall and F1', () => {
  it('are those of the textbook', () => {
    // F1 is 2·6/(8+7), 2·4/(5+6) and 1.
    expect(scoresOf(confusion(), 'cancel_order')).toMatchObject({ n: 8, precision: 6 / 7, recall: 6 / 8 });
    expect(four(scoresOf(confusion(), 'cancel_order').f1)).toBe(0.8);
    expect(four(scoresOf(confusion(), 'refund_request').f1)).toBe(0.7273);
  });

  it('macro F1 leaves out intents with fewer than 5 rows, weighted F1 counts every row', () => {
    const { n, accuracy, macroF1, weightedF1, macroOf } = overall(confusion());
    expect({ n, accuracy, macroOf }).toEqual({ n: 15, accuracy: 0.8, macroOf: ['cancel_order', 'refund_request'] });
    expect(four(macroF1)).toBe(0.7636); // (0.8 + 8/11) / 2
    expect(four(weightedF1)).toBe(0.8024); // (8·0.8 + 5·8/11 + 2·1) / 15
  });

  it('where no intent has 5 rows all of them count', () => {
    const matrix = emptyConfusion();
    count(matrix, 'cancel_order', 'cancel_order');
    count(matrix, 'refund_request', 'cancel_order');
    expect(four(overall(matrix).macroF1)).toBe(0.3333); // (2/3 + 0) / 2
  });

  it('an intent nobody decided has precision 0, one without rows recall 0', () => {
    expect(scoresOf(confusion(), 'legal_threat')).toMatchObject({ n: 0, precision: 0, recall: 0, f1: 0 });
  });

  it('a pair counts as one against the rest', () => {
    // Inside the pair: 6+2+4+1 of 13 labelled and 13 decided.
    expect(groupScores(confusion(), ['cancel_order', 'refund_request'])).toEqual({ precision: 1, recall: 1 });
    expect(groupScores(confusion(), ['cancel_order'])).toEqual({ precision: 6 / 7, recall: 0.75 });
  });

  it('errors are named most frequent first', () => {
    expect(topMistakes(confusion(), 1)).toEqual([{ actual: 'cancel_order', predicted: 'refund_request', n: 2 }]);
  });

  it('a prediction that is acceptable counts as labelled so', () => {
    const row = evalRow({ intent: 'cancel_order', accepted: new Set(['cancel_order', 'refund_request'] as const) });
    const { figures } = counted([{ row, outcome: outcome({ predicted: 'refund_request' }) }]);
    expect(figures.confusion).toEqual({ refund_request: { refund_request: 1 } });
    expect(figures.accuracy).toBe(1);
  });
});

describe('intervals', () => {
  it('Wilson, 95 %', () => {
    expect(wilson(8, 10)).toEqual([0.4902, 0.9433]);
    expect(wilson(0, 10)).toEqual([0, 0.2775]);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  it('150 rows without a miss bound the miss rate at about 2 % (decisions §8.5)', () => {
    expect(four(upperBoundOfNone(150))).toBe(0.0198);
  });
});

describe('calibration', () => {
  it('ECE is the mean gap of ten bins of equal mass', () => {
    // Five bins of two rows each: |0.7 − 0.55| and |0.9 − 0.95|.
    expect(four(eceOf(reliability([0.55, 10, 7], [0.95, 10, 9])))).toBe(0.1);
  });

  it('of an intent leaves out a confidence that is the constant of a rule; over all it counts', () => {
    const row = evalRow({ intent: 'cancel_subscription' });
    const eceWhere = (isFixed: boolean) =>
      counted([{ row, outcome: outcome({ predicted: 'cancel_subscription', confidence: 0.55, isFixed }) }]).figures;
    expect(eceWhere(false).eceOfTop.cancel_subscription).toBe(0.45);
    expect(eceWhere(true).eceOfTop.cancel_subscription).toBe(0);
    expect(eceWhere(true).ece).toBe(0.45);
  });

  it('rows of one score are shared by the bins that meet in it', () => {
    // Bins of 1.5: three of 0.5 alone, one of half a row of 0.5 and one of 0.9, six of 0.9.
    const bins = binsOf(reliability([0.5, 5, 5], [0.9, 10, 5]));
    expect(bins).toHaveLength(10);
    expect(four(bins[3]?.confidence ?? 0)).toBe(0.7667);
    expect(four(bins[3]?.accuracy ?? 0)).toBe(0.6667);
    expect(four(eceOf(reliability([0.5, 5, 5], [0.9, 10, 5])))).toBe(0.4);
  });

  it('Brier is the mean squared distance', () => {
    // (7·0.45² + 3·0.55² + 9·0.05² + 1·0.95²) / 20
    expect(four(brierOf(reliability([0.55, 10, 7], [0.95, 10, 9])))).toBe(0.1625);
  });

  it('nothing counted is no error', () => {
    expect(binsOf(emptyReliability())).toEqual([]);
    expect(eceOf(emptyReliability())).toBe(0);
  });
});

describe('risk and coverage', () => {
  const points = riskCoverage(reliability([0.4, 2, 0], [0.65, 3, 2], [0.9, 4, 4]), { n: 1, right: 1 }, 11);
  const at = (threshold: number) => points.find((point) => point.threshold === threshold);

  it('sweeps 0.30 to 0.95 and counts what a rule decided at every threshold', () => {
    expect(points[0]?.threshold).toBe(0.3);
    expect(points.at(-1)).toEqual({ threshold: 0.95, coverage: 0.0909, risk: 0 });
    expect(at(0.3)).toEqual({ threshold: 0.3, coverage: 0.9091, risk: 0.3 });
    expect(at(0.6)).toEqual({ threshold: 0.6, coverage: 0.7273, risk: 0.125 });
  });

  it('a score on the threshold is covered', () => {
    expect(at(0.65)).toEqual({ threshold: 0.65, coverage: 0.7273, risk: 0.125 });
    expect(at(0.66)).toEqual({ threshold: 0.66, coverage: 0.4545, risk: 0 });
  });

  it('says how much is covered at a risk', () => {
    expect(coverageAt(points, 0.1)).toBe(0.4545);
    expect(coverageAt(points, 0.125)).toBe(0.7273);
  });

  it('the area is that of the trapezes', () => {
    // 0.0909–0.4545 at 0, then to (0.7273, 0.125), then to (0.9091, 0.3)
    expect(areaUnder(points)).toBe(four((0.2728 * 0.125) / 2 + (0.1818 * (0.125 + 0.3)) / 2));
  });

  it('what is covered at 0.60 is what did not abstain', () => {
    const unsure = outcome({
      predicted: 'cancel_order',
      confidence: 0.59,
      abstained: true,
      tier: null,
      template: null,
    });
    const cases = [...decided('cancel_order', 6), { row: evalRow({ intent: 'cancel_order' }), outcome: unsure }];
    const { figures } = counted(cases);
    expect(figures.abstained).toBe(1);
    expect(figures.riskCoverage.find(({ threshold }) => threshold === 0.6)?.coverage).toBe(four(6 / 7));
  });
});

describe('latency', () => {
  it('percentiles are right to 2 %', () => {
    const latencies = emptyLatencies();
    for (let ms = 1; ms <= 100; ms += 1) countLatency(latencies, ms);
    expect(Math.abs(percentile(latencies, 0.5) / 50 - 1)).toBeLessThan(0.02);
    expect(Math.abs(percentile(latencies, 0.95) / 95 - 1)).toBeLessThan(0.02);
    expect(percentile(emptyLatencies(), 0.5)).toBe(0);
  });
});

describe('teams, secondaries, templates', () => {
  it('the team of a label follows from intent and channel', () => {
    const right = {
      row: evalRow({ intent: 'return_request' }),
      outcome: outcome({ predicted: 'return_request', team: 'Returns Admin' }),
    };
    const residual = {
      row: evalRow({ intent: 'unknown_other', channel: 'tiktok' }),
      outcome: outcome({ predicted: 'unknown_other', team: 'TikTok Support' }),
    };
    const wrong = { row: evalRow({ intent: 'return_request' }), outcome: outcome({ team: 'Email Support Team' }) };
    expect(counted([right, residual, wrong]).figures.team).toEqual({ n: 3, accuracy: 0.6667 });
  });

  it('labelled secondaries that were found, and templates as labelled', () => {
    const row = evalRow({ secondary: ['refund_request', 'cancel_order'], template: 't_shipping_delay_verified' });
    const { figures } = counted([{ row, outcome: outcome({ secondaries: ['refund_request'] }) }]);
    expect(figures.secondaryRecallAt2).toBe(0.5);
    expect(figures.templateCorrect).toBe(0);
  });
});
