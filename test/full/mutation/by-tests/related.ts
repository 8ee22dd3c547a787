/** Which tests of policy/ judge a file: those that import it, however far away. Read from the import lines. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** What it expects was once the program's own output, so it may not be what notices an edit. */
const STORED = 'policy/snapshot.test.ts';

/** Paths relative to `root`, sorted. */
export type Related = (file: string) => readonly string[];

export function relatedTests(root: string): Related {
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const known = imports.get(file);
    if (known !== undefined) return known;
    const found = importedBy(root, file);
    imports.set(file, found);
    return found;
  };
  const tests = globSync('policy/**/*.test.ts', { cwd: root, exclude: [STORED] }).sort();
  const reach = new Map(tests.map((test) => [test, reachedFrom(test, importsOf)]));
  return (file) => tests.filter((test) => reach.get(test)?.has(file));
}

function reachedFrom(test: string, importsOf: (file: string) => readonly string[]): Set<string> {
  const reached = new Set([test]);
  // A set is walked to its end, also what is added on the way.
  for (const file of reached) for (const next of importsOf(file)) reached.add(next);
  return reached;
}

function importedBy(root: string, file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const named = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  return named.filter((name) => /^\..*\.ts$/.test(name)).map((name) => normalize(join(dirname(file), name)));
}
