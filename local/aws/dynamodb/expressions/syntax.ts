/** Expressions as they are read: `V` is a placeholder's name (`:v`) at first, its value once bound. */
import type { Path } from '../values/paths.ts';

export type PathOperand = { readonly kind: 'path'; readonly path: Path };
export type ValueOperand<V> = { readonly kind: 'value'; readonly value: V };
/** `size(…)` in conditions; `if_not_exists(…)` and `list_append(…)` in updates. */
export type FunctionOperand<V> = {
  readonly kind: 'function';
  readonly name: string;
  readonly args: readonly Operand<V>[];
};
export type Arithmetic<V> = {
  readonly kind: 'plus' | 'minus';
  readonly left: Operand<V>;
  readonly right: Operand<V>;
};
export type Operand<V> = PathOperand | ValueOperand<V> | FunctionOperand<V> | Arithmetic<V>;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Condition<V> =
  | { readonly kind: 'and' | 'or'; readonly left: Condition<V>; readonly right: Condition<V> }
  | { readonly kind: 'not'; readonly of: Condition<V> }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: Operand<V>;
      readonly right: Operand<V>;
    }
  | { readonly kind: 'between'; readonly of: Operand<V>; readonly low: Operand<V>; readonly high: Operand<V> }
  | { readonly kind: 'in'; readonly of: Operand<V>; readonly list: readonly Operand<V>[] }
  /** A function that answers yes or no, like `attribute_exists`. */
  | { readonly kind: 'test'; readonly name: string; readonly args: readonly Operand<V>[] };

export type UpdateAction<V> =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Operand<V> }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: V };
export type Update<V> = readonly UpdateAction<V>[];

/** The parameter an expression came in; stands in every error text. */
export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'UpdateExpression'
  | 'ProjectionExpression';
