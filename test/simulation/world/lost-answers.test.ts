import { describe, expect, it } from 'vitest';
import { type FaultPlan, noFaults } from '../kernel/faults.ts';
import { createRandom } from '../kernel/random.ts';
import { lostDoorAnswers } from './lost-answers.ts';

describe('a lost answer at the door', () => {
  const over = (process: string, method: string, otherwise: FaultPlan = noFaults): number => {
    const plan = lostDoorAnswers(createRandom('door'), otherwise);
    const kinds = Array.from(
      { length: 10_000 },
      (_value, ordinal) => plan({ ordinal, process, port: 'store', method })?.kind,
    );
    return kinds.filter((kind) => kind === 'timeout-applied').length;
  };

  it('befalls one claim in a hundred, whoever of the responder’s containers makes it', () => {
    expect(over('responder-reply#7', 'put')).toBeGreaterThan(60);
    expect(over('responder-reply#7', 'put')).toBeLessThan(140);
  });

  it('befalls no other write, and nobody else', () => {
    expect(over('responder-reply#7', 'change')).toBe(0);
    expect(over('responder-route#7', 'put')).toBe(0);
    expect(over('responder-reply-replay#7', 'put')).toBe(0);
  });

  it('leaves every other call to what befalls them all', () => {
    expect(over('classify#1', 'put', () => ({ kind: 'timeout-applied', ms: 0 }))).toBe(10_000);
  });
});
