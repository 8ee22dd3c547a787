/** The packages as they lie in node_modules, held against what the lock file says of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locked } from './lock.ts';
import { LICENCE_OF } from './reviewed.ts';

type Installed = { readonly version: string; readonly license?: unknown; readonly licenses?: unknown };

export type Comparison = {
  readonly objections: readonly string[];
  /** Not installed here: for another system. */
  readonly absent: readonly string[];
};

export function compareInstalled(root: string, packages: readonly Locked[]): Comparison {
  const objections: string[] = [];
  const absent: string[] = [];
  for (const one of packages) {
    const file = join(root, one.path, 'package.json');
    if (existsSync(file)) objections.push(...differences(one, JSON.parse(readFileSync(file, 'utf8'))));
    else absent.push(`${one.name}@${one.version}`);
  }
  return { objections, absent };
}

export function differences({ path, name, version, licence }: Locked, installed: Installed): string[] {
  const named = licenceIn(installed);
  return [
    ...(installed.version === version
      ? []
      : [`${path}: ${installed.version} is installed and ${version} pinned; run npm ci`]),
    ...(named === licence || (named === undefined && LICENCE_OF[name] !== undefined)
      ? []
      : [`${path}: the package says ${named ?? 'no licence'}, the lock file ${licence ?? 'none'}`]),
  ];
}

/** Old packages name an object, or a list of one. */
function licenceIn({ license, licenses }: Installed): string | undefined {
  const [first] = [license, ...(Array.isArray(licenses) ? licenses : [licenses])].filter((one) => one !== undefined);
  if (typeof first === 'string') return first;
  return typeof first === 'object' && first !== null && 'type' in first ? String(first.type) : undefined;
}
