import { describe, expect, it } from 'vitest';
import { type ProofPart, printed } from './part.ts';
import { PARTS } from './parts.ts';
import type { ProofRow } from './proof-file.ts';
import { commandLine, objections } from './staleness.ts';

const part: ProofPart = {
  name: 'demo',
  line: 'the demo settles',
  command: ['npm', 'run', 'demo'],
  figure: () => '60 settled',
  limitMinutes: 1,
};
const row: ProofRow = {
  name: 'demo',
  line: 'the demo settles',
  command: 'npm run demo',
  figure: '60 settled',
  commit: 'abc',
  machine: 'm',
  date: '2026-01-31',
};
const ancestor = () => 'ancestor' as const;

describe('a proof is stale', () => {
  it.each<[string, ProofPart[], ProofRow[]]>([
    ['when a part was never measured', [part], []],
    ['when a row has no part any more', [], [row]],
    ['when the line was reworded', [part], [{ ...row, line: 'the demo runs' }]],
    ['when the command changed', [part], [{ ...row, command: 'npm run demo -- --strict' }]],
    ['when it failed', [part], [{ ...row, figure: 'failed (exit 1)' }]],
    ['when its line is not held and nobody said why', [part], [{ ...row, figure: 'not held: 3 GB; too much' }]],
    ['when files were changed while it was measured', [part], [{ ...row, commit: 'abc+' }]],
  ])('%s', (_, parts, rows) => expect(objections(parts, rows, ancestor)).toHaveLength(1));

  it('when the measured commit is not part of this history', () => {
    expect(objections([part], [row], () => 'foreign')).toHaveLength(1);
  });
});

describe('a proof stands', () => {
  it.each(['ancestor', 'unknowable'] as const)('when rows are parts and the commit is %s', (measured) => {
    expect(objections([part], [row], () => measured)).toEqual([]);
  });
});

it('a gap that is named stands with its figure', () => {
  const known = { ...part, gap: 'too much' };
  expect(objections([known], [{ ...row, figure: 'not held: 3 GB; too much' }], ancestor)).toEqual([]);
});

describe('parts', () => {
  it('have names of their own that --only can take', () => {
    const names = PARTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('are written as one types them', () => {
    expect(commandLine(['npm', 'run', 'x', '--', "it's"])).toBe(`npm run x -- 'it'\\''s'`);
  });

  it('read their figure from what was printed, or nothing', () => {
    const run = { code: 0, stdout: 'settled 60 of 61', stderr: '', seconds: 1 };
    expect(printed(/settled (\d+) of (\d+)/)(run)).toBe('60, 61');
    expect(printed(/lost (\d+)/)(run)).toBeUndefined();
  });
});
