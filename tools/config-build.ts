/** Writes `config/generated/config.ts`, the configuration that deployed functions carry, from `config/frontdesk.yaml`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderBundle } from '../config/bundle.ts';
import { formatConfigError, readConfigFile } from '../config/load.ts';

const folder = path.join(import.meta.dirname, '../config');

const parsed = readConfigFile(path.join(folder, 'frontdesk.yaml'));
if (parsed.ok) {
  mkdirSync(path.join(folder, 'generated'), { recursive: true });
  writeFileSync(path.join(folder, 'generated/config.ts'), renderBundle(parsed));
} else {
  process.stderr.write(
    `${parsed.errors.map((error) => formatConfigError(error, 'config/frontdesk.yaml')).join('\n')}\n`,
  );
  process.exitCode = 1;
}
