import { awsCommand, cliVersion, DEBIAN_CLI } from './cli-client.ts';
import { createIdleness } from './idleness.ts';
import { createReplays } from './operator-replays.ts';
import { settled } from './preparation.ts';
import { type Product, sandbox, startProduct } from './product.ts';
import { writeMessages } from './written-messages.ts';

// node bin/launch.js test/full/aws-clients/replay-all-rules.ts
// Lets ≥ 60 messages settle, then replays the recovery archive to all rules by the AWS CLI, in two rounds and under every
// kind of name, and proves that nothing reached the helpdesk although the events were really delivered again.

/** Issue 4, "Done when": all rules, twice. */
const ROUNDS = 2;
const MESSAGES = 60;
/** Names of each purpose that a twin may listen to (architecture §3), and one that an operator makes up in a hurry. */
const NAMES = ['recovery-probe', 'rebuild-probe', 'backfill-probe', 'oops'];
/** Waits of a tenth, so that what was parked is over in time. */
const TIME_SCALE = '0.1';

type Reached = { readonly writes: readonly unknown[]; readonly outbox: readonly unknown[] };

const say = (line: string) => process.stdout.write(`${line}\n`);
const version = await cliVersion(DEBIAN_CLI);
const product = await startProduct(['--unlimited'], { FRONTDESK_TIME_SCALE: TIME_SCALE });
try {
  const failures = await prove();
  for (const failure of failures) say(`failed: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await product.stop();
}

async function prove(): Promise<string[]> {
  const { awsEndpoint: endpoint, region } = product.ready;
  const idleness = createIdleness(product);
  const replays = await createReplays(product.ready, awsCommand(DEBIAN_CLI, { endpoint, region, pointing: 'flag' }));
  await writeMessages(product, MESSAGES);
  await settled(product, MESSAGES, 300_000);
  await idleness.reached();
  const before = await whatReached(product);
  say(`${MESSAGES} messages have settled: ${before.writes.length} writes, ${before.outbox.length} replies`);

  const failures: string[] = [];
  let delivered = 0;
  let taken = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const archived = await replays.archivedEvents();
    const seen = idleness.replayedEvents();
    const names = NAMES.map((name) => `${name}-${round}`);
    for (const name of names) await replays.start(name);
    for (const name of names) await replays.follow(name);
    await idleness.reached();
    const came = await replays.delivered();
    for (const name of names) {
      delivered += came.get(name) ?? 0;
      if ((came.get(name) ?? 0) < archived)
        failures.push(`${name} delivered ${came.get(name) ?? 0} of ${archived} events`);
    }
    // The twins: classify takes every message of a recovery, the auditor every event of a rebuild.
    const now = idleness.replayedEvents();
    const by = (name: string): number => (now.get(name) ?? 0) - (seen.get(name) ?? 0);
    if (by('classify') < MESSAGES) failures.push(`round ${round}: classify’s twin took ${by('classify')} messages`);
    if (by('auditor') < archived)
      failures.push(`round ${round}: the auditor’s twin took ${by('auditor')} of ${archived} events`);
    taken +=
      [...now.values()].reduce((sum, count) => sum + count, 0) -
      [...seen.values()].reduce((sum, count) => sum + count, 0);
    say(`round ${round}: ${archived} archived events, replayed as ${names.join(', ')}`);
  }
  const after = await whatReached(product);
  const writes = after.writes.length - before.writes.length;
  if (writes !== 0) failures.push(`writes that the replays caused: ${JSON.stringify(after.writes.slice(-writes))}`);
  if (JSON.stringify(after.outbox) !== JSON.stringify(before.outbox)) failures.push('the outbox changed');
  say(
    `aws ${version}: ${NAMES.length * ROUNDS} replays to all rules, ${delivered} events delivered, ${taken} taken by functions, ${writes} writes, ${after.outbox.length - before.outbox.length} replies`,
  );
  return failures;
}

/** Everything that was asked of the helpdesk, refused or not, and what customers received. */
async function whatReached(from: Product): Promise<Reached> {
  return { writes: await sandbox(from, '/writes'), outbox: await sandbox(from, '/outbox') };
}
