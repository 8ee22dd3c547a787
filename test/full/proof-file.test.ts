import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProofRow, parseProof, renderProof } from './proof-file.ts';

const cell = fc
  .string({ minLength: 1 })
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '');
const row: fc.Arbitrary<ProofRow> = fc.record({
  name: cell,
  line: cell,
  command: cell,
  figure: cell,
  commit: cell,
  machine: cell,
  date: cell,
});

describe('docs/proof.md', () => {
  it('reads back what was written, bars and backslashes included', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(parseProof(renderProof(rows))).toEqual(rows);
      }),
    );
  });

  it('is one Markdown table', () => {
    const text = renderProof([
      { name: 'n', line: 'l', command: 'a | b', figure: '3 s', commit: 'abc', machine: 'm', date: '2026-01-31' },
    ]);
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toEqual([
      '| part | line | command | figure | commit | machine | date |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| n | l | a \\| b | 3 s | abc | m | 2026-01-31 |',
    ]);
  });
});
