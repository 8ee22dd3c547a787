import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const EXCLUDED = ['**/node_modules/**', '**/dist/**', '.sst/**', '.frontdesk/**'];
const POLICY = 'policy/**/*.test.ts';
/** What is too long for every commit: `npm test` leaves it out, `.ci/run` and `npm run test:full -- --only long-tests` run it. */
const LONG = '**/*.long.test.ts';
/** Each runs an instance and a browser: one file at a time, so that neither waits for the other's. */
const BROWSER = 'test/browser/**/*.long.test.ts';
/** They start nothing and keep no state of a module: their tests share a thread, and load what they import once. */
const ALONE = ['config', 'events', 'functions', 'stacks', 'templates'].map((folder) => `${folder}/**/*.test.ts`);
/** They start what they need and end it, and leave nothing in a module: what they import is loaded once a thread as well. */
const TIDY = [
  'local/aws',
  'operate',
  'test/architecture',
  'test/behaviour',
  'test/bench',
  'test/contracts',
  'test/evaluation',
  'test/privileges',
  'test/stacks',
  'tools',
].map((folder) => `${folder}/**/*.test.ts`);
/** Of these, what changes its process. */
const UNTIDY = ['operate/operate.test.ts', 'operate/secret/command.test.ts', 'test/contracts/openai.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    // One more than there are cores: some files wait for processes of their own most of the time.
    maxWorkers: availableParallelism() + 1,
    // Against what never ends; how fast something is, benchmarks say.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    // A test may reach the local endpoint on loopback; nothing may be taken from the developer's own accounts.
    env: { AWS_EC2_METADATA_DISABLED: 'true', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    restoreMocks: true,
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      // policy/ keeps no state: its tests share a thread, and with it weights and compiled rules.
      { extends: true, test: { name: 'policy', include: [POLICY], exclude: EXCLUDED, isolate: false } },
      { extends: true, test: { name: 'functions', include: ALONE, exclude: EXCLUDED, isolate: false } },
      {
        extends: true,
        test: { name: 'tidy', include: TIDY, exclude: [...EXCLUDED, LONG, ...UNTIDY], isolate: false },
      },
      {
        extends: true,
        test: { name: 'all else', include: ['**/*.test.ts'], exclude: [...EXCLUDED, POLICY, LONG, ...ALONE, ...TIDY] },
      },
      // Projects begin in the order of their names: what takes long and waits much must not be what is left at the end.
      { extends: true, test: { name: 'all alone', include: UNTIDY, exclude: EXCLUDED } },
      { extends: true, test: { name: 'long', include: [LONG], exclude: [...EXCLUDED, BROWSER] } },
      {
        extends: true,
        test: {
          name: 'long-browser',
          include: [BROWSER],
          exclude: EXCLUDED,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
