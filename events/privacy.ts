/** The privacy gate: which fields may not be declared at all (architecture §8, platform §7.2). */
import { type AnySchema, walk } from './schema.ts';

/** Words of a field name behind which a customer's text or data would hide. */
const FORBIDDEN_WORDS = new Set([
  'text',
  'body',
  'message',
  'comment',
  'note',
  'notes',
  'subject',
  'email',
  'phone',
  'address',
  'tracking',
  'firstname',
  'lastname',
  'fullname',
  'street',
  'zip',
  'city',
  'card',
  'iban',
  'ip',
  'password',
  'token',
  'secret',
  'url',
]);

/** Longest string any field may allow: a vendor id (512) or a ledger key. */
const MAX_STRING = 2000;
/** Characters that make prose: a pattern that admits them is free text. */
const PROSE = [
  'hello world',
  'nora@example.test',
  'where is #1043?',
  '+1 555 010 9999',
  'Ä é 日本',
  'a\nb',
  '<b>',
  '"',
];

type Described = AnySchema & {
  type: string;
  pipe?: readonly { kind: string; type: string; requirement?: unknown }[];
  options?: readonly unknown[];
};

/** Reasons why a schema may not be an event's data; empty when it may. */
export function privacyObjections(schema: AnySchema): string[] {
  const objections: string[] = [];
  for (const { path, schema: part } of walk(schema)) {
    const described = part as Described;
    const leaf =
      path
        .split('.')
        .at(-1)
        ?.replace(/(\[\]|\{\})+$/, '') ?? '';
    if (['any', 'unknown', 'custom', 'blob', 'date', 'looseObject', 'loose_object', 'object'].includes(described.type))
      objections.push(`"${path}" has the open type ${described.type}; use a closed schema of events/fields.ts`);
    if (described.type === 'string') {
      const words = leaf.split(/(?=[A-Z])|_/).map((word) => word.toLowerCase());
      const forbidden =
        words.find((word) => FORBIDDEN_WORDS.has(word)) ?? (FORBIDDEN_WORDS.has(leaf.toLowerCase()) ? leaf : undefined);
      const isReference = /(Id|Ids|Key|Keys|Hash|Count|Ref|At)(\[\])?$/.test(leaf) || /Id\[\]$/.test(path);
      if (forbidden && !isReference)
        objections.push(
          `"${path}" is named like customer data ("${forbidden}"); carry an id, code, count or keyed digest`,
        );
      const pattern = described.pipe?.find((item) => item.type === 'regex')?.requirement;
      if (!(pattern instanceof RegExp))
        objections.push(`"${path}" is a string without a pattern; use a field of events/fields.ts or a picklist`);
      else if (PROSE.some((sample) => pattern.test(sample)))
        objections.push(`"${path}" has a pattern that free text passes; narrow it`);
      else if (!isBounded(pattern))
        objections.push(`"${path}" has no length limit up to ${MAX_STRING}; bound every quantifier of its pattern`);
    }
    if (described.type === 'array' && !described.pipe?.some((item) => item.type === 'max_length'))
      objections.push(`"${path}" is a list without maxLength`);
  }
  return objections;
}

/** A pattern is bounded when it is anchored and has no `*`, `+` or open `{n,}`. */
function isBounded(pattern: RegExp): boolean {
  const source = pattern.source.replace(/\[(?:\\.|[^\]\\])*\]/g, 'C').replace(/\\./g, 'E');
  return source.startsWith('^') && source.endsWith('$') && !/[*+]|\{\d+,\}/.test(source);
}
