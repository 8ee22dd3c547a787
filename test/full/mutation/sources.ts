/** The files an edit may hit: policy/ without its tests and what belongs to them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, editsOf } from './edits.ts';
import { type Unit, unitsOf } from './units.ts';

/** Fitted numbers, judged otherwise: `tools/embedded.ts verify` makes them again from the corpus and compares byte for byte. */
const GENERATED = 'policy/embedded/generated/';

export function policyFiles(root: string): string[] {
  return globSync('policy/**/*.ts', { cwd: root })
    .filter((file) => !file.startsWith(GENERATED))
    .filter((file) => !/\.test\.ts$|\btesting\.ts$|\/testdata\/|\/fixtures\//.test(file))
    .sort();
}

export function allEdits(root: string): Edit[] {
  return policyFiles(root).flatMap((file) => editsOf(file, readFileSync(join(root, file), 'utf8')));
}

export function allUnits(root: string): Unit[] {
  return policyFiles(root).flatMap((file) => unitsOf(file, readFileSync(join(root, file), 'utf8')));
}
