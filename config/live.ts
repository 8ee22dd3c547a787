/** The configuration that a running container uses. */
import { CONFIG, CONFIG_VERSION } from './generated/config.ts';
import type { LoadedConfig } from './load.ts';

/**
 * The file that `FRONTDESK_CONFIG` names (one machine), else the values built into the bundle (a deployed function has
 * no file). Throws when the named file is wrong: a container must not start on a guess.
 */
export async function liveConfig(env: Readonly<Record<string, string | undefined>>): Promise<LoadedConfig> {
  const file = env.FRONTDESK_CONFIG;
  if (file === undefined || file === '') return { config: CONFIG, version: CONFIG_VERSION };
  // Read on demand, so that the YAML parser stays out of a deployed function's start.
  const { formatConfigError, readConfigFile } = await import('./load.ts');
  const parsed = readConfigFile(file);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => formatConfigError(error, 'frontdesk.yaml')).join('\n'));
  return { config: parsed.config, version: parsed.version };
}
