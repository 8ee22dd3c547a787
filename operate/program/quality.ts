/** How well we decide: drift, what agents say, and the labels that people give. */
import { type Command, Option } from 'commander';
import { INTENTS } from '../../events/words.ts';
import { type RunCommand, under } from './under.ts';

export function addQuality(program: Command, run: RunCommand): void {
  const quality = under(
    program,
    'quality',
    'Tells how well messages are decided: drift against the 28 days before, misroutes and wrong replies that agents report, candidates for the golden set. Needs no running instance.',
    'npx frontdesk quality --from -7d',
  )
    .option(
      '--from <T>',
      'decided from here on: 2026-01-31T09:30:00Z, 2026-01-31 or -24h (default: 7 days before --to)',
    )
    .option('--to <T>', 'decided before (default: now)')
    .action((options) => run(async (context) => (await import('../commands/quality.ts')).quality(context, options)));

  under(
    quality,
    'queue',
    'Shows the tickets to read today: 20 to 50 of the last whole day, drawn evenly over channels, tiers and the most frequent intents. Needs no running instance.',
    'npx frontdesk quality queue',
  )
    .option('--day <DATE>', 'another day of the business zone: 2026-01-31')
    .action((options) =>
      run(async (context) => (await import('../commands/quality.ts')).qualityQueue(context, options)),
    );

  under(
    quality,
    'label',
    'Notes what a message is really about; two people label, a third settles what they say differently. Needs no running instance.',
    'npx frontdesk quality label 1042 --intent refund_request --team returns-admin',
  )
    .argument('<id>', 'message id, or a ticket: its newest message')
    .addOption(new Option('--intent <INTENT>', 'what it is about').choices([...INTENTS]).makeOptionMandatory())
    .addOption(new Option('--tier <TIER>', 'what policy may do at most').choices(['0', '1', '2', 'route-only']))
    .option('--team <TEAM>', 'who should have it: its name, or the word of its route tag')
    .option('--by <NAME>', 'who says so (default: the user of this computer)')
    .option('--adjudicate', 'settle what two people said differently')
    .action((id: string, options) =>
      run(async (context) => (await import('../commands/quality.ts')).labelMessage(context, id, options)),
    );

  under(
    quality,
    'export',
    'Writes the labelled messages as rows for `npm run eval`: each text is read from the helpdesk and redacted. Nothing disputed is written.',
    'npx frontdesk quality export --out gold_v1.1.jsonl',
  )
    .requiredOption('--out <FILE>', 'a new file, outside the repository')
    .option('--agreed', 'only what two people agree on, or a third settled')
    .action((options) =>
      run(async (context) => (await import('../commands/quality.ts')).exportLabels(context, options)),
    );
}
