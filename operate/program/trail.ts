/** The trail: is it whole, and how somebody is taken out of it. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addTrail(program: Command, run: RunCommand): void {
  const audit = under(program, 'audit', 'The audit trail and its seals.', 'npx frontdesk audit verify');
  under(
    audit,
    'verify',
    'Compares every record with its leaf, its seal and the archives: valid, deleted on request, expired, broken. Needs no running instance; exit 1 when something is broken.',
    'npx frontdesk audit verify --json',
  ).action(() => run(async (context) => (await import('../commands/audit.ts')).verifyAudit(context)));

  const privacy = under(
    program,
    'privacy',
    'What is held of a customer.',
    'npx frontdesk privacy delete --customer - --yes',
  );
  under(
    privacy,
    'delete',
    'Deletes what is held of a customer, proves it by a query and states it; records of the trail become tombstones. Safe to run again.',
    'npx frontdesk privacy delete --customer - --yes < reference.txt',
  )
    .requiredOption(
      '--customer <REF>',
      'e-mail address, phone number, ticket number or id; - reads it from standard input, which no list of processes shows',
    )
    .option('--yes', 'really; without it you see what would happen')
    .action((options) =>
      run(async (context) => (await import('../commands/privacy.ts')).deleteCustomer(context, options), 'aws'),
    );
}
