import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import { withMemo } from './hooks.ts';
import { PURE } from './pure.ts';

describe('the memo around pure functions', () => {
  it.each(Object.entries(PURE))('fits %s', (file, pure) => {
    const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
    const edited = withMemo(source, pure);
    // No line moves: a stack names the lines of the source.
    expect(edited.split('\n').length).toBeGreaterThan(source.split('\n').length);
    for (const { name, byObject } of pure)
      expect(edited).toContain(
        `export const ${name} = ${byObject ? 'memoisedByObject' : 'memoised'}('${name}', ${name}Computed`,
      );
    expect(() => stripTypeScriptTypes(edited)).not.toThrow();
  });

  it('names a function that is gone', () => {
    expect(() => withMemo('export const other = 1;', [{ name: 'gone', ignored: 0 }])).toThrow('export function gone(');
  });
});
