/** Writes docs/aws-resources.md from its introduction and test/stacks: node bin/launch.js tools/stacks-page.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSERTIONS } from '../test/stacks/assertions/all.ts';
import { readExpected } from '../test/stacks/expected/read.ts';
import { MUTATIONS } from '../test/stacks/mutations/all.ts';
import { resourcesPage } from './stacks/page.ts';

const intro = readFileSync(join(import.meta.dirname, 'stacks/resources-intro.md'), 'utf8');
const page = resourcesPage({ intro, expected: readExpected(), assertions: ASSERTIONS, mutations: MUTATIONS });
writeFileSync(join(import.meta.dirname, '../docs/aws-resources.md'), page);
