/** What is asked every day: write as a customer, is it well, what became of a ticket. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

const SECONDS_TO_WAIT = '120';

export function addEveryday(program: Command, run: RunCommand): void {
  under(
    program,
    'say',
    'Writes as a customer into the sandbox and tells what becomes of the message.',
    'npx frontdesk say "where is my order?" --channel livechat',
  )
    .argument('<text>', 'what the customer writes')
    .option('--channel <C>', 'email, livechat, social, tiktok, phone or a spelling of the helpdesk (default: email)')
    .option('--conversation <ID>', 'an existing conversation, or the id of a new one')
    .option('--wait <SECONDS>', 'how long to follow the message; 0 does not wait', SECONDS_TO_WAIT)
    .action((text: string, options) =>
      run(async (context) => (await import('../commands/say.ts')).say(context, text, options)),
    );

  under(
    program,
    'status',
    'Shows whether the instance is well: mode, flags, what is under way, alarms.',
    'npx frontdesk status --json',
  ).action(() =>
    run(
      async (context) =>
        context.target === 'aws'
          ? (await import('../commands/stage-status.ts')).stageStatus(context)
          : (await import('../commands/status.ts')).status(context),
      'aws',
    ),
  );

  under(
    program,
    'ticket',
    'Tells what happened to a ticket and why, from the audit trail; needs no running instance. A deployed stage knows ids, no numbers.',
    'npx frontdesk ticket 1042',
  )
    .argument('<id>', 'conversation id, ticket number or message id')
    .action((id: string) => run(async (context) => (await import('../commands/ticket.ts')).ticket(context, id), 'aws'));
}
