// node bin/launch.js test/full/canary/cli.ts [--conversations 2000] [--keep]
// Runs conversations that are full of marked personal data through a stage of its own, with a helpdesk and a model that fail,
// and then looks for the marks in everything the stage keeps and says. Exit code 0 when it finds none and everything has ended.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killEverything } from '../../processes/product.ts';
import { KINDS } from './kinds.ts';
import { runCanaries } from './run.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '2000' },
    /** Leaves the folders, for a look at what leaked. */
    keep: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const place = mkdtempSync(join(tmpdir(), 'frontdesk-canary-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    killEverything();
    rmSync(place, { recursive: true, force: true });
    process.exit(1);
  });

try {
  const conversations = Number(values.conversations);
  const run = await runCanaries(place, conversations, say);
  for (const { place: where, mark, encoding, excerpt } of run.leaks)
    say(`LEAK ${where}: ${mark}, ${encoding}: ${excerpt}`);
  const ends = Object.entries(run.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  say(
    `${run.written} messages and ${run.odd} odd webhooks: ${ends.join(', ')}; ${run.replies} replies, ${run.deadLetters} dead letters`,
  );
  say(
    `the model was asked ${run.modelCalls} times; the vault held ${run.vault.texts} texts and ${run.vault.orders} orders`,
  );
  const megabytes = Math.round(run.scanned.bytes / 1e6);
  say(
    `canary run: ${conversations} conversations with ${KINDS} kinds of personal data, ${run.scanned.places} places of ` +
      `${megabytes} MB scanned, ${run.leaks.length} leaks, ${run.open} messages without an end`,
  );
  process.exitCode = run.leaks.length + run.open === 0 ? 0 : 1;
} finally {
  killEverything();
  if (values.keep) say(`kept: ${place}`);
  else rmSync(place, { recursive: true, force: true });
}
