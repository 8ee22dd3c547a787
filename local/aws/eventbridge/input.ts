/** Reading request fields. Messages name the field and the constraint, never the value. */
import { AwsError } from '../service.ts';
import { DEFAULT_BUS } from './schema.ts';

export type Input = Readonly<Record<string, unknown>>;

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `${what} does not exist.`);
}

function constraint(field: string, text: string): AwsError {
  const member = field.charAt(0).toLowerCase() + field.slice(1);
  return validationError(`1 validation error detected: Value at '${member}' failed to satisfy constraint: ${text}`);
}

export function optionalText(input: Input, field: string, maxLength = 512): string | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new AwsError('SerializationException', `${field} is not a string.`);
  if (value.length > maxLength) throw constraint(field, `Member must have length less than or equal to ${maxLength}`);
  return value;
}

export function requiredText(input: Input, field: string, maxLength = 1_600): string {
  const value = optionalText(input, field, maxLength);
  if (value === undefined) throw constraint(field, 'Member must not be null');
  if (value === '') throw constraint(field, 'Member must have length greater than or equal to 1');
  return value;
}

/** Names of buses, rules, archives and replays. */
export function requiredName(input: Input, field: string, maxLength: number): string {
  const name = requiredText(input, field, maxLength);
  if (!/^[.\-_A-Za-z0-9]+$/.test(name)) {
    throw constraint(field, 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  }
  return name;
}

/** The bus by name or ARN; the default bus when there is none. */
export function busNameOf(input: Input, field = 'EventBusName'): string {
  const given = optionalText(input, field, 1_600) ?? DEFAULT_BUS;
  return given.startsWith('arn:') ? nameInArn(given, field, 'event-bus') : given;
}

const ARN_KINDS = { 'event-bus': 'an event bus', archive: 'an archive' } as const;

/** The name of the resource whose ARN the field must hold. */
export function requiredArn(input: Input, field: string, kind: keyof typeof ARN_KINDS): string {
  return nameInArn(requiredText(input, field), field, kind);
}

function nameInArn(arn: string, field: string, kind: keyof typeof ARN_KINDS): string {
  const name = new RegExp(`^arn:[^:]*:events:[^:]*:[^:]*:${kind}/(.+)$`).exec(arn)?.[1];
  if (name === undefined) throw invalidParameter(field, `Must contain ${ARN_KINDS[kind]} ARN.`);
  return name;
}

export function invalidParameter(field: string, reason: string): AwsError {
  return validationError(`Parameter ${field} is not valid. Reason: ${reason}`);
}

export type ListFilter = {
  readonly prefix: string;
  readonly state: string | undefined;
  readonly source: string | undefined;
};

/** The one filter of ListArchives and ListReplays. */
export function listFilter(input: Input, operation: string, maxName: number, states: readonly string[]): ListFilter {
  const prefix = optionalText(input, 'NamePrefix', maxName);
  const state = optionalText(input, 'State');
  const source = optionalText(input, 'EventSourceArn', 1_600);
  if (state !== undefined && !states.includes(state)) {
    throw constraint('State', `Member must satisfy enum value set: [${states.join(', ')}]`);
  }
  if ([prefix, state, source].filter((filter) => filter !== undefined).length > 1) {
    throw validationError(
      `At most one filter is allowed for ${operation}. Use either : State, EventSourceArn, or NamePrefix.`,
    );
  }
  return { prefix: prefix ?? '', state, source };
}

export function optionalInteger(input: Input, field: string, min: number, max: number): number | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new AwsError('SerializationException', `${field} is not an integer.`);
  }
  if (value < min) throw constraint(field, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw constraint(field, `Member must have value less than or equal to ${max}`);
  return value;
}

/** Instants travel as epoch seconds with a fraction; older clients send RFC 3339. Answers epoch milliseconds or `null`. */
export function instantOf(value: unknown): number | null {
  const epochMs =
    typeof value === 'number' ? Math.round(value * 1_000) : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  // The range of a JavaScript date.
  return Math.abs(epochMs) <= 8.64e15 ? epochMs : null;
}

export function requiredInstant(input: Input, field: string): number {
  const instant = instantOf(input[field]);
  if (instant === null) throw constraint(field, 'Member must be a timestamp');
  return instant;
}

export function requiredList(input: Input, field: string, maxItems: number): unknown[] {
  const value = input[field];
  if (!Array.isArray(value)) throw constraint(field, 'Member must not be null');
  if (value.length === 0) throw constraint(field, 'Member must have length greater than or equal to 1');
  if (value.length > maxItems) throw constraint(field, `Member must have length less than or equal to ${maxItems}`);
  return value;
}

export function objectOf(value: unknown, field: string): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', `${field} is not a structure.`);
  }
  return value as Input;
}

/** Pages of a list that is sorted by `key`; the token is the last key of the page before. */
export function paginate<T>(
  rows: readonly T[],
  input: Input,
  key: (row: T) => string,
): { page: T[]; token: { NextToken?: string } } {
  const limit = optionalInteger(input, 'Limit', 1, 100) ?? 100;
  const token = optionalText(input, 'NextToken', 2_048);
  const after = token === undefined ? undefined : Buffer.from(token, 'base64url').toString('utf8');
  const rest = after === undefined ? rows : rows.filter((row) => key(row) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || rest.length <= limit) return { page, token: {} };
  return { page, token: { NextToken: Buffer.from(key(last), 'utf8').toString('base64url') } };
}

/** Leaves out what is not set, as AWS does. */
export function defined<T extends Record<string, unknown>>(output: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(output).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

export const epochSeconds = (epochMs: number | null): number | null => (epochMs === null ? null : epochMs / 1_000);
