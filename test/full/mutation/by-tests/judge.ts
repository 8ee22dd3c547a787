/**
 * A process that judges edits one at a time: vitest runs in it, and is given the edited text in place of the file's.
 * Started by cli.ts, which also ends it when an edit makes a loop endless.
 */
import { dirname, join } from 'node:path';
import type { TestSpecification, Vitest } from 'vitest/node';
import { createVitest } from 'vitest/node';
import { relatedTests } from './related.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const DIFFERENCES = 'test/full/mutation/by-tests/differences.spec.ts';
const QUICK_MS = 700;

export type Question = { readonly id: number; readonly file: string; readonly text: string };
/** `by`: the file of the test that failed, `null` when none did; `differs`: does anything come out otherwise then? */
export type Answer = { readonly id: number; readonly by: string | null; readonly differs: boolean };

let edited: { readonly path: string; readonly text: string } | null = null;

const vitest: Vitest = await createVitest(
  'test',
  {
    root: ROOT,
    config: false,
    watch: false,
    include: ['policy/**/*.test.ts', DIFFERENCES],
    pool: 'threads',
    // policy/ keeps no state, so its tests share a thread; each run loads what was edited anew.
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    bail: 1,
    cache: false,
    silent: true,
    reporters: [{}],
    testTimeout: 30_000,
  },
  {
    server: { watch: null },
    plugins: [
      {
        name: 'edited-file',
        enforce: 'pre',
        load: (id: string) => (edited !== null && id.split('?')[0] === edited.path ? edited.text : undefined),
      },
    ],
  },
);
await vitest.standalone();
const specifications = await vitest.globTestSpecifications();
const related = relatedTests(ROOT);
const took = await plainRun();
process.send?.('ready');

process.on('message', async ({ id, file, text }: Question) => {
  edited = { path: join(ROOT, file), text };
  vitest.invalidateFile(edited.path);
  const answer = await judged(file);
  vitest.invalidateFile(edited.path);
  edited = null;
  process.send?.({ id, ...answer } satisfies Answer);
});

/** Without an edit everything passes; how long each test takes is noted. */
async function plainRun(): Promise<ReadonlyMap<string, number>> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const failed = testModules.find((module) => !module.ok());
  if (failed !== undefined || unhandledErrors.length > 0)
    throw new Error(`without an edit ${failed?.relativeModuleId ?? 'something'} fails`);
  return new Map(testModules.map((module) => [module.relativeModuleId, module.diagnostic().duration]));
}

/** Quick tests and the file's own first, then whether anything differs at all, and only if so what takes seconds. */
async function judged(file: string): Promise<Omit<Answer, 'id'>> {
  const tests = related(file);
  const isFirst = (test: string): boolean => (took.get(test) ?? 0) <= QUICK_MS || isBeside(test, file);
  const first = await firstFailed(tests.filter(isFirst));
  if (first !== null) return { by: first, differs: true };
  vitest.setGlobalTestNamePattern(sectionOf(file));
  const differs = (await firstFailed([DIFFERENCES])) !== null;
  vitest.resetGlobalTestNamePattern();
  return { by: differs ? await firstFailed(tests.filter((test) => !isFirst(test))) : null, differs };
}

/** In the same folder below policy/, or of the same name. */
function isBeside(test: string, file: string): boolean {
  const folder = dirname(file);
  return test === file.replace(/\.ts$/, '.test.ts') || (folder !== 'policy' && dirname(test) === folder);
}

/** What a file can change. */
function sectionOf(file: string): string {
  if (file.startsWith('policy/text/') || file === 'policy/verifier-embedded.ts') return 'texts';
  return file.startsWith('policy/orders/') ? 'orders' : 'inputs';
}

async function firstFailed(files: readonly string[]): Promise<string | null> {
  const chosen: TestSpecification[] = specifications.filter(({ moduleId }) =>
    files.some((file) => moduleId === join(ROOT, file)),
  );
  if (chosen.length === 0) return null;
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen, false);
  // vitest answers with every module it knows, those of earlier runs among them.
  const failed = testModules.find(
    (module) => !module.ok() && chosen.some(({ moduleId }) => moduleId === module.moduleId),
  );
  return failed?.relativeModuleId ?? (unhandledErrors.length > 0 ? 'an error outside the tests' : null);
}
