/** Macros as they were exported from the helpdesk by hand: no API lists them (reference §8). */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Macro } from '../../templates/macros.ts';
import { Failure, misuse } from '../failure.ts';

const Exported = v.pipe(
  v.array(
    v.looseObject({
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      text: v.pipe(v.string(), v.maxLength(20_000)),
    }),
  ),
  v.maxLength(2_000),
);

/** A JSON file with an array of `{"name", "text"}`; the complaint names the place, never the text. */
export function readMacroExport(file: string): Macro[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw misuse('not_readable', `${file} cannot be read (${code})`, 'name the exported file with --export');
  }
  return parseMacros(text, file);
}

export function parseMacros(text: string, file: string): Macro[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Failure('not_json', `${file} is no JSON`, 'export an array of {"name", "text"}');
  }
  const parsed = v.safeParse(Exported, value);
  if (parsed.success) return parsed.output.map(({ name, text: body }) => ({ name, text: body }));
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'the file';
  throw new Failure(
    'not_macros',
    `${file}: ${place} is not as expected (${issue.type})`,
    'export an array of {"name", "text"}',
  );
}
