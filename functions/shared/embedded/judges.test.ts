import { describe, expect, it } from 'vitest';
import { CALIBRATION } from '../../../policy/embedded/generated/calibration.ts';
import { WEIGHTS } from '../../../policy/embedded/weights.ts';
import { embeddedJudges } from './judges.ts';

describe('the embedded judges', () => {
  it('do not start with a map that was fitted on other weights', () => {
    expect(() => embeddedJudges(WEIGHTS, { ...CALIBRATION, weights: '0123456789ab' })).toThrow(
      `calibration ${CALIBRATION.version} was fitted on weights 0123456789ab, not on ${WEIGHTS.version}`,
    );
    expect(embeddedJudges(WEIGHTS, CALIBRATION).classifier).toMatchObject({ calibration: CALIBRATION.version });
  });
});
