/** The way to a real workspace. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addWorkspace(program: Command, run: RunCommand): void {
  const connect = under(
    program,
    'connect',
    'The guided path to a real workspace.',
    'npx frontdesk connect richpanel --public-url https://hooks.example.com',
  );
  withVerifyOptions(
    under(
      connect,
      'richpanel',
      'Checks RICHPANEL_API_KEY, verifies the workspace, says what to click, and reports in shadow. Sends GET only, unless --allow-writes.',
      'npx frontdesk connect richpanel --public-url https://hooks.example.com',
    ),
  )
    .option('--public-url <URL>', 'https address that leads to the webhook of this machine')
    .option('--shadow <N>', 'recent tickets to decide in shadow', '10')
    .action((options) =>
      run(async (context) => (await import('../commands/connect.ts')).connectRichpanel(context, options)),
    );
  const tenant = under(
    program,
    'tenant',
    'What is known of the real workspace: questions V1 to V15.',
    'npx frontdesk tenant verify',
  );
  const load = () => import('../commands/tenant.ts');
  withVerifyOptions(
    under(
      tenant,
      'verify',
      'Asks V1 to V15 by the public API and webhooks and writes config/tenant.yaml. Sends GET only, unless --allow-writes.',
      'npx frontdesk tenant verify --listen 300',
    ),
  ).action((options) => run(async (context) => (await load()).verify(context, options)));
  under(
    tenant,
    'report',
    'Tells what would have been done, message by message, with the gates that objected.',
    'npx frontdesk tenant report --json',
  ).action(() => run(async (context) => (await load()).shadowReport(context)));
}

function withVerifyOptions(command: Command): Command {
  return command
    .option('--sample <N>', 'recent tickets to look at, up to three requests each', '50')
    .option('--tickets <LIST>', 'numbers or ids to look at instead, with commas; for a key that may not list')
    .option('--listen <SECONDS>', 'hear the test rules of docs/connect-richpanel.md for so long')
    .option('--listen-port <N>', 'port on 127.0.0.1 for them; 0 takes a free one', '4405')
    .option('--allow-writes', 'test on the tickets that --ticket names: tags, a note, a message, closing')
    .option('--ticket <ID>', 'a test ticket that may be written to; repeat for each channel', collected, undefined)
    .option('--wait <SECONDS>', "how long to wait for the test customer's answer", '300');
}

function collected(id: string, before: readonly string[] = []): readonly string[] {
  return [...before, id];
}
