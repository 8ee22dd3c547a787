/** ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions use. */
import { serializationError, validationError } from '../errors.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import { checkValue } from '../values/check-value.ts';

export type Placeholders = {
  /** `undefined` where the request does not define it; a plain name stands for itself. */
  name(placeholder: string): string | undefined;
  value(placeholder: string): AttributeValue | undefined;
  /** Throws ValidationException where something was defined for nothing. */
  refuseUnused(): void;
};

type Given = Readonly<Record<string, unknown>>;

/** Throws ValidationException for empty maps, malformed keys and invalid values. */
export function readPlaceholders(names: unknown, values: unknown): Placeholders {
  const givenNames = givenMap('ExpressionAttributeNames', names, /^#[0-9a-zA-Z_]+$/);
  const givenValues = givenMap('ExpressionAttributeValues', values, /^:[0-9a-zA-Z_]+$/);
  const checkedValues = new Map<string, AttributeValue>();
  for (const [key, value] of Object.entries(givenValues)) checkedValues.set(key, checkedUnder(key, value));
  const used = new Set<string>();
  return {
    name(placeholder) {
      if (!placeholder.startsWith('#')) return placeholder;
      used.add(placeholder);
      const name = Object.hasOwn(givenNames, placeholder) ? givenNames[placeholder] : undefined;
      if (name !== undefined && typeof name !== 'string') throw serializationError('a name must be a string');
      return name;
    },
    value(placeholder) {
      used.add(placeholder);
      return checkedValues.get(placeholder);
    },
    refuseUnused() {
      refuseUnusedOf('ExpressionAttributeNames', Object.keys(givenNames), used);
      refuseUnusedOf('ExpressionAttributeValues', [...checkedValues.keys()], used);
    },
  };
}

function givenMap(parameter: string, given: unknown, form: RegExp): Given {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw serializationError('Unexpected field type');
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError(`${parameter} must not be empty`);
  const malformed = keys.find((key) => !form.test(key));
  if (malformed !== undefined) {
    throw validationError(`${parameter} contains invalid key: Syntax error; key: "${malformed}"`);
  }
  return given as Given;
}

function checkedUnder(key: string, value: unknown): AttributeValue {
  try {
    return checkValue(value);
  } catch (error) {
    if (!(error instanceof Error) || Object(error).type !== 'ValidationException') throw error;
    throw validationError(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}

function refuseUnusedOf(parameter: string, given: readonly string[], used: ReadonlySet<string>): void {
  const unused = given.filter((key) => !used.has(key));
  if (unused.length === 0) return;
  throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
}
