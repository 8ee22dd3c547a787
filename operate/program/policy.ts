/** What decisions are made by, and what others would come to. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addPolicy(program: Command, run: RunCommand): void {
  const policy = under(program, 'policy', 'What decisions are made by.', 'npx frontdesk policy show');
  under(
    policy,
    'show',
    'Shows thresholds, tier policy, limits and flags, as a file for whatif; needs no running instance.',
    'npx frontdesk policy show > mine.yaml',
  ).action(() => run(async () => (await import('../commands/policy.ts')).showPolicy()));
  under(
    program,
    'whatif',
    'Makes recorded decisions again under another policy and tells the differences; sends and writes nothing.',
    'npx frontdesk whatif --policy mine.yaml --from -7d --sweep tier2=0.70..0.90 --out sweep.html',
  )
    .requiredOption('--policy <FILE>', 'YAML or JSON with any part of what `policy show` prints')
    .option('--from <T>', 'decided from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -24h (default: all there is)')
    .option('--to <T>', 'decided before')
    .option('--out <FILE>', 'write everything as JSON, or the picture of a sweep (.svg, .html)')
    .option('--reread', 'read the tickets again, read-only, and ask another model or prompt in shadow (reread in FILE)')
    .option('--sweep <KEY=A..B>', 'draw coverage against expected risk over values of one number')
    .action((options) => run(async (context) => (await import('../commands/whatif.ts')).whatif(context, options)));
}
