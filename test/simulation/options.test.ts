import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the options of the simulation (interfaces §5)', () => {
  it('have defaults', () => {
    expect(readOptions([])).toEqual({
      ok: true,
      options: { seed: '1', conversations: 500, faults: 'all', json: null },
    });
  });

  it('take a list of faults', () => {
    expect(
      readOptions(['--seed', '7', '--conversations', '20', '--faults', 'crash-before, zombie', '--json', 'x']),
    ).toEqual({ ok: true, options: { seed: '7', conversations: 20, faults: ['crash-before', 'zombie'], json: 'x' } });
  });

  it.each([
    [['--faults', 'crash-before,earthquake'], /unknown fault "earthquake"; there are: none, all, crash-before, /],
    [['--conversations', '0'], /--conversations wants a whole number/],
    [['--conversations', 'many'], /--conversations wants a whole number/],
    [['--minutes', '3'], /--minutes/],
  ])('refuse %j in one line', (args, says) => {
    const read = readOptions(args);
    expect(read.ok ? 'taken' : read.says).toMatch(says);
  });
});
