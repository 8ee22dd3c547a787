/** Backups, the way back after a loss with its drill, dead letters. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addState(program: Command, run: RunCommand): void {
  under(
    program,
    'backup',
    'Writes everything of the data folder, as of one moment, into one file; while it is in use, or not.',
    'npx frontdesk backup monday.tar.gz',
  )
    .argument('<file>', 'file to write')
    .option('--force', 'replace a file that exists')
    .action((file: string, options) =>
      run(async (context) => (await import('../commands/backup.ts')).backup(context, file, options)),
    );
  under(
    program,
    'restore',
    'Puts a backup in the place of the data folder, which is kept beside it; what came in before now is never answered.',
    'npx frontdesk restore monday.tar.gz --yes',
  )
    .argument('<file>', 'file that backup wrote')
    .option('--yes', 'really; without it the file is verified and nothing changed')
    .action((file: string, options) =>
      run(async (context) => (await import('../commands/restore.ts')).restore(context, file, options)),
    );
}

export function addRecovery(program: Command, run: RunCommand): void {
  under(
    program,
    'recover',
    'After a table was lost or set back: raises ledger generation and reply_epoch, then completes the ledger and the conversation records from the audit trail. Sends nothing; docs/recovery.md is the whole way.',
    'npx frontdesk recover --yes',
  )
    .option('--yes', 'really; without it you see what would happen')
    .action((options) =>
      run(async (context) => (await import('../commands/recover.ts')).recover(context, options), 'aws'),
    );
  under(
    program,
    'drill',
    'Loses each table in turn on a copy of the state, then all, rebuilds them and proves that nothing is sent; without a name all of these run. `kill-switch` stops hundreds of approved replies at each level, and times it. The state itself is only read.',
    'npx frontdesk drill idempotency',
  )
    .argument('[name]', 'one drill, from `drill --list`: a table, all-tables, or kill-switch')
    .option('--list', 'list the drills and run none')
    .action((name: string | undefined, options) =>
      run(async (context) => (await import('../commands/drill.ts')).drill(context, name, options)),
    );
}

export function addDeadLetters(program: Command, run: RunCommand): void {
  const load = () => import('../commands/dlq.ts');
  const dlq = under(
    program,
    'dlq',
    'Dead letters: what neither the bus nor a function could finish.',
    'npx frontdesk dlq list',
  );
  under(
    dlq,
    'list',
    'Lists all dead-letter and failure queues, oldest letter first: cause, event, age, what a redrive would do.',
    'npx frontdesk dlq list --json',
  ).action(() => run(async (context) => (await load()).listLetters(context), 'aws'));
  under(
    dlq,
    'show',
    'Shows one letter: ids, codes and times, never what it holds.',
    'npx frontdesk dlq show 2f1c7a52-5a0e-4d57-9a59-2d0f6c6b8a11',
  )
    .argument('<id>', 'id of the letter, from `dlq list`')
    .action((id: string) => run(async (context) => (await load()).showLetter(context, id), 'aws'));
  under(
    dlq,
    'redrive',
    'Hands the oldest letters back to their functions, older than 24 h route-only; what has no way back is given up.',
    'npx frontdesk dlq redrive --max 10 --yes',
  )
    .requiredOption('--max <N>', 'how many, 1 to 10')
    .option('--queue <NAME>', 'only letters of this queue')
    .option('--cause <CODE>', 'only letters of this cause')
    .option('--yes', 'really; without it the command says what would happen')
    .action((options) => run(async (context) => (await load()).redriveLetters(context, options), 'aws'));
}
