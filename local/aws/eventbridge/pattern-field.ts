/** The array of a pattern's field: any of its entries will do. */
import { isLeaf, type Leaf, LongNumber } from './json-values.ts';
import { compileMatchExpression, invalidPattern, type LeafTest } from './matchers.ts';

export type FieldTest = {
  readonly accepts: LeafTest;
  /** `{"exists": false}` is one of the entries: it looks at the whole path, not at a value. */
  readonly acceptsAbsence: boolean;
  /** What the index can look up; `null` when another entry may match too. */
  readonly keys: FieldKeys | null;
};

export type FieldKeys = { readonly exact: readonly Leaf[]; readonly prefixes: readonly string[] };

/** Throws InvalidEventPatternException. */
export function readField(entries: unknown): FieldTest {
  if (!Array.isArray(entries)) throw invalidPattern('Match value of a field must be an object or an array');
  if (entries.length === 0) throw invalidPattern('Empty arrays are not allowed');
  // A set finds 0 for -0 as well, and 1 for 1.0.
  const exact = new Set<Leaf>();
  const prefixes: string[] = [];
  const tests: LeafTest[] = [];
  let acceptsAbsence = false;
  let isListed = true;
  for (const entry of entries as unknown[]) {
    if (entry instanceof LongNumber) {
      tests.push((value) => value instanceof LongNumber && value.text === entry.text);
      isListed = false;
    } else if (isLeaf(entry)) {
      exact.add(entry);
    } else {
      const expression = compileMatchExpression(entry);
      if (expression.kind === 'absence') acceptsAbsence = true;
      else tests.push(expression.test);
      if (expression.kind === 'prefix') prefixes.push(expression.prefix);
      else isListed = false;
    }
  }
  const [onlyTest] = tests;
  const isSingleTest = tests.length === 1 && exact.size === 0 && onlyTest !== undefined;
  return {
    accepts: isSingleTest ? onlyTest : (value) => exact.has(value) || tests.some((test) => test(value)),
    acceptsAbsence,
    keys: isListed ? { exact: [...exact], prefixes } : null,
  };
}
