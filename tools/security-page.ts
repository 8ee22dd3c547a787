/** Writes docs/security.md from its introduction, the controls and the last run without each: node bin/launch.js tools/security-page.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../test/security/controls.ts';
import { readResults } from '../test/security/results.ts';
import { securityPage } from './security/page.ts';

const intro = readFileSync(join(import.meta.dirname, 'security/intro.md'), 'utf8');
writeFileSync(join(import.meta.dirname, '../docs/security.md'), securityPage(intro, CONTROLS, readResults()));
