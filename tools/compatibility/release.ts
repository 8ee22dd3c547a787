/** Released schemas as files: one for each event, and one for the shapes they share. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SchemaObject } from '../catalogue/json-schema.ts';
import { jsonText } from '../catalogue/json-text.ts';

export type ReleasedEvent = {
  readonly name: string;
  readonly version: string;
  readonly producers: readonly string[];
  readonly data: SchemaObject;
};
/** Everything a consumer of facts could have relied on. */
export type Release = {
  readonly version: string;
  readonly events: Readonly<Record<string, ReleasedEvent>>;
  /** What `data` refers to as `#/shapes/<name>`; `Metadata` is the envelope of every fact. */
  readonly shapes: Readonly<Record<string, SchemaObject>>;
};

export const RELEASED = join(dirname(dirname(import.meta.dirname)), 'events', 'released');
const SHAPES_FILE = 'shapes.json';

/** The highest version below `folder`; `null` before the first release. */
export function lastRelease(folder = RELEASED): Release | null {
  const versions = folderNames(folder).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const [last] = versions.sort(byVersionDescending);
  return last === undefined ? null : readRelease(join(folder, last));
}

export function writeRelease(folder: string, release: Release): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(releaseFiles(release))) writeFileSync(join(folder, name), text);
}

/** Text of each file by its name. */
export function releaseFiles({ events, shapes }: Release): Record<string, string> {
  const files = Object.values(events).map((event) => [`${event.name}.json`, jsonText(event)]);
  return { [SHAPES_FILE]: jsonText(shapes), ...Object.fromEntries(files) };
}

function readRelease(folder: string): Release {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== SHAPES_FILE);
  const events = files.map((name) => read(name) as ReleasedEvent);
  return {
    version: basename(folder),
    events: Object.fromEntries(events.map((event) => [event.name, event])),
    shapes: read(SHAPES_FILE) as Release['shapes'],
  };
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function byVersionDescending(left: string, right: string): number {
  return right.localeCompare(left, 'en', { numeric: true });
}
