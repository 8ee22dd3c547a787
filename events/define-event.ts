/** An event is declared once; types and schemas are derived from the declaration. */
import * as v from 'valibot';
import { Metadata, type PII_CLASSES } from './envelope.ts';
import { privacyObjections } from './privacy.ts';
import { type AnySchema, tolerant } from './schema.ts';
import type { Producer } from './words.ts';

type Entries = Record<string, AnySchema>;

type Declaration<Name extends string, Data extends Entries> = {
  readonly name: Name;
  /** `major.minor`: an added optional field raises the minor, anything else the major. */
  readonly version: `${number}.${number}`;
  /** Who may state it; several only where the catalogue says so. */
  readonly producers: readonly [Producer, ...Producer[]];
  readonly pii: (typeof PII_CLASSES)[number];
  /** One sentence for the reference page. */
  readonly says: string;
  readonly data: Data;
  /** Real enough to run: parsed in a test, the seed of property tests and of every consumer's contract test. */
  readonly example: v.InferOutput<v.StrictObjectSchema<Data, undefined>>;
};

export type EventDefinition<Name extends string = string, Data extends Entries = Entries> = Declaration<Name, Data> & {
  readonly major: number;
  /** What a producer must pass: an extra key is an error, so nothing leaks. */
  readonly strict: v.StrictObjectSchema<Data, undefined>;
  /** What a consumer reads with: unknown optional fields are dropped. */
  readonly tolerant: AnySchema;
};

/** `detail` of the bus event: envelope and data of one fact. */
export type EventOf<D> =
  D extends EventDefinition<infer Name, infer Data>
    ? {
        readonly metadata: Metadata & { readonly eventName: Name };
        readonly data: v.InferOutput<v.StrictObjectSchema<Data, undefined>>;
      }
    : never;
export type DataOf<D> =
  D extends EventDefinition<string, infer Data> ? v.InferOutput<v.StrictObjectSchema<Data, undefined>> : never;

/** Any fact, before its name is known. */
export type AnyEvent = { readonly metadata: Metadata; readonly data: Readonly<Record<string, unknown>> };

/**
 * Declares an event.
 *
 * @throws when a field could hold free text or personal data: such a field cannot be declared (architecture §8).
 */
export function defineEvent<const Name extends string, const Data extends Entries>(
  declaration: Declaration<Name, Data>,
): EventDefinition<Name, Data> {
  const strict = v.strictObject(declaration.data);
  const objections = privacyObjections(strict);
  if (objections.length > 0) throw new Error(`${declaration.name} cannot be declared: ${objections.join('; ')}`);
  return { ...declaration, major: Number(declaration.version.split('.')[0]), strict, tolerant: tolerant(strict) };
}

/** Metadata a consumer reads with. */
export const TolerantMetadata = tolerant(Metadata) as v.GenericSchema<unknown, Metadata>;
