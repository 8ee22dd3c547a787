/** Reads a suite; a row that is not right is named by its line and key. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

export const ADVERSARIAL_FILE = fileURLToPath(new URL('./adversarial.jsonl', import.meta.url));
export const MULTI_INTENT_FILE = fileURLToPath(new URL('./multi-intent.jsonl', import.meta.url));

/** @throws with every mistake, when a line is no row or an id stands twice. */
export function readSuite<S extends v.GenericSchema<unknown, { readonly id: string }>>(
  path: string,
  schema: S,
): v.InferOutput<S>[] {
  const rows: v.InferOutput<S>[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const row = parse(schema, line);
    if (typeof row === 'string') problems.push(`line ${index + 1}: ${row}`);
    else if (seen.has(row.id)) problems.push(`line ${index + 1}: the id stands twice`);
    else rows.push(row);
    if (typeof row !== 'string') seen.add(row.id);
  }
  if (problems.length > 0) throw new Error(`${path}\n${problems.join('\n')}`);
  return rows;
}

function parse<S extends v.GenericSchema<unknown, { readonly id: string }>>(
  schema: S,
  line: string,
): v.InferOutput<S> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'no JSON';
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  // The issue's own message quotes what was written.
  return [...new Set(parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the row'} is not right`))].join(', ');
}
