import { describe, expect, it } from 'vitest';
import { applied, editsOf } from './edits.ts';
import { drawEdits, randomFrom } from './sample.ts';

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

describe('the draw', () => {
  const source = 'f(1 < 2, a && b, !c, [d, e, g, h]);';

  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => drawEdits(editsOf('x.ts', source), 3, randomFrom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect([1, 2, 3, 4].some((seed) => JSON.stringify(draw(seed)) !== JSON.stringify(draw(7)))).toBe(true);
  });

  it('takes every place once, a list as one place', () => {
    const drawn = drawEdits(editsOf('x.ts', source), 100, randomFrom(1));
    // Two numbers, one comparison, one logical, one negation, one list.
    expect(drawn).toHaveLength(6);
    expect(drawn.filter(({ kind }) => kind === 'list element')).toHaveLength(1);
  });
});
