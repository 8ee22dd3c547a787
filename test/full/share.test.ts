/** Every long proof is in exactly one share, and none takes longer than a job on GitHub may. */
import { describe, expect, it } from 'vitest';
import { readWorkflows } from '../workflows/workflow.ts';
import { PARTS } from './parts.ts';
import { shareOf } from './share.ts';

const LONGEST_JOB_MINUTES = 360;

describe('the shares of the long proofs', () => {
  it('deal out each part once', () => {
    const dealt = Array.from({ length: 8 }, (_, index) => shareOf(PARTS, `${index + 1}/8`) ?? []).flat();
    expect(dealt.map(({ name }) => name).sort()).toEqual(PARTS.map(({ name }) => name).sort());
  });

  it('end within a job of the nightly run, which has them all', () => {
    const nightly = readWorkflows().find(({ file }) => file.endsWith('nightly.yml'));
    expect(nightly?.text).toContain('share: [1, 2, 3, 4, 5, 6, 7, 8]');
    expect(nightly?.text).toContain('--share "$SHARE/8"');
    for (let share = 1; share <= 8; share += 1) {
      const minutes = (shareOf(PARTS, `${share}/8`) ?? []).reduce((sum, part) => sum + part.limitMinutes, 0);
      expect(minutes, `share ${share}`).toBeLessThan(LONGEST_JOB_MINUTES - 30);
    }
  });

  it.each(['', '0/8', '9/8', '1', '1/', '1/0', 'a/b', '1/8/2', '-1/8'])('are refused as "%s"', (share) => {
    expect(shareOf(PARTS, share)).toBeNull();
  });
});
