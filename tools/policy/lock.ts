/** `policy/generated/parts.json`: which content each version of a part stands for. Pure. */
import { contentHash, type Part } from './parts.ts';

export type PartLock = Readonly<Record<string, { readonly version: string; readonly sha256: string }>>;

export function lockOf(parts: Readonly<Record<string, Part>>): PartLock {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { version, content }]) => [name, { version, sha256: contentHash(content) }]),
  );
}

/** Parts whose content changed under the version they had, one line each with the cure. */
export function unversioned(parts: Readonly<Record<string, Part>>, locked: PartLock): string[] {
  const now = lockOf(parts);
  return Object.entries(parts).flatMap(([name, { version, versionIn }]) => {
    const before = locked[name];
    if (before === undefined || before.version !== version || before.sha256 === now[name]?.sha256) return [];
    return [`${name} changed under version ${version}: raise ${versionIn}`];
  });
}
