/** node bin/launch.js test/full/fuzz-webhook/cli.ts handler|socket COUNT [--seed N]: exits 1 at the first wrong answer, with its seed. */
import { parseArgs } from 'node:util';
import type { Tally } from './batches.ts';
import { fuzzInProcess } from './in-process.ts';
import { heapWatch } from './memory.ts';
import { SEEDS } from './seeds.ts';
import { fuzzSocket } from './socket.ts';

/** Compiled code and caches of the runtime come and go by as much; a leak of 100 bytes a request is ten times this. */
const FLAT_MIB = 10;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const [what, countText = ''] = positionals;
const count = Number(countText);
if ((what !== 'handler' && what !== 'socket') || !Number.isInteger(count) || count < 1) {
  process.stderr.write('usage: cli.ts handler|socket COUNT [--seed N]\n');
  process.exit(2);
}

const seed = values.seed === undefined ? (SEEDS[0] ?? 1) : Number(values.seed);
const heap = heapWatch(count);
const began = performance.now();
const tally: Tally = await (what === 'handler' ? fuzzInProcess : fuzzSocket)(count, seed, heap.at);
const seconds = (performance.now() - began) / 1000;
const { from, to } = heap.growth();

for (const [answer, times] of [...tally].sort()) process.stdout.write(`${String(times).padStart(9)}  ${answer}\n`);
const answered = [...tally.values()].reduce((sum, times) => sum + times, 0);
const isFlat = to - from <= FLAT_MIB;
process.stdout.write(
  `${answered.toLocaleString('en-US')} requests (${what}, seed ${seed}) answered as the oracle says, none 5xx, no forgery taken, heap ${from.toFixed(0)} → ${to.toFixed(0)} MiB, ${seconds.toFixed(0)} s\n`,
);
if (!isFlat) process.stdout.write(`memory is not flat: more than ${FLAT_MIB} MiB were added\n`);
process.exit(isFlat && answered === count ? 0 : 1);
