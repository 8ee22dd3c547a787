/** Reads `expected.yaml`, and writes what differs by stage, account or entry into it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Graph } from '../../../tools/stacks/graph.ts';
import type { Expectation, Expected, Grant, Values } from './types.ts';

const FILE = join(import.meta.dirname, '..', 'expected.yaml');

export function readExpected(file = FILE): Expected {
  const read: Written = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });
  const { consumers } = read;
  return {
    ...read,
    resources: read.resources.map((entry) => {
      const { each, count, ...rest } = entry;
      return {
        ...rest,
        ...(each !== undefined && { each: each.flatMap((values) => forEach(consumers, values)) }),
        ...(count !== undefined && { count: counted(count, consumers.length) }),
      };
    }),
    access: read.access.flatMap((entry) =>
      entry.function === EACH_CONSUMER
        ? forEach(consumers, entry)
        : [{ ...entry, may: entry.may.map(named(consumers)) }],
    ),
  };
}

type Written = Omit<Expected, 'resources'> & {
  readonly consumers: readonly string[];
  readonly resources: readonly (Omit<Expectation, 'count'> & { readonly count?: Expectation['count'] | string })[];
};

const EACH_CONSUMER = '{consumer}';

/** A grant on something of each consumer's, beside what else it names. */
const named =
  (consumers: readonly string[]) =>
  (grant: Grant): Grant => ({
    ...grant,
    on: grant.on.flatMap((one) =>
      one.includes(EACH_CONSUMER) ? consumers.map((consumer) => one.replace(EACH_CONSUMER, consumer)) : [one],
    ),
  });

/** The same for each consumer, where it speaks of one. */
function forEach<T extends object>(consumers: readonly string[], entry: T): readonly T[] {
  if (!JSON.stringify(entry).includes(EACH_CONSUMER)) return [entry];
  return consumers.map((consumer) => filled(entry, { consumer }) as T);
}

function counted(count: Expectation['count'] | string, consumers: number): NonNullable<Expectation['count']> {
  const [, standing] = /^(\d+) \+ consumers$/.exec(String(count)) ?? [];
  return standing === undefined ? (count as NonNullable<Expectation['count']>) : Number(standing) + consumers;
}

/** The values that stand in braces in every text. */
export function placeOf({ stage, region, accountId }: Graph): Values {
  return { env: stage, region, account: accountId };
}

/** An entry for each of its sets of values, all written in. */
export function written(entry: Expectation, place: Values): Expectation[] {
  const { each = [{}], ...rest } = entry;
  return each.map((values) => filled(rest, { ...place, ...(filled(values, place) as Values) }) as Expectation);
}

/** `{name}` alone becomes the value as it is, a list or number too; inside a text it becomes its text. */
export function filled(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return filledText(value, values);
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Values;
  if ('$by' in fields && 'env' in values) {
    const by = fields.$by as Values;
    const chosen = by[String(values.env)] ?? by.else;
    return filled(chosen, values);
  }
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, filled(inner, values)]));
}

function filledText(text: string, values: Values): unknown {
  const [, alone] = /^\{([a-zA-Z]+)\}$/.exec(text) ?? [];
  if (alone !== undefined && alone in values) return values[alone];
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
