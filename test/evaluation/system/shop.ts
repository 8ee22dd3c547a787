/**
 * By whose configuration a file of rows is judged. Our own rows are labelled for the shop as it is shipped, with every team;
 * any other file is judged as the shop of this tree would decide.
 */
import { realpathSync } from 'node:fs';
import { CONFIG, CONFIG_VERSION } from '../../../config/generated/config.ts';
import type { LoadedConfig } from '../../../config/load.ts';
import { SHIPPED } from '../../../config/shipped.testing.ts';
import { configVersion } from '../../../config/version.ts';
import { GOLDEN_FILE, RECORDED_ROWS_FILE } from '../options.ts';

export function configFor(data: string): LoadedConfig {
  const file = realpathSync(data);
  // Their answers are authored, for the shipped model.
  if (file === realpathSync(RECORDED_ROWS_FILE)) return SHIPPED;
  if (file !== realpathSync(GOLDEN_FILE)) return { config: CONFIG, version: CONFIG_VERSION };
  // Which model reads the golden rows is the shop's to choose, and to measure.
  const config = { ...SHIPPED.config, models: CONFIG.models, prices: CONFIG.prices };
  return { config, version: configVersion(config) };
}
