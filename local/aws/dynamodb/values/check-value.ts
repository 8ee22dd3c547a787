/** Values as a client sent them: checked, with numbers in their one form. What is stored was checked and is not again. */
import { invalidParameter, serializationError, validationError } from '../errors.ts';
import { type AttributeValue, type Item, type SetType, VALUE_TYPES, type ValueType } from './attribute-value.ts';
import { canonicalNumber } from './numbers.ts';

/** AWS: a document may be 32 levels deep. */
const MAX_DEPTH = 32;
const NOTHING_SUPPLIED = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const TOO_MANY_SUPPLIED =
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
const EMPTY_SETS: Readonly<Record<SetType, string>> = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
};

/** The same object where nothing had to change. Throws ValidationException or SerializationException. */
export function checkItem(raw: unknown): Item {
  return checkMembers(raw, 0);
}

export function checkValue(raw: unknown): AttributeValue {
  return checkNested(raw, 1);
}

function checkMembers(raw: unknown, depth: number): Item {
  const members = jsonObject(raw);
  let isChanged = false;
  const entries: [string, AttributeValue][] = [];
  for (const [name, value] of Object.entries(members)) {
    const checked = checkNested(value, depth + 1);
    isChanged ||= checked !== value;
    entries.push([name, checked]);
  }
  return isChanged ? Object.fromEntries(entries) : (raw as Item);
}

function checkNested(raw: unknown, depth: number): AttributeValue {
  if (depth > MAX_DEPTH + 1) {
    throw validationError(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  const members = jsonObject(raw);
  const types = Object.keys(members);
  const [type, ...more] = types.filter((name) => members[name] !== null && VALUE_TYPES.has(name)) as ValueType[];
  if (type === undefined) throw validationError(NOTHING_SUPPLIED);
  if (more.length > 0) throw validationError(TOO_MANY_SUPPLIED);
  const content = members[type];
  const checked = checkContent(type, content, depth);
  return checked === content && types.length === 1 ? (raw as AttributeValue) : { [type]: checked };
}

function checkContent(type: ValueType, content: unknown, depth: number): unknown {
  switch (type) {
    case 'S':
      return textIn(content);
    case 'N':
      return checkNumber(content);
    case 'B':
      return checkBinary(content);
    case 'BOOL':
      return checkBoolean(content);
    case 'NULL':
      if (checkBoolean(content)) return true;
      throw invalidParameter('Null attribute value types must have the value of true');
    case 'SS':
    case 'NS':
    case 'BS':
      return checkSet(type, content);
    case 'L':
      return checkList(content, depth);
    case 'M':
      return checkMembers(content, depth);
    default:
      return type satisfies never;
  }
}

function checkNumber(content: unknown): string {
  const text = textIn(content);
  if (text === '') throw validationError('The parameter cannot be converted to a numeric value');
  return canonicalNumber(text);
}

function checkBinary(content: unknown): string {
  if (typeof content !== 'string') throw serializationError('only base-64-encoded strings are convertible to bytes');
  if (content.length % 4 !== 0) {
    throw serializationError(`Base64 encoded length is expected a multiple of 4 bytes but found: ${content.length}`);
  }
  if (Buffer.from(content, 'base64').toString('base64') !== content) {
    throw serializationError('Invalid last non-pad Base64 character dectected');
  }
  return content;
}

function checkBoolean(content: unknown): boolean {
  if (typeof content === 'boolean') return content;
  throw serializationError(`${jsonKind(content)} cannot be converted to Boolean`);
}

function checkSet(type: SetType, content: unknown): readonly string[] {
  const raw = jsonArray(content);
  if (raw.length === 0) throw invalidParameter(EMPTY_SETS[type]);
  const check = type === 'SS' ? textIn : type === 'NS' ? checkNumber : checkBinary;
  const members = raw.map(check);
  if (new Set(members).size < members.length) throw duplicates(type, members);
  return members.every((member, index) => member === raw[index]) ? (raw as string[]) : members;
}

function duplicates(type: SetType, members: readonly string[]): Error {
  if (type === 'NS') return validationError('Input collection contains duplicates');
  const listed = `Input collection [${members.join(', ')}]`;
  return invalidParameter(
    type === 'SS' ? `${listed} contains duplicates.` : `${listed}of type BS contains duplicates.`,
  );
}

function checkList(content: unknown, depth: number): readonly AttributeValue[] {
  const raw = jsonArray(content);
  const values = raw.map((value) => checkNested(value, depth + 1));
  return values.every((value, index) => value === raw[index]) ? (raw as AttributeValue[]) : values;
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  throw serializationError(`${jsonKind(content)} cannot be converted to String`);
}

function jsonObject(raw: unknown): Readonly<Record<string, unknown>> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  throw serializationError(Array.isArray(raw) ? 'Unrecognized collection type' : 'Unexpected value type in payload');
}

function jsonArray(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw serializationError('Unexpected field type');
}

function jsonKind(raw: unknown): string {
  if (typeof raw === 'number') return Number.isInteger(raw) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  if (typeof raw === 'boolean') return raw ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof raw === 'string' ? 'STRING_VALUE' : 'START_OBJECT';
}
