/** The privacy gate: which fields may not be declared at all (architecture §8, platform §7.2). */
import { patternObjection } from './pattern-safety.ts';
import { type AnySchema, walk } from './schema.ts';

/** Words of a field name behind which a customer's text or data would hide; the plural counts too. */
const FORBIDDEN_WORDS = new Set([
  'text',
  'body',
  'message',
  'comment',
  'note',
  'subject',
  'email',
  'phone',
  'address',
  'tracking',
  'firstname',
  'lastname',
  'fullname',
  'surname',
  'customername',
  'ordernumber',
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

/** Endings that say what is carried instead: an id, a count, a keyed digest, an instant. */
const REFERENCE = /(Id|Ids|Key|Keys|Hash|Hashes|Count|Ref|At)$/;
const OPEN_TYPES = ['any', 'unknown', 'custom', 'blob', 'file', 'date', 'loose_object', 'object', 'object_with_rest'];
/** A phone number has ten digits, a card more. */
const MAX_COUNT = 1_000_000_000;
/** Marks of contact data that a pattern without white space could still take. */
const PERSONAL = ['nora@example.test', 'nora.lind@mail.example.test', '<b>', '"', '#1043', '+15550109999'];

type Described = AnySchema & {
  type: string;
  pipe?: readonly { kind: string; type: string; requirement?: unknown }[];
};

/** Reasons why a schema may not be an event's data; empty when it may. */
export function privacyObjections(schema: AnySchema): string[] {
  return [...walk(schema)].flatMap(({ path, schema: part }) =>
    objectionsTo(part as Described, leafOf(path)).map((objection) => `"${path}" ${objection}`),
  );
}

function objectionsTo(schema: Described, leaf: string): string[] {
  const { type } = schema;
  if (OPEN_TYPES.includes(type)) return [`has the open type ${type}; use a closed schema of events/fields.ts`];
  switch (type) {
    case 'string':
      return [...aboutName(leaf), ...aboutString(schema)];
    case 'number':
      return aboutNumber(schema, leaf);
    case 'array':
      return hasAction(schema, 'max_length') ? [] : ['is a list without maxLength'];
    default:
      return [];
  }
}

/** A count may be named for what it counts (`comments`); a number that could be a phone or card number may not. */
function aboutNumber({ pipe }: Described, leaf: string): string[] {
  const most = (pipe ?? []).find(({ type }) => type === 'max_value')?.requirement;
  if (typeof most !== 'number') return ['is a number without maxValue'];
  if (most > MAX_COUNT) return aboutName(leaf);
  return FORBIDDEN_WORDS.has(leaf.toLowerCase()) ? [named(leaf)] : [];
}

function aboutName(leaf: string): string[] {
  if (REFERENCE.test(leaf)) return [];
  const words = leaf.split(/(?=[A-Z])|_/).map((word) => word.toLowerCase());
  const pairs = words.slice(1).map((word, index) => `${words[index]}${word}`);
  const found = [...words, ...pairs].find((word) => FORBIDDEN_WORDS.has(word) || FORBIDDEN_WORDS.has(singular(word)));
  return found ? [named(found)] : [];
}

const named = (word: string): string =>
  `is named like customer data ("${word}"); carry an id, code, count or keyed digest`;

const singular = (word: string): string => word.replace(/(?<=ss)es$|s$/, '');

function aboutString({ pipe }: Described): string[] {
  const patterns = (pipe ?? []).flatMap(({ requirement }) => (requirement instanceof RegExp ? [requirement] : []));
  if (patterns.length === 0) return ['is a string without a pattern; use a field of events/fields.ts or a picklist'];
  // All of them must hold, so one that is safe makes the field safe.
  const objections = patterns.map(objectionToPattern);
  const [first] = objections;
  return first === undefined || objections.includes(undefined) ? [] : [first];
}

function objectionToPattern(pattern: RegExp): string | undefined {
  const takesPersonal = PERSONAL.some((sample) => new RegExp(pattern.source, pattern.flags).test(sample));
  return patternObjection(pattern) ?? (takesPersonal ? 'has a pattern that contact data passes; narrow it' : undefined);
}

function hasAction({ pipe }: Described, type: string): boolean {
  return (pipe ?? []).some((item) => item.type === type);
}

/** Name of the field itself, without the marks of lists and records around it. */
function leafOf(path: string): string {
  return (path.split('.').at(-1) ?? '').replace(/(\[\]|\{\})+$/, '');
}
