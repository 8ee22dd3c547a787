import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applied, editsOf } from './edits.ts';
import { EXCLUDED } from './excluded.ts';
import { drawEdits, randomFrom } from './sample.ts';
import { allUnits } from './sources.ts';
import { unitsOf } from './units.ts';

/** The texts that all edits of one kind make of a source. */
function made(kind: string, source: string): string[] {
  return editsOf('x.ts', source)
    .filter((edit) => edit.kind === kind)
    .map((edit) => applied(edit, source));
}

describe('single edits', () => {
  it.each([
    ['comparison', 'a < b;', ['a <= b;', 'a >= b;']],
    ['comparison', 'a === b;', ['a !== b;']],
    ['logical', 'a && b;', ['a || b;']],
    ['negation', 'f(!a);', ['f(a);']],
    ['arithmetic', 'a + b;', ['a - b;']],
    ['number', 'f(3);', ['f(4);', 'f(2);']],
    ['number', 'f(0.6);', ['f(0.7);', 'f(0.5);']],
    ['boolean', 'f(true);', ['f(false);']],
    ['condition', 'a ? b : c;', ['true ? b : c;', 'false ? b : c;']],
    ['early return', 'const f = () => { if (a) return 1; return 2; };', ['const f = () => {  return 2; };']],
    ['quantifier', 'list.some(f);', ['list.every(f);']],
    ['list element', 'f([a, b]);', ['f([ b]);', 'f([a, ]);']],
    ['object entry', 'f({ a: 1, b });', ['f({  b });', 'f({ a: 1,  });']],
    ['word', "f('weak');", ["f('strong');", "f('none');", "f('high');"]],
  ])('%s: %s', (kind, source, expected) => {
    expect(made(kind, source)).toEqual(expected);
  });

  it('leave types, imports, messages of errors and names of entries alone', () => {
    const source = [
      "import { a } from 'weak';",
      "type Strength = 'weak' | 'strong';",
      "const f = (x: 0 | 1): x is 1 => { throw new Error('weak'); };",
      "const g = { 'weak': f } as const satisfies Record<'weak', unknown>;",
    ].join('\n');
    expect(editsOf('x.ts', source).map(({ kind }) => kind)).toEqual(['object entry']);
  });
});

describe('wordings', () => {
  it('are emptied as a whole; lists of words of the contract lose one entry', () => {
    expect(made('wordings', "f(['where is', 'my order']);")).toEqual(['f([]);']);
    expect(made('list element', "f(['where is', 'my order']);")).toEqual([]);
    expect(made('list element', "f(['weak', 'strong']);")).toEqual(["f([ 'strong']);", "f(['weak', ]);"]);
  });
});

describe('units', () => {
  const names = (source: string) => unitsOf('x.ts', source).map(({ name }) => name);

  it.each([
    ['a function or a constant is one', 'export function f() {} const A = 1;', ['f', 'A']],
    ['a gate is one', "const g: Gate = { id: 'G01', judge: () => [1] };", ['g']],
    [
      'rules are one each, by their id',
      "const R = [{ id: 'a.b', phrases: ['x'] }, { id: 'c', phrases: [] }];",
      ['a.b', 'c'],
    ],
    ['entries of a table are one each', 'const T = { a: 1, b: f(2) } as const;', ['T.a', 'T.b']],
    ['a table inside is entered', 'const T = { a: { b: 1, c: 2 }, d: 3 };', ['T.a.b', 'T.a.c', 'T.d']],
    [
      'rules in a call are one each',
      "const book = compile({ rules: [{ id: 'a' }], reach: 'text' });",
      ['a', 'book.reach'],
    ],
    ['a table of letters is one', "const L = new Map(Object.entries({ a: 'b', c: 'd' }));", ['L']],
    ['types are none', 'type A = 1; interface B { c: 2 }', []],
  ])('%s', (_rule, source, expected) => {
    expect(names(source)).toEqual(expected);
  });
});

describe('the draw', () => {
  const source = 'const a = 1 < 2; const b = f(!c); const d = { x: 3, y: 4, z: true };';
  const draw = (seed: number) => [...drawEdits(unitsOf('x.ts', source), editsOf('x.ts', source), randomFrom(seed))];

  it('is the same for the same seed and another for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect([1, 2, 3, 4].some((seed) => JSON.stringify(draw(seed)) !== JSON.stringify(draw(7)))).toBe(true);
  });

  it('takes one edit of every unit', () => {
    expect(
      draw(1)
        .map(({ unit }) => unit)
        .sort(),
    ).toEqual(['a', 'b', 'd.x', 'd.y', 'd.z']);
  });
});

describe('the list of what is not drawn', () => {
  it('names units that there are', () => {
    const units = allUnits(join(import.meta.dirname, '..', '..', '..'));
    const isThere = (file: string, name: string): boolean =>
      units.some((one) => one.file === file && one.name === name);
    const unknown = EXCLUDED.flatMap(({ file, names }) =>
      names === 'all' ? [] : names.filter((name) => !isThere(file, name)).map((name) => `${file} ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
