/**
 * Conditions and changes as data, so that one protocol runs on DynamoDB and in memory alike: the live adapter compiles
 * them to expressions, the memory adapter evaluates them. Flat attributes only.
 */

export type TableName =
  | 'idempotency'
  | 'conversation_state'
  | 'audit_trail'
  | 'vault'
  | 'vendor_limits'
  | 'read_models';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Item = { readonly [attribute: string]: Value };
export type Key = { readonly [attribute: string]: string };

/** Comparisons with an absent attribute do not hold, `ne` included; ask `absent` beside them. */
export type Condition =
  | { readonly op: 'absent'; readonly attribute: string }
  | { readonly op: 'present'; readonly attribute: string }
  | {
      readonly op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
      readonly attribute: string;
      readonly value: string | number | boolean;
    }
  /** A list attribute holds the value. */
  | { readonly op: 'holds'; readonly attribute: string; readonly value: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] };

export type Changes = {
  readonly set?: Item;
  /** Kept when present. */
  readonly setIfAbsent?: Item;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
};

export const absent = (attribute: string): Condition => ({ op: 'absent', attribute });
export const present = (attribute: string): Condition => ({ op: 'present', attribute });
export const eq = (attribute: string, value: string | number | boolean): Condition => ({ op: 'eq', attribute, value });
export const ne = (attribute: string, value: string | number | boolean): Condition => ({ op: 'ne', attribute, value });
export const lt = (attribute: string, value: string | number): Condition => ({ op: 'lt', attribute, value });
export const le = (attribute: string, value: string | number): Condition => ({ op: 'le', attribute, value });
export const gt = (attribute: string, value: string | number): Condition => ({ op: 'gt', attribute, value });
export const ge = (attribute: string, value: string | number): Condition => ({ op: 'ge', attribute, value });
export const all = (...of: Condition[]): Condition => ({ op: 'all', of });
export const any = (...of: Condition[]): Condition => ({ op: 'any', of });

/** "Nobody wrote it yet": TTL deletes late, so an expired item counts as absent (platform §2.1). */
export const firstWriter = (keyAttribute: string, nowSeconds: number): Condition =>
  any(absent(keyAttribute), lt('expires_at', nowSeconds));

/** Does the condition hold for the item? The one meaning both adapters have. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  switch (condition.op) {
    case 'absent':
      return item?.[condition.attribute] === undefined;
    case 'present':
      return item?.[condition.attribute] !== undefined;
    case 'all':
      return condition.of.every((part) => holds(part, item));
    case 'any':
      return condition.of.some((part) => holds(part, item));
    case 'holds': {
      const list = item?.[condition.attribute];
      return Array.isArray(list) && list.includes(condition.value);
    }
    default:
      return compares(condition.op, item?.[condition.attribute], condition.value);
  }
}

function compares(
  op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge',
  actual: Value | undefined,
  wanted: string | number | boolean,
): boolean {
  if (actual === undefined) return false;
  if (op === 'eq') return actual === wanted;
  if (op === 'ne') return actual !== wanted;
  if (typeof actual === 'string' && typeof wanted === 'string') return ordered(op, byCodeUnit(actual, wanted));
  if (typeof actual === 'number' && typeof wanted === 'number') return ordered(op, actual - wanted);
  return false;
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function ordered(op: 'lt' | 'le' | 'gt' | 'ge', difference: number): boolean {
  switch (op) {
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
  }
}
