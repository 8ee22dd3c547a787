/** The shop's configuration on one machine. */
import { join } from 'node:path';
import { formatConfigError, readConfigFile } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import { StartProblem } from './problem.ts';
import { ROOT } from './release.ts';

/** The file that `FRONTDESK_CONFIG` names, else the repository's own. */
export function configFile(variables: Readonly<Record<string, string | undefined>>): string {
  const named = variables.FRONTDESK_CONFIG;
  return named === undefined || named === '' ? join(ROOT, 'config', 'frontdesk.yaml') : named;
}

/** A file with a mistake stops the start: every mistake is named with its line and cure. */
export function startConfig(file: string): Config {
  const parsed = readConfigFile(file);
  if (parsed.ok) return parsed.config;
  const shown = file === configFile({}) ? join('config', 'frontdesk.yaml') : file;
  throw new StartProblem(parsed.errors.map((error) => formatConfigError(error, shown)).join('\nfrontdesk: '));
}
