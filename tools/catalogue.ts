import { dirname, join } from 'node:path';
import { replaceCatalogue } from './catalogue/export.ts';

// Writes docs/events from the catalogue and the rules: node bin/launch.js tools/catalogue.ts

replaceCatalogue(join(dirname(import.meta.dirname), 'docs', 'events'));
