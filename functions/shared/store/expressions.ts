/** Conditions and changes of the store's language as DynamoDB expressions; every name and value is a placeholder. */
import type { Changes, Condition, Value } from './language.ts';

export type Expressions = {
  condition(condition: Condition): string;
  /** `undefined` when nothing changes; the item still comes into being. */
  update(changes: Changes): string | undefined;
  name(attribute: string): string;
  value(value: Value): string;
  /** Absent where nothing was named: DynamoDB refuses empty maps. */
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
};

const SYMBOLS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

export function expressions(): Expressions {
  const names: Record<string, string> = {};
  const values: Record<string, Value> = {};
  const placeholders = new Map<string, string>();

  function name(attribute: string): string {
    const known = placeholders.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#n${placeholders.size}`;
    placeholders.set(attribute, placeholder);
    names[placeholder] = attribute;
    return placeholder;
  }
  function value(given: Value): string {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = given;
    return placeholder;
  }

  function condition(asked: Condition): string {
    switch (asked.op) {
      case 'absent':
        return `attribute_not_exists(${name(asked.attribute)})`;
      case 'present':
        return `attribute_exists(${name(asked.attribute)})`;
      case 'all':
      case 'any':
        return joined(asked.op, asked.of.map(condition));
      case 'holds':
        // `contains` finds substrings of a string as well.
        return `(attribute_type(${name(asked.attribute)}, ${value('L')}) AND contains(${name(asked.attribute)}, ${value(asked.value)}))`;
      case 'ne':
        // DynamoDB takes an absent attribute for different; here it compares with nothing.
        return `(attribute_exists(${name(asked.attribute)}) AND ${name(asked.attribute)} <> ${value(asked.value)})`;
      default:
        return `${name(asked.attribute)} ${SYMBOLS[asked.op]} ${value(asked.value)}`;
    }
  }

  function update({ set = {}, setIfAbsent = {}, add = {}, remove = [] }: Changes): string | undefined {
    // One path may stand in one clause only; as in memory, `set` wins over `setIfAbsent` and `remove` over all.
    const stays = ([attribute]: readonly [string, unknown]) => !remove.includes(attribute);
    const sets = Object.entries(set)
      .filter(stays)
      .map(([attribute, given]) => `${name(attribute)} = ${value(given)}`);
    const firsts = Object.entries(setIfAbsent)
      .filter((entry) => stays(entry) && !Object.hasOwn(set, entry[0]))
      .map(([attribute, given]) => `${name(attribute)} = if_not_exists(${name(attribute)}, ${value(given)})`);
    const adds = Object.entries(add)
      .filter(stays)
      .map(([attribute, amount]) => `${name(attribute)} ${value(amount)}`);
    const clauses = [
      clause('SET', [...sets, ...firsts]),
      clause('ADD', adds),
      clause('REMOVE', [...new Set(remove)].map(name)),
    ].filter((part) => part !== '');
    return clauses.length === 0 ? undefined : clauses.join(' ');
  }

  return { condition, update, name, value, names, values };
}

function joined(op: 'all' | 'any', parts: readonly string[]): string {
  if (parts.length === 0) throw new Error(`a condition "${op}" of nothing`);
  // DynamoDB refuses a second pair of brackets around the same thing.
  return parts.length === 1 ? String(parts[0]) : `(${parts.join(op === 'all' ? ' AND ' : ' OR ')})`;
}

function clause(word: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${word} ${parts.join(', ')}`;
}
