/** The shop's configuration as the command line sees it. */
import { type ParsedConfig, readConfigFile } from '../config/load.ts';
import { configFile } from '../local/platform/config-file.ts';
import type { Variables } from './context.ts';
import type { Zone } from './instants.ts';

/** Its content, or every mistake in it. */
export function readShop(variables: Variables): ParsedConfig {
  return readConfigFile(configFile(variables));
}

/** Business zone of the shop; UTC where the configuration cannot be read, and tables then say so. */
export function businessZone(variables: Variables): Zone {
  const shop = readShop(variables);
  return { name: shop.ok ? shop.config.business.zone : 'UTC' };
}
