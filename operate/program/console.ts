/** The page for people. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addConsole(program: Command, run: RunCommand): void {
  under(
    program,
    'console',
    'Serves the console of a deployed stage on 127.0.0.1 until it is stopped: for yourself with your own AWS credentials, or behind the organisation’s sign-in (docs/console.md).',
    'npx frontdesk --target aws --stage prod console --port 4410',
  )
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one', '4410')
    .option('--sign-in-header <NAME>', 'header in which an authenticating proxy names the operator')
    .option('--sign-in-secret-file <FILE>', 'file with the secret that the proxy sends in x-frontdesk-sign-in')
    .action((options) =>
      run(async (context) => (await import('../commands/console.ts')).consoleOfStage(context, options), 'aws'),
    );
}
