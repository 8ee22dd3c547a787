/** The shop's configuration as the command line sees it. */
import { join } from 'node:path';
import { type ParsedConfig, readConfigFile } from '../config/load.ts';
import { ROOT } from '../local/platform/release.ts';
import type { Variables } from './context.ts';
import type { Zone } from './instants.ts';

/** The file that `FRONTDESK_CONFIG` names, else the repository's own. */
export function configFile(variables: Variables): string {
  const named = variables.FRONTDESK_CONFIG;
  return named === undefined || named === '' ? join(ROOT, 'config', 'frontdesk.yaml') : named;
}

/** Its content, or every mistake in it. */
export function readShop(variables: Variables): ParsedConfig {
  return readConfigFile(configFile(variables));
}

/** Business zone of the shop; UTC where the configuration cannot be read, and tables then say so. */
export function businessZone(variables: Variables): Zone {
  const shop = readShop(variables);
  return { name: shop.ok ? shop.config.business.zone : 'UTC' };
}
