/** Reads `config/frontdesk.yaml`: the whole of it is right, or every mistake is named with its line and cure. */
import { readFileSync } from 'node:fs';
import { crossCheck } from './cross-check.ts';
import { type ConfigError, readDocument } from './document.ts';
import { Config } from './schema.ts';
import { configVersion } from './version.ts';

export type LoadedConfig = { readonly config: Config; readonly version: string };
export type ParsedConfig =
  | ({ readonly ok: true } & LoadedConfig)
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** Parses and checks the text of a configuration file. */
export function parseConfig(text: string): ParsedConfig {
  const read = readDocument(text, Config, crossCheck);
  return read.ok ? { ok: true, config: read.value, version: configVersion(read.value) } : read;
}

/** Reads and parses a file; a file that cannot be opened is one mistake like any other. */
export function readConfigFile(path: string): ParsedConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    const cure = 'restore config/frontdesk.yaml, or point FRONTDESK_CONFIG at a readable file';
    return { ok: false, errors: [{ line: 1, key: '', problem: 'the file cannot be read', cure }] };
  }
  return parseConfig(text);
}

/** One mistake as a line of text, the file's name first, as compilers write it. */
export function formatConfigError({ line, key, problem, cure }: ConfigError, file: string): string {
  return `${file}:${line}: ${key === '' ? '' : `${key}: `}${problem}; ${cure}`;
}
