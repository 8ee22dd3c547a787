import { describe, expect, it } from 'vitest';
import { HELP, readOptions } from './options.ts';
import { FAULT_NAMES } from './world/faults.ts';

const given = (...args: string[]) => {
  const read = readOptions(args);
  if (read.ok !== true) throw new Error('refused');
  return read.options;
};

describe('the options of the simulation (interfaces §5)', () => {
  it('have defaults', () => {
    expect(given()).toMatchObject({ seed: '1', conversations: 500, faults: 'all', minutes: null, json: null });
  });

  it('take a list of faults', () => {
    expect(
      given(
        '--seed',
        '7',
        '--conversations',
        '20',
        '--faults',
        'crash-before, zombie',
        '--json',
        'x',
        '--workers',
        '3',
      ),
    ).toMatchObject({ seed: '7', conversations: 20, faults: ['crash-before', 'zombie'], json: 'x', workers: 3 });
  });

  it('run for a time, over as many conversations as fit or as are wanted', () => {
    expect(given('--minutes', '0.5')).toMatchObject({ minutes: 0.5, conversations: null });
    expect(given('--minutes', '2', '--conversations', '9')).toMatchObject({ minutes: 2, conversations: 9 });
  });

  it('keep nothing but where it is asked for', () => {
    expect(given().keep).toBeNull();
    expect(given('--keep', 'shop').keep).toBe('shop');
  });

  it('explain themselves', () => {
    expect(readOptions(['--help'])).toEqual({ ok: 'help' });
    for (const name of FAULT_NAMES) expect(HELP).toContain(name);
    expect(HELP).toMatch(/--plant ID.*it must be found\.\s+Exits 0 where a rule is broken that it is to break/);
  });

  it.each([
    [['--faults', 'crash-before,earthquake'], /unknown fault "earthquake"; there are: none, all, crash-before, /],
    [['--conversations', '0'], /--conversations wants a whole number/],
    [['--conversations', 'many'], /--conversations wants a whole number/],
    [['--workers', '1.5'], /--workers wants a whole number/],
    [['--minutes', '0'], /--minutes wants a number above 0/],
    [['--minutes', 'Infinity'], /--minutes wants a number above 0/],
    [['--speed', '3'], /--speed/],
  ])('refuse %j in one line', (args, says) => {
    const read = readOptions(args);
    expect(read.ok === false ? read.says : 'taken').toMatch(says);
  });
});
