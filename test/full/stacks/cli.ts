/**
 * node bin/launch.js test/full/stacks/cli.ts graph|mutations|bus|provider [--graphs FILE]: one part of the offline proof of
 * the stacks. Exit 1 when something is wrong, with what.
 */
import { parseArgs } from 'node:util';
import { askBus } from './bus.ts';
import { graphsOfAll, type Made } from './graphs.ts';
import { tryMutations } from './mutations.ts';
import { checkProvider } from './provider.ts';
import { reviewGraphs } from './review.ts';

/** What a part found: a line of figures, and what is wrong. */
export type Finding = { readonly figure: string; readonly problems: readonly string[] };

const PARTS: Readonly<Record<string, (made: Made) => Finding>> = {
  graph: reviewGraphs,
  mutations: tryMutations,
  bus: askBus,
  provider: checkProvider,
};

const { values, positionals } = parseArgs({ options: { graphs: { type: 'string' } }, allowPositionals: true });
const part = PARTS[positionals[0] ?? ''];
if (part === undefined) {
  process.stderr.write(`name one of ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
const { figure, problems } = part(graphsOfAll(values.graphs));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${figure}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
