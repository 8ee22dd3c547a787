import { describe, expect, it } from 'vitest';
import { StageError } from '../../stacks/stages.ts';
import { failureOf } from './report.ts';

describe('what the stack commands say when they cannot', () => {
  it('a wrong table: which field, and its own cure alone', () => {
    const { message, cure, exitCode } = failureOf(new StageError('prod.edge', 'is neither', 'mend it'));
    expect([message, cure, exitCode]).toEqual(['prod.edge: is neither', 'mend it', 1]);
  });
  it('anything else: what was thrown, and that SST may want to be prepared', () => {
    expect(failureOf(new Error('no such file'))).toMatchObject({
      message: 'no such file',
      cure: expect.stringContaining('npm run stacks:prepare'),
    });
  });
});
