// A file of many rows in little memory (interfaces §4): node test/full/evaluation/many-rows.ts [ROWS]
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { evaluate } from '../../evaluation/evaluate.ts';
import { evalOptions, GOLDEN_FILE } from '../../evaluation/options.ts';

const MOST_MB = 512;
const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'eval-rows-'));
try {
  const data = join(folder, 'rows.jsonl');
  await write(data);
  const began = performance.now();
  await evaluate(evalOptions(['--data', data]), process.stdout, process.stderr);
  const seconds = Math.round((performance.now() - began) / 1000);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(`many rows: ${rows} rows, at most ${megabytes} MB, ${seconds} s\n`);
  process.exitCode = megabytes <= MOST_MB ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The golden rows over and over, each with a number of its own. */
async function write(path: string): Promise<void> {
  const golden: { id: string; text: string }[] = readFileSync(GOLDEN_FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const stream = createWriteStream(path);
  for (let index = 0; index < rows; index += 1) {
    const row = golden[index % golden.length];
    const line = JSON.stringify({ ...row, id: `row-${index}`, text: `${row?.text ?? ''} (${index})` });
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}
