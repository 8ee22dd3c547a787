/** What package.json asks for and package-lock.json pins. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Manifest = {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  /** Packages with an install script, each looked at: `true` where it may run. */
  readonly allowScripts?: Readonly<Record<string, boolean>>;
};
type Versions = Readonly<Record<string, string>>;

/** A package as it is pinned. */
export type Locked = {
  /** Where it is installed, from the root: `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as its author gave it; undefined where none is named. */
  readonly licence: string | undefined;
  readonly integrity: string | undefined;
  readonly resolved: string | undefined;
  readonly isLink: boolean;
  readonly isDev: boolean;
  readonly hasInstallScript: boolean;
};

export type Lock = { readonly version: number; readonly root: Manifest; readonly packages: readonly Locked[] };

type Entry = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
};
export type LockFile = {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Entry & Manifest>>;
};

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

export function readLock(root: string): Lock {
  return lockOf(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
}

export function lockOf({ lockfileVersion, packages }: LockFile): Lock {
  const { '': root = {}, ...others } = packages;
  return {
    version: lockfileVersion,
    root,
    packages: Object.entries(others).map(([path, entry]) => locked(path, entry)),
  };
}

function locked(path: string, entry: Entry): Locked {
  return {
    path,
    name: entry.name ?? packageName(path),
    version: entry.version ?? '',
    licence: entry.license,
    integrity: entry.integrity,
    resolved: entry.resolved,
    isLink: entry.link === true,
    isDev: entry.dev === true,
    hasInstallScript: entry.hasInstallScript === true,
  };
}

/** Name of the package that a path below `node_modules` belongs to. */
export function packageName(path: string): string {
  const [first = '', second = ''] = (path.split('node_modules/').at(-1) ?? '').split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
