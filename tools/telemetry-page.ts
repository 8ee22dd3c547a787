import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { telemetryPage } from './telemetry/page.ts';

writeFileSync(join(import.meta.dirname, '../docs/telemetry.md'), telemetryPage());
