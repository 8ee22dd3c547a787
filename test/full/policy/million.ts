import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DECISION_ROWS } from '../../../events/decision.ts';
import { FORBIDDEN } from '../../../policy/forbidden.testing.ts';
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { decideMany, type Tally } from './decide-many.ts';

// node bin/launch.js test/full/policy/million.ts [--inputs 1000000] [--seed 20261125]
// Inputs drawn over every field are decided: none may throw, and none may be decided as policy/forbidden.testing.ts forbids.

/** Parts with a seed of their own, so that the inputs are the same on any number of threads. */
const PARTS = 20;

type Share = { readonly inputs: number; readonly seeds: readonly number[] };

if (isMainThread) await main();
else parentPort?.postMessage(ofShare(workerData as Share));

function ofShare({ inputs, seeds }: Share): Tally[] {
  return seeds.map((seed) => decideMany(inputs, seed));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '20261125' } },
  });
  const began = performance.now();
  const inputs = Math.ceil(Number(values.inputs) / PARTS);
  const threads = Math.min(PARTS, availableParallelism());
  const seeds = Array.from({ length: PARTS }, (_, at) => Number(values.seed) + at);
  const shares = Array.from({ length: threads }, (_, thread) => seeds.filter((_, at) => at % threads === thread));
  const tallies = (await Promise.all(shares.map((share) => onThread({ inputs, seeds: share })))).flat();
  const decided = tallies.reduce((sum, tally) => sum + tally.decided, 0);
  const wrong = tallies.flatMap((tally) => tally.wrong);
  const seen = new Map<string, number>();
  for (const [name, count] of tallies.flatMap((tally) => Object.entries(tally.seen))) {
    seen.set(name, (seen.get(name) ?? 0) + count);
  }
  for (const line of [...wrong, ...unseen(seen)]) process.stdout.write(`${line}\n`);
  const replies = decided - (seen.get('no reply') ?? 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `${decided} random inputs, ${replies} of them answered: ${wrong.length} exceptions and decisions of ` +
      `${FORBIDDEN.length} forbidden kinds, ${unseen(seen).length} rows and templates never seen, ${seconds} s\n`,
  );
  process.exitCode = wrong.length + unseen(seen).length > 0 ? 1 : 0;
}

/** What never came up was not tried. */
function unseen(seen: ReadonlyMap<string, number>): string[] {
  const templates = Object.values(INTENT_CATALOGUE).flatMap(({ templates: { tier1, tier2 } }) => [...tier1, ...tier2]);
  return [...new Set<string>([...DECISION_ROWS, ...templates])]
    .filter((name) => !seen.has(name))
    .map((name) => `${name} never came up`);
}

function onThread(share: Share): Promise<Tally[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
