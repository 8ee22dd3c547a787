/** What the case file cannot say by itself; `pattern-cases.test.ts` runs the language. */
import { describe, expect, it } from 'vitest';
import { compilePattern, validatePattern } from './pattern.ts';

describe('a pattern that is refused', () => {
  it('is not quoted', () => {
    expect(() => validatePattern('{"source": secret')).toThrowError(/^((?!secret).)*$/);
    expect(() => validatePattern('{"source": "secret"}')).toThrowError(/^((?!secret).)*$/);
  });

  it('has more than 1,000 combinations of $or (user guide, "Complex example with multiple matching")', () => {
    const or = (key: string, alternatives: number) => ({
      [key]: { $or: Array.from({ length: alternatives }, (_, index) => ({ f: [index] })) },
    });
    expect(() => compilePattern({ ...or('a', 10), ...or('b', 10), ...or('c', 10) })).not.toThrow();
    expect(() => compilePattern({ ...or('a', 10), ...or('b', 10), ...or('c', 11) })).toThrow();
    const flat = Array.from({ length: 1_001 }, (_, index) => ({ f: [index] }));
    expect(() => compilePattern({ $or: flat })).toThrow();
    expect(compilePattern({ $or: flat.slice(1) })({ f: 1_000 })).toBe(true);
  });
});
