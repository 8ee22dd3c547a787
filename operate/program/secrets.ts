/** Secrets: how old they are, and a new token for the webhook. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addSecrets(program: Command, run: RunCommand): void {
  const secret = under(
    program,
    'secret',
    'Secrets: status lists them without their values, rotate changes one without downtime.',
    'npx frontdesk secret status',
  );
  under(
    secret,
    'status',
    'Lists the secrets with age, date due and live versions, and when each token of the webhook was last used. Never a value.',
    'npx frontdesk secret status --json',
  ).action(() => run(async (context) => (await import('../commands/secret-status.ts')).secretStatus(context), 'aws'));
  const rotate = under(secret, 'rotate', 'Changes a secret without downtime.', 'npx frontdesk secret rotate webhook');
  under(
    rotate,
    'webhook',
    'A new token for the webhook in eight steps, some 26 minutes; interrupted, the same command goes on. With a real workspace the HTTP Target is changed by hand at step 5, and a message must come in.',
    'npx frontdesk secret rotate webhook',
  )
    .option('--undo', 'go back to the former token, as long as it is not removed')
    .option('--emergency', 'the token is known to others: safe_mode first, although something is wrong, shorter watch')
    .option('--show-token', 'show the new token on this terminal when it has to be pasted')
    .action((options) =>
      run(async (context) => (await import('../commands/secret-rotate.ts')).rotateWebhook(context, options), 'aws'),
    );
}
