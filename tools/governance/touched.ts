/** Which kinds of change a set of changed files makes. Pure. */
import { CHANGE_TYPE_IDS, type ChangeTypeId, changeType, NO_PRODUCT, PRODUCT, SETTINGS_FILE } from './change-types.ts';

export type ChangedFile = { readonly path: string; readonly isNew: boolean };

export type Touched = { readonly type: ChangeTypeId; readonly because: readonly string[] };

/**
 * The kinds in the order of their declaration, each with the files or settings that make it.
 *
 * @param settings  sections of the settings file that differ
 */
export function touchedTypes(files: readonly ChangedFile[], settings: readonly string[] = []): Touched[] {
  const named = new Map<ChangeTypeId, string[]>();
  const note = (type: ChangeTypeId, because: string): void =>
    void named.set(type, [...(named.get(type) ?? []), because]);
  for (const file of files.filter(isProduct)) {
    const types = file.path === SETTINGS_FILE ? [] : typesOf(file);
    for (const type of types) note(type, file.path);
    if (types.length === 0 && file.path !== SETTINGS_FILE) note('code', file.path);
  }
  for (const section of settings) {
    const types = CHANGE_TYPE_IDS.filter((id) => changeType(id).settings?.includes(section));
    for (const type of types.length > 0 ? types : (['code'] as const)) note(type, `${SETTINGS_FILE}: ${section}`);
  }
  return CHANGE_TYPE_IDS.flatMap((type) => {
    const because = named.get(type);
    return because === undefined ? [] : [{ type, because }];
  });
}

function typesOf(file: ChangedFile): ChangeTypeId[] {
  return CHANGE_TYPE_IDS.filter((id) => changeType(id).paths.some((pattern) => isMeant(pattern, file)));
}

function isMeant(pattern: string, { path, isNew }: ChangedFile): boolean {
  return pattern.startsWith('+') ? isNew && matches(pattern.slice(1), path) : matches(pattern, path);
}

export function isProduct({ path }: Pick<ChangedFile, 'path'>): boolean {
  return PRODUCT.some((pattern) => matches(pattern, path)) && !NO_PRODUCT.some((pattern) => matches(pattern, path));
}

/** `*` within a folder, `**` across folders, `{a,b}` either. */
export function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll('{', '(?:')
    .replaceAll('}', ')')
    .replaceAll(',', '|')
    .replaceAll('**/', '\u0001')
    .replaceAll('**', '\u0002')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0001', '(?:.*/)?')
    .replaceAll('\u0002', '.*');
  return new RegExp(`^${source}$`).test(path);
}

/** Sections of two settings that are not the same; `null` where there was or is no file. */
export function differingSections(before: unknown, after: unknown): string[] {
  const sectionsOf = (settings: unknown): Map<string, string> =>
    new Map(Object.entries(Object(settings)).map(([name, section]) => [name, JSON.stringify(section)]));
  const [old, current] = [sectionsOf(before), sectionsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].filter((name) => old.get(name) !== current.get(name));
}
