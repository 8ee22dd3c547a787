// node bin/launch.js test/bench/cost/cli.ts [check|renew|mix]
// Plays every path and compares what it asks of AWS with config/cost/counts.yaml. `check` fails when anything grew; `renew` writes
// the table and shows what is different; `mix` plays the shipped set and writes how many of its messages took which path.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { COUNTS_FILE, type Counts, shippedCounts } from '../../../config/cost/counts.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { countMix, countPaths, leastCounts } from './count.ts';
import { changesFrom, changeText } from './growth.ts';
import { hopsOf, MOST_HOPS } from './hops.ts';
import { tableText } from './table.ts';

/** Something of another message in each of three runs at the same operation is not to be expected. */
const ROUNDS = 3;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const task = process.argv[2] ?? 'check';
if (!['check', 'renew', 'mix'].includes(task)) {
  say('cost: give check, renew or mix');
  process.exit(2);
}
if (task === 'mix') {
  const counts = { ...shippedCounts(), mix: await countMix(say) };
  writeFileSync(COUNTS_FILE, tableText(counts));
  print(`cost: ${JSON.stringify(counts.mix)}`);
  process.exit();
}

const table = existsSync(COUNTS_FILE) ? shippedCounts() : null;
const first = await countPaths({ rounds: ROUNDS, say });
const hops = Math.max(...Object.values(first.facts).map(hopsOf));
print(`from webhook to reply: at most ${hops} hops over the bus`);
if (hops > MOST_HOPS) process.exitCode = 1;

// What two functions do at the same moment is sometimes done twice: what grew is counted again before it is believed.
const suspects = task === 'check' && table !== null ? changesFrom(table, first).grown : [];
for (const change of suspects) say(`cost: counted again for ${changeText(change)}`);
const { facts: _, ...measured } =
  suspects.length === 0 ? first : leastCounts(first, await countPaths({ rounds: ROUNDS, say }));
const { grown, shrunk } = table === null ? { grown: [], shrunk: [] } : changesFrom(table, measured);
for (const change of grown) print(`more  ${changeText(change)}`);
for (const change of shrunk) print(`less  ${changeText(change)}`);
if (task === 'renew') {
  const counts: Counts = { counted: commitAndDay(), ...measured, mix: table?.mix ?? (await countMix(say)) };
  writeFileSync(COUNTS_FILE, tableText(counts));
  print(`${relative(ROOT, COUNTS_FILE)} written`);
} else {
  print(
    `cost: ${Object.keys(measured.paths).length} paths counted, ${grown.length} counts grew, ${shrunk.length} shrank`,
  );
  if (grown.length > 0) process.exitCode = 1;
}
process.exit();

function commitAndDay(): string {
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return `${commit}, ${new Date().toISOString().slice(0, 10)}`;
}
