/** What a run writes to, `--json` and `--keep`: looked at before the first world, since a run of hours must not end with nowhere to go. */
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Options } from './options.ts';

/** What stands against writing there, with the cure; `null` where nothing is known to. */
export function objectionTo({ json, keep }: Pick<Options, 'json' | 'keep'>): string | null {
  return (json === null ? null : objectionToFile(json)) ?? (keep === null ? null : objectionToFolder(keep));
}

/**
 * Writes the result to the file, or to standard output where none is named, or where it cannot be written after all.
 *
 * @returns whether it is where it was asked for
 */
export function writeResult(json: string | null, text: string, say: (line: string) => void): boolean {
  try {
    if (json !== null) writeFileSync(json, text);
    else process.stdout.write(text);
    return true;
  } catch (error) {
    say(`--json ${json} cannot be written (${codeOf(error)}): the result is on standard output.`);
    process.stdout.write(text);
    return false;
  }
}

function objectionToFile(json: string): string | null {
  const kind = kindOf(json);
  const folder = dirname(resolve(json));
  if (kind === 'folder') return `--json ${json} is a folder: name a file in it.`;
  if (kind === null && kindOf(folder) === null)
    return `--json ${json}: there is no folder ${folder}: make it, or name a file in another.`;
  return unwritable(`--json ${json}`, kind === null ? folder : json, 'file');
}

/** Folders above it that are missing are made. */
function objectionToFolder(keep: string): string | null {
  let nearest = resolve(keep);
  while (kindOf(nearest) === null && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (kindOf(nearest) === 'file') return `--keep ${keep}: ${nearest} is no folder: name another one.`;
  return unwritable(`--keep ${keep}`, nearest, 'folder');
}

function unwritable(option: string, path: string, kind: 'file' | 'folder'): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    return `${option} cannot be written (${codeOf(error)}): check permissions, or name another ${kind}.`;
  }
}

/** A device or a pipe is written to like a file. */
function kindOf(path: string): 'folder' | 'file' | null {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
