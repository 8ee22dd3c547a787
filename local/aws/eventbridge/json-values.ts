/** JSON values as the matcher sees them. */

/** A number of more than 15 digits: a double cannot hold it, so it is compared as it was written. */
export class LongNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Leaf = string | number | boolean | null | LongNumber;

export function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value !== 'object' || value instanceof LongNumber;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongNumber);
}
