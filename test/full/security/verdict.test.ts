import { describe, expect, it } from 'vitest';
import { type FileReport, passes, verdictOf } from './verdict.ts';

const file = (change: Partial<FileReport> = {}): FileReport => ({ passed: 2, failed: [], broken: null, ...change });
const failing = (...says: string[]): FileReport => file({ failed: [{ name: 'refuses it', says }] });

describe('what a run without a control says', () => {
  it.each([
    ['a failed assertion', failing('AssertionError: expected 200 to be 401\n    at x'), 'noticed'],
    ['a property that found a case', failing('Error: Property failed after 3 tests\n{ seed: 1 }'), 'noticed'],
    ['everything passes', file(), 'unnoticed'],
    ['the file does not load', file({ broken: 'SyntaxError: Unexpected token' }), 'broken'],
    ['a name that is gone', failing('ReferenceError: isOld is not defined'), 'broken'],
    [
      'a name that is gone, told by an assertion',
      failing("AssertionError: expected [Function] to not throw but 'ReferenceError: isOld is not defined' was thrown"),
      'broken',
    ],
    ['an error that no assertion told', failing('TypeError: x is not a function'), 'broken'],
    ['a test that hung', failing('Error: Test timed out in 20000ms.'), 'broken'],
    ['no test at all', file({ passed: 0 }), 'broken'],
    ['a file that was not run', undefined, 'broken'],
  ])('%s', (_case, report, is) => {
    expect(verdictOf(report).is).toBe(is);
  });

  it('names the test that noticed', () => {
    const report = file({
      failed: [
        { name: 'hangs', says: ['Error: Test timed out'] },
        { name: 'asserts', says: ['AssertionError: expected 1 to be 2'] },
      ],
    });
    expect(verdictOf(report)).toEqual({ is: 'noticed', by: 'asserts' });
  });

  it('passes with the control where a test ran and none failed', () => {
    expect(
      [file(), failing('AssertionError: no'), file({ broken: 'no' }), file({ passed: 0 }), undefined].map(passes),
    ).toEqual([true, false, false, false, false]);
  });
});
