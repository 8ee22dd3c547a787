// node bin/launch.js test/full/bundles/outcomes.ts [ROWS]
// Runs the shipped set through the sources and through the bundles that are deployed, and compares what came of each message.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { OutcomeRow } from '../../../local/demo/outcome-row.ts';
import { parseRows } from '../../../local/demo/rows.ts';
import { runRows } from '../../../local/demo/run.ts';
import { freshBundles } from '../../../local/platform/build-bundles.ts';
import { type Platform, startPlatform } from '../../../local/platform/platform.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { topology } from '../../../stacks/topology.ts';

const CONCURRENCY = 20;
/** A bundle keeps the vendor's budget, 45 calls in 31 s. The set would take an hour: what was taken is given back from outside. */
const GIVE_BACK_EVERY_MS = 100;
const SHOWN = 10;

const limit = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const { rows: all } = parseRows(readFileSync(join(ROOT, 'local/demo/messages.jsonl'), 'utf8'));
const rows = all.slice(0, limit);
await freshBundles(ROOT, topology.functions, say);

const bySources = await outcomes(false);
const byBundles = await outcomes(true);
const pairs = bySources.map((row, at) => ({ id: row.id, sources: judgedOf(row), bundles: judgedOf(byBundles[at]) }));
// Which message of a burst is taken up first is a matter of milliseconds, in one run as in the other.
const inBursts = new Set(rows.filter(({ burst }) => burst).map(({ conversationId }) => conversationId));
const bursts = new Set(rows.filter(({ conversationId }) => inBursts.has(conversationId)).map(({ id }) => id));
const compared = pairs.filter(({ id }) => !bursts.has(id));
const differing = compared.filter(({ sources, bundles }) => !isDeepStrictEqual(sources, bundles));
for (const { id, sources, bundles } of differing.slice(0, SHOWN))
  for (const key of Object.keys(sources).filter((one) => !isDeepStrictEqual(sources[one], bundles[one])))
    say(`differs: ${id}: ${key} ${JSON.stringify(sources[key])}, of the bundles ${JSON.stringify(bundles[key])}`);
process.stdout.write(
  `${rows.length} messages through sources and bundles, ${differing.length} with another outcome, ${bySources.filter(({ outcome }) => outcome === 'replied').length} replied; ${bursts.size} in bursts not compared\n`,
);
process.exit(differing.length === 0 && bySources.length === rows.length ? 0 : 1);

async function outcomes(isBundled: boolean): Promise<OutcomeRow[]> {
  const platform = await startPlatform({
    folder: null,
    limits: 'unlimited',
    isBundled,
    sandbox: { webhookBody: 'with-message-id', escape: 'json', webhookTimeoutMs: 60_000 },
    onTrouble: say,
  });
  const giving = setInterval(() => void giveBack(platform), GIVE_BACK_EVERY_MS);
  try {
    const kind = isBundled ? 'bundles' : 'sources';
    const results = await runRows(rows, platform, {
      concurrency: CONCURRENCY,
      onResult: (_, done) => done % 100 === 0 && say(`${kind}: ${done} of ${rows.length}`),
    });
    return results.map(({ row }) => row);
  } finally {
    clearInterval(giving);
    await platform.stop();
  }
}

async function giveBack(platform: Platform): Promise<void> {
  const call = async (operation: string, body: object) => {
    const answer = await fetch(platform.endpoint.server.url, {
      method: 'POST',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: JSON.stringify({ TableName: 'frontdesk_local_vendor_limits', ...body }),
    });
    return (await answer.json()) as { Items?: { bucket: object }[] };
  };
  const { Items = [] } = await call('Scan', {}).catch(() => ({ Items: [] }));
  for (const { bucket } of Items) await call('DeleteItem', { Key: { bucket } }).catch(() => undefined);
}

/** What a message came to; keys, times and the events' order are of the run. */
function judgedOf(row: OutcomeRow | undefined): Readonly<Record<string, unknown>> {
  if (row === undefined) return {};
  const { id: _, conversationId: _1, messageKey: _2, endToEndMs: _3, events, ...judged } = row;
  return { ...judged, events: events.toSorted() };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
