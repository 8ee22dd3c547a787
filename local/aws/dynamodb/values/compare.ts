/** Which values are equal, and which of two comes first. Values of different types are neither. */
import { type AttributeValue, attributeOf, typeOf } from './attribute-value.ts';
import { compareNumbers } from './numbers.ts';

/** Deep; sets have no order. */
export function areEqual(left: AttributeValue, right: AttributeValue): boolean {
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  if (left.L !== undefined && right.L !== undefined) {
    const others = right.L;
    return left.L.length === others.length && left.L.every((value, index) => areEqual(value, others[index] ?? {}));
  }
  if (left.M !== undefined && right.M !== undefined) {
    const others = right.M;
    const entries = Object.entries(left.M);
    return (
      entries.length === Object.keys(others).length &&
      entries.every(([name, value]) => {
        const other = attributeOf(others, name);
        return other !== undefined && areEqual(value, other);
      })
    );
  }
  const [one, two] = [left[type], right[type]];
  if (Array.isArray(one) && Array.isArray(two)) {
    return one.length === two.length && one.every((member) => two.includes(member));
  }
  return one === two;
}

/** Below, equal to or above zero; `null` where there is no order: other types than text, numbers and binaries. */
export function orderOf(left: AttributeValue, right: AttributeValue): number | null {
  if (left.N !== undefined && right.N !== undefined) return compareNumbers(left.N, right.N);
  if (left.S !== undefined && right.S !== undefined) {
    return left.S === right.S ? 0 : Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  }
  if (left.B !== undefined && right.B !== undefined) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return null;
}
