/** What the last run without each control said (`results.json`, written by `test/full/security/cli.ts`). */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText } from '../../tools/catalogue/json-text.ts';
import type { Control } from './control.ts';

const FILE = join(import.meta.dirname, 'results.json');

export type Result = {
  /** SHA-256 in hex over test and removal: a result of another edit says nothing. */
  readonly of: string;
  readonly result: 'noticed' | 'not noticed';
  /** Name of the first test that failed by an assertion in two runs; otherwise what happened instead. */
  readonly says: string;
  /** Abbreviated; `+`: with changed files. */
  readonly commit: string;
};
/** By control id. */
export type Results = Readonly<Record<string, Result>>;

export function fingerprint({ test, removal }: Control): string {
  return createHash('sha256')
    .update(JSON.stringify([test, removal]))
    .digest('hex');
}

export function readResults(): Results {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
}

/** Sorted by id, and only of controls that exist. */
export function writeResults(results: Results, controls: readonly Control[]): void {
  const ids = controls.map(({ id }) => id).toSorted();
  const kept = ids.flatMap((id) => (results[id] ? [[id, results[id]] as const] : []));
  writeFileSync(FILE, jsonText(Object.fromEntries(kept)));
}

/** The control's result, where it is of the control as it stands. */
export function resultOf(results: Results, control: Control): Result | undefined {
  const result = results[control.id];
  return result?.of === fingerprint(control) ? result : undefined;
}
