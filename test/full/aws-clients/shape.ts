/** Shapes of answers: plain data for what must be equal, predicates for what varies; a key that is not named is an error. */

export type Shape =
  | string
  | number
  | boolean
  | RegExp
  | ((value: unknown) => boolean)
  | Optional
  | readonly Shape[]
  | { readonly [key: string]: Shape };

type Optional = { readonly [OPTIONAL]: Shape };
const OPTIONAL = Symbol('optional');

/** A field that only some versions of a client show. */
export const maybe = (shape: Shape): Optional => ({ [OPTIONAL]: shape });
export const anything = (): boolean => true;
/** A list in which each one fits. */
export const each =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every((one) => mismatch(one, shape) === null);
/** A list of exactly these, in any order. */
export const inAnyOrder =
  (...shapes: readonly Shape[]) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length === shapes.length &&
    shapes.every((shape) => value.some((one) => mismatch(one, shape) === null));
/** A list that holds these, among others. */
export const holding =
  (...shapes: readonly Shape[]) =>
  (value: unknown): boolean =>
    Array.isArray(value) && shapes.every((shape) => value.some((one) => mismatch(one, shape) === null));

/** An instant of this hour: one taken for seconds where it was milliseconds is far off. */
export const isRecent = (value: unknown): boolean =>
  typeof value === 'string' && Math.abs(Date.parse(value) - Date.now()) < 3_600_000;
export const instant =
  (expected: Date) =>
  (value: unknown): boolean =>
    typeof value === 'string' && Date.parse(value) === expected.getTime();
/** JSON in a string. */
export const jsonOf =
  (shape: Shape) =>
  (value: unknown): boolean => {
    try {
      return mismatch(JSON.parse(String(value)), shape) === null;
    } catch {
      return false;
    }
  };

/** Where and how `value` differs, or `null`. */
export function mismatch(value: unknown, shape: Shape, path = 'output'): string | null {
  if (typeof shape === 'function') return shape(value) ? null : differs(path, value, 'fit');
  if (shape instanceof RegExp) {
    return typeof value === 'string' && shape.test(value) ? null : differs(path, value, `match ${shape}`);
  }
  if (typeof shape !== 'object') return value === shape ? null : differs(path, value, `equal ${JSON.stringify(shape)}`);
  if (isOptional(shape)) return value === undefined ? null : mismatch(value, shape[OPTIONAL], path);
  if (Array.isArray(shape)) return mismatchOfList(value, shape, path);
  return mismatchOfObject(value, shape as { readonly [key: string]: Shape }, path);
}

function mismatchOfList(value: unknown, shapes: readonly Shape[], path: string): string | null {
  if (!Array.isArray(value) || value.length !== shapes.length)
    return differs(path, value, `have ${shapes.length} items`);
  return first(shapes.map((shape, index) => mismatch(value[index], shape, `${path}[${index}]`)));
}

function mismatchOfObject(value: unknown, shape: { readonly [key: string]: Shape }, path: string): string | null {
  if (typeof value !== 'object' || value === null) return differs(path, value, 'be an object');
  const extra = Object.keys(value).find((key) => !Object.hasOwn(shape, key));
  if (extra !== undefined) return `${path}.${extra} was not expected`;
  const fields = new Map(Object.entries(value));
  return first(Object.entries(shape).map(([key, one]) => mismatch(fields.get(key), one, `${path}.${key}`)));
}

function isOptional(shape: object): shape is Optional {
  return OPTIONAL in shape;
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((one) => one !== null) ?? null;
}

function differs(path: string, value: unknown, wanted: string): string {
  return `${path} does not ${wanted}: ${JSON.stringify(value)?.slice(0, 600)}`;
}
