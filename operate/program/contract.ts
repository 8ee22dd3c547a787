/** The contract of every event. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addContract(program: Command, run: RunCommand): void {
  const catalog = under(
    program,
    'catalog',
    'The contract of every event.',
    'npx frontdesk catalog export --out contract',
  );
  under(
    catalog,
    'export',
    'Writes JSON Schemas, an AsyncAPI document and a page per event.',
    'npx frontdesk catalog export --out contract',
  )
    .requiredOption('--out <DIR>', 'folder to write into')
    .action((options) => run(async () => (await import('../commands/catalog.ts')).exportCatalog(options)));
}
