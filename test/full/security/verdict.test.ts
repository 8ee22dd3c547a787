import { describe, expect, it } from 'vitest';
import { type FileReport, passes, type Verdict, verdictOf, verdictTogether } from './verdict.ts';

const file = (change: Partial<FileReport> = {}): FileReport => ({ passed: 2, failed: [], broken: null, ...change });
const failing = (...says: string[]): FileReport => file({ failed: [{ name: 'refuses it', says }] });

describe('what a run without a control says', () => {
  it.each([
    ['a failed assertion', failing('AssertionError: expected 200 to be 401\n    at x'), 'noticed'],
    ['a property that found a case', failing('Error: Property failed after 3 tests\n{ seed: 1 }'), 'noticed'],
    ['nothing refused', failing('Error: promise resolved "{ value: 1 }" instead of rejecting\n    at x'), 'noticed'],
    ['an error instead of an answer', failing('Error: promise rejected "TypeError: x" instead of resolving'), 'broken'],
    ['an assertion that is only a cause', failing('TypeError: no\nAssertionError: expected 1 to be 2'), 'broken'],
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

  it('names each test that noticed', () => {
    const report = file({
      failed: [
        { name: 'hangs', says: ['Error: Test timed out'] },
        { name: 'asserts', says: ['AssertionError: expected 1 to be 2'] },
        { name: 'asserts too', says: ['AssertionError: expected 2 to be 3'] },
      ],
    });
    expect(verdictOf(report)).toEqual({ is: 'noticed', by: ['asserts', 'asserts too'] });
  });

  it('passes with the control where a test ran and none failed', () => {
    expect(
      [file(), failing('AssertionError: no'), file({ broken: 'no' }), file({ passed: 0 }), undefined].map(passes),
    ).toEqual([true, false, false, false, false]);
  });
});

describe('what several runs without it say together', () => {
  const by = (...names: [string, ...string[]]): Verdict => ({ is: 'noticed', by: names });
  const unnoticed: Verdict = { is: 'unnoticed' };
  const broken: Verdict = { is: 'broken', says: 'hung' };

  it.each<[string, Verdict[], Verdict | null]>([
    ['nothing before the first', [], null],
    ['one failure is no proof', [by('a')], null],
    ['the same test twice is', [by('a'), by('a')], by('a')],
    ['one of several is enough, and is the one named', [by('flake', 'a'), by('b', 'a')], by('a')],
    ['two tests, each once, are not', [by('a'), by('b')], null],
    ['nor are three', [by('a'), by('b'), by('c')], { is: 'broken', says: 'failed in one run only: c' }],
    ['a flake, then none', [by('a'), unnoticed], unnoticed],
    ['none at once', [unnoticed], unnoticed],
    ['a run that hung says nothing', [broken], null],
    ['between two that noticed neither', [by('a'), broken, by('a')], by('a')],
    [
      'one that noticed after two that hung',
      [broken, broken, by('a')],
      { is: 'broken', says: 'failed in one run only: a' },
    ],
    ['three that hung', [broken, broken, broken], broken],
  ])('%s', (_case, verdicts, together) => {
    expect(verdictTogether(verdicts)).toEqual(together);
  });
});
