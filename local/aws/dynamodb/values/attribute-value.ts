/** DynamoDB's own form of values and items: one member says the type. Numbers are decimal text, binaries base64. */

export type AttributeValue = {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Item;
};
export type Item = Readonly<Record<string, AttributeValue>>;
export type ValueType = keyof AttributeValue;
export type SetType = 'SS' | 'NS' | 'BS';
export type KeyType = 'S' | 'N' | 'B';

export const VALUE_TYPES: ReadonlySet<string> = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);

/** The type of a value that was checked: it has exactly one member. */
export function typeOf(value: AttributeValue): ValueType {
  for (const type in value) return type as ValueType;
  throw new Error('a value without a type');
}

/** Names are the users' own: `constructor` is an attribute only where somebody wrote one. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** A copy with the attribute; `__proto__` is a name like any other. */
export function withAttribute(item: Item, name: string, value: AttributeValue): Item {
  return { ...item, ...Object.fromEntries([[name, value]]) };
}

export function withoutAttribute(item: Item, name: string): Item {
  const { [name]: _, ...rest } = item;
  return rest;
}
