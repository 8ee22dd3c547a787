/** The configuration as it is shipped, a frozen copy: tests hold whatever a shop writes into config/frontdesk.yaml. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatConfigError, type LoadedConfig, parseConfig } from './load.ts';

export const SHIPPED_FILE = path.join(import.meta.dirname, 'fixtures/frontdesk.yaml');
export const SHIPPED_TEXT = readFileSync(SHIPPED_FILE, 'utf8');
export const SHIPPED = loaded(SHIPPED_TEXT);

/** Throws with every mistake. */
export function loaded(text: string): LoadedConfig {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => formatConfigError(error, 'frontdesk.yaml')).join('\n'));
  return parsed;
}
