/** JSON that a model wrote, held to a schema to the letter. Pure. */
import * as v from 'valibot';
import { canonicalJson } from '../envelopes.ts';

/** More than any output cap lets a model write. */
const MOST_CHARACTERS = 20_000;

/** `null` where the text is no JSON, breaks the schema or holds anything besides. Never throws, repairs nothing. */
export function readStrict<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  if (text.length > MOST_CHARACTERS) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(schema, value);
  // A property named like one that every object inherits (`constructor`) is none that a closed schema sees.
  if (!parsed.success || canonicalJson(parsed.output) !== canonicalJson(value)) return null;
  return parsed.output;
}
