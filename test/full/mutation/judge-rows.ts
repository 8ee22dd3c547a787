// node bin/launch.js test/full/mutation/judge-rows.ts [--first] [FILE]
// Runs the rows and prints one line for every expectation that is not met, then a count. `--first` stops at the first.
import { type Miss, missesOf, readRows, SHIPPED_ROWS } from './rows.ts';
import { runRows } from './run-rows.ts';

const words = process.argv.slice(2);
const stopsAtFirst = words.includes('--first');
const file = words.find((word) => !word.startsWith('--')) ?? SHIPPED_ROWS;
const rows = readRows(file);
const missed: Miss[][] = [];
const began = performance.now();
let ran = 0;
for await (const { row, outcome } of runRows(rows)) {
  ran += 1;
  const misses = missesOf(row, outcome);
  if (misses.length === 0) continue;
  missed.push(misses);
  for (const { id, key, wanted, got } of misses) process.stdout.write(`miss ${id}: ${key} ${wanted}, got ${got}\n`);
  if (stopsAtFirst) break;
}
const ms = Math.round(performance.now() - began);
process.stdout.write(`${ran} of ${rows.length} rows run, ${missed.length} missed, ${ms} ms\n`);
process.exitCode = missed.length > 0 ? 1 : 0;
