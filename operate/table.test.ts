import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onScreen, toned } from './screen.ts';
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

describe('on a terminal', () => {
  const on = (columns: number | null, text: () => string) =>
    onScreen({ columns, hasColours: false, shown: (one) => one }, async () => text());
  const flags = () =>
    table(
      ['flag', 'value', 'meaning'],
      [['template_enabled/t_order_status_ask_order_number', 'true', 'may this template be sent at all, to anybody']],
    );

  it('the widest columns give way: the last goes on below, the others end in …', async () => {
    expect(await on(40, flags)).toBe(
      [
        'flag                 value  meaning',
        'template_enabled/t…  true   may this',
        '                            template be',
        '                            sent at all,',
        '                            to anybody',
      ].join('\n'),
    );
  });

  it('a name keeps its width as long as what is said about it can go on below', async () => {
    expect(await on(30, () => pairs([['dead letters', 'ingest 3, classify 2, verify 11']]))).toBe(
      ['dead letters  ingest 3,', '              classify 2,', '              verify 11'].join('\n'),
    );
  });

  it('nothing is cut that fits, nor where nobody looks at lines', async () => {
    expect(await on(200, flags)).toBe(flags());
    expect(await on(null, flags)).toBe(flags());
  });

  it('colours take no room', async () => {
    const red = '\u001b[31mfail\u001b[39m';
    expect(
      await on(24, () =>
        table(
          ['a', 'b'],
          [
            [red, 'one'],
            ['x', 'two'],
          ],
        ),
      ),
    ).toBe(`a     b\n${red}  one\nx     two`);
  });

  it('never wider than the terminal, whatever is in it', async () => {
    const cell = fc.string({ maxLength: 60 }).map((text) => text.replace(/[\p{Cc}\n]/gu, ' '));
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 40, max: 140 }), async (cells, columns) => {
        const [head = [], ...body] = cells;
        const text = await on(columns, () => table(head, [...body, head]));
        for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('toned', () => {
  it('colours where the screen has some, and says the same without', async () => {
    const shown = (text: string) => text;
    expect(await onScreen({ columns: null, hasColours: true, shown }, async () => toned('well', 'good'))).toBe(
      '\u001b[32mwell\u001b[39m',
    );
    expect(await onScreen({ columns: null, hasColours: false, shown }, async () => toned('well', 'good'))).toBe('well');
    expect(toned('well', 'good')).toBe('well');
  });
});
