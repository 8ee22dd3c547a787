/** Every setting of a policy as a field of a form: form and bounds from the schema of the file, the shipped value beside them. Pure. */
import type * as v from 'valibot';
import { sayingOf } from './sayings.ts';
import { isSection, PolicyFile, RELEASED } from './terms.ts';

export type PolicyValue = number | boolean | string | null | readonly string[];

type Form =
  | { readonly kind: 'number'; readonly min: number; readonly max: number | null; readonly step: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly options: readonly string[] }
  | { readonly kind: 'text' };

export type PolicyField = Form & {
  /** Dotted, as the file nests it. */
  readonly key: string;
  readonly section: string;
  /** A few words for people. */
  readonly name: string;
  readonly says: string;
  readonly shipped: PolicyValue;
  /** What `null` stands for here, such as "as recorded"; `null` where nothing may be left out. */
  readonly open: string | null;
};

/** Labels, which decide nothing, and what only a new reading of the tickets asks for (`whatif --reread`). */
const NOT_IN_FORM = ['version', 'thresholds.version', 'reread.classifier', 'reread.model'];

const SHARE_STEP = 0.01;
const MINUTE_MS = 60_000;

/** In the order in which `policy show` prints them. */
export function policyFields(): PolicyField[] {
  return fieldsIn(PolicyFile, RELEASED, []);
}

type Schema = v.GenericSchema & {
  readonly wrapped?: Schema;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly (string | number)[];
  readonly item?: Schema;
  readonly pipe?: readonly Step[];
};
type Step = { readonly type: string; readonly requirement?: unknown; readonly pipe?: readonly Step[] };

function fieldsIn(schema: Schema, shipped: unknown, path: readonly string[]): PolicyField[] {
  const { inner, isNullable } = bare(schema);
  if (inner.entries !== undefined) {
    const values = isSection(shipped) ? shipped : {};
    // Of intents without a value of their own nothing is shipped, and one may be set.
    return Object.entries(inner.entries).flatMap(([key, entry]) =>
      fieldsIn(entry, values[key] ?? null, [...path, key]),
    );
  }
  const key = path.join('.');
  if (NOT_IN_FORM.includes(key)) return [];
  return [
    {
      ...formOf(inner, key),
      key,
      section: path[0] ?? '',
      ...sayingOf(path),
      shipped: shipped as PolicyValue,
      open: isNullable || shipped === null ? openWord(path) : null,
    },
  ];
}

function openWord([section, ...rest]: readonly string[]): string {
  if (section === 'flags' || section === 'limits') return 'as recorded';
  return rest.at(-1) === 'highestTier' ? 'nothing' : 'as for all';
}

function bare(schema: Schema): { readonly inner: Schema; readonly isNullable: boolean } {
  if (schema.wrapped === undefined) return { inner: schema, isNullable: false };
  const { inner, isNullable } = bare(schema.wrapped);
  return { inner, isNullable: isNullable || schema.type === 'nullable' };
}

function formOf(schema: Schema, key: string): Form {
  switch (schema.type) {
    case 'boolean':
      return { kind: 'switch' };
    case 'picklist':
      return { kind: 'choice', options: schema.options ?? [] };
    case 'array':
      return { kind: 'list', options: (schema.item?.options ?? []).map(String) };
    case 'number':
      return { kind: 'number', ...boundsOf(schema, key) };
    case 'string':
      return { kind: 'text' };
    default:
      throw new Error(`${key}: a policy of another form than any field (${schema.type})`);
  }
}

function boundsOf(schema: Schema, key: string): { min: number; max: number | null; step: number } {
  const pipe = stepsOf(schema);
  const requirement = (type: string) => pipe.find((action) => action.type === type)?.requirement;
  const most = requirement('max_value');
  const isWhole = pipe.some(({ type }) => type === 'integer');
  return {
    min: Number(requirement('min_value') ?? 0),
    max: most === undefined ? null : Number(most),
    step: !isWhole ? SHARE_STEP : key.endsWith('Ms') ? MINUTE_MS : 1,
  };
}

/** A pipe may begin with another one. */
function stepsOf({ pipe = [] }: Step | Schema): Step[] {
  return pipe.flatMap((step, at) => [...(at === 0 ? stepsOf(step) : []), step]);
}
