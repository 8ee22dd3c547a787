/** What it costs. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addCost(program: Command, run: RunCommand): void {
  under(
    program,
    'cost',
    'Tells what the recorded messages would cost on AWS at dated list prices: by path, service, day and month, model tokens beside it. Needs no running instance.',
    'npx frontdesk cost --from -7d',
  )
    .option('--from <T>', 'settled from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -24h (default: all there is)')
    .option('--to <T>', 'settled before')
    .action((options) => run(async (context) => (await import('../commands/cost.ts')).cost(context, options)));
}
