import { describe, expect, it } from 'vitest';
import { verdictOn } from './verdict.ts';

describe('what a run of the simulation comes to', () => {
  it.each([
    { when: 'no rule is broken', plant: null, broken: [], exitCode: 0 },
    { when: 'a rule is broken', plant: null, broken: ['settled-last'], exitCode: 1 },
    { when: 'a planted bug is found', plant: 'naive-close-branch', broken: ['false-end', 'settled-last'], exitCode: 0 },
    { when: 'a planted bug is not found', plant: 'naive-close-branch', broken: [], exitCode: 1 },
    { when: 'only what it does not break is broken', plant: 'naive-close-branch', broken: ['false-end'], exitCode: 1 },
  ])('$when → exit $exitCode', ({ plant, broken, exitCode }) =>
    expect(verdictOn(plant, broken).exitCode).toBe(exitCode),
  );

  it('says what was found, or what was not', () => {
    expect(verdictOn('naive-close-branch', ['settled-last']).says).toBe(
      'naive-close-branch was planted and is found: settled-last',
    );
    expect(verdictOn('naive-close-branch', ['false-end']).says).toBe(
      'naive-close-branch is planted and was not found: none of settled-last was broken; others were: false-end',
    );
    expect(verdictOn(null, []).says).toBeNull();
  });
});
