import { describe, expect, it } from 'vitest';
import { bytesText, durationText, pairs, table } from './table.ts';

describe('table', () => {
  it('aligns columns by their widest cell and leaves no blanks at the end of a line', () => {
    expect(
      table(
        ['flag', 'value'],
        [
          ['safe_mode', true],
          ['x', null],
        ],
      ),
    ).toBe(['flag       value', 'safe_mode  yes', 'x          –'].join('\n'));
  });
  it('leaves a column without a name without one', () => {
    expect(table(['path', ''], [['tier-0', '███']])).toBe('path\ntier-0  ███');
  });
  it('says so when there is nothing', () => {
    expect(table(['flag'], [], 'never set')).toBe('never set');
  });
  it('pairs a name with what is said about it', () => {
    expect(
      pairs([
        ['mode', 'auto'],
        ['dead letters', 0],
      ]),
    ).toBe('mode          auto\ndead letters  0');
  });
  it('goes on under a name', () => {
    expect(
      pairs([
        ['alarms', 'Q2'],
        ['', 'Q3'],
        ['limits', ''],
      ]),
    ).toBe('alarms  Q2\n        Q3\nlimits  –');
  });
});

describe('quantities', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [94_500, '94.5 kB'],
    [250_000_000, '250 MB'],
  ])('%i bytes read as %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
  it.each([
    [850, '850 ms'],
    [12_340, '12.3 s'],
    [250_000, '4 min 10 s'],
    [3_660_000, '1 h 1 min'],
  ])('%i ms read as %s', (ms, text) => expect(durationText(ms)).toBe(text));
});
