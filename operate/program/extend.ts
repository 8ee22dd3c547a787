/** What developers add. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addExtend(program: Command, run: RunCommand): void {
  const parent = under(program, 'new', 'Makes what the product is extended by.', 'npx frontdesk new consumer demo');
  under(
    parent,
    'consumer',
    'Makes a consumer of facts, whole and running, in a folder of its own: functions/NAME (docs/new-consumer.md).',
    'npx frontdesk new consumer demo --yes',
  )
    .argument('<name>', 'kebab-case, such as order-counts')
    .option('--remove', 'take it away again: its folder and its place in the lists')
    .option('--yes', 'really; without it you see what would happen')
    .action((name: string, options) =>
      run(async () => (await import('../commands/new-consumer.ts')).newConsumer(name, options)),
    );
}
