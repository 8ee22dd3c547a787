/** The unit tests with a bug planted (`FRONTDESK_PLANTED`): the sources are edited while they load. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import root from '../../../vitest.config.ts';
import { edited, filesOf } from '../../simulation/planted/bug.ts';
import { bugOf } from '../../simulation/planted/bugs.ts';
import { ROOT } from '../../simulation/planted/plant.ts';

const bug = bugOf(process.env.FRONTDESK_PLANTED ?? '');
const files = new Map(filesOf(bug).map((file) => [join(ROOT, file), file]));

export default mergeConfig(
  { test: { ...root.test, projects: undefined } },
  defineConfig({
    root: ROOT,
    plugins: [
      {
        name: 'planted-bug',
        enforce: 'pre',
        load(id) {
          const file = files.get(id.split('?')[0] ?? '');
          return file === undefined ? undefined : edited(readFileSync(join(ROOT, file), 'utf8'), file, bug.edits);
        },
      },
    ],
    test: {
      include: ['functions/**/*.test.ts', 'policy/**/*.test.ts', 'stacks/**/*.test.ts'],
      exclude: ['**/node_modules/**'],
      maxWorkers: 1,
      // What a test of another kind notices besides is no business of this run.
      passWithNoTests: true,
    },
  }),
);
