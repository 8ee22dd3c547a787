/**
 * node bin/launch.js test/full/stacks/cli.ts graph|filled|mutations|bus|provider [--graphs FILE]: one part of the offline proof of
 * the stacks. Exit 1 when something is wrong, with what.
 */
import { parseArgs } from 'node:util';
import { EMPTY, FILLED } from '../../../stacks/stages.testing.ts';
import type { StageTable } from '../../../stacks/stages.ts';
import { askBus } from './bus.ts';
import { graphsInFile, graphsOf, type Made, ownGraphs } from './graphs.ts';
import { tryMutations } from './mutations.ts';
import { checkProvider } from './provider.ts';
import { reviewGraphs } from './review.ts';

/** What a part found: a line of figures, and what is wrong. */
export type Finding = { readonly figure: string; readonly problems: readonly string[] };

/** Without a table the part looks at our own. */
type Part = { readonly find: (made: Made) => Finding; readonly table?: StageTable };

const PARTS: Readonly<Record<string, Part>> = {
  graph: { find: reviewGraphs },
  filled: { find: reviewGraphs, table: FILLED },
  // Mutations name what stands in the table as it is shipped: the assertions are on trial, not the stages.
  mutations: { find: tryMutations, table: EMPTY },
  bus: { find: askBus },
  provider: { find: checkProvider },
};

const { values, positionals } = parseArgs({ options: { graphs: { type: 'string' } }, allowPositionals: true });
const part = PARTS[positionals[0] ?? ''];
if (part === undefined) {
  process.stderr.write(`name one of ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
const { find, table } = part;
const { figure, problems } = find(await made());
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${figure}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function made(): Promise<Made> {
  if (values.graphs !== undefined) return graphsInFile(values.graphs, table);
  return table === undefined ? ownGraphs() : graphsOf(table);
}
