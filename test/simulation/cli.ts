/** `npm run simulate` (interfaces §5): one run under a seed, judged; exits 1 at the first violated invariant. */
import { writeFileSync } from 'node:fs';
import { answerVersion } from '../../local/platform/release.ts';
import { readOptions } from './options.ts';
import { reportOf } from './report.ts';
import { simulate } from './run.ts';
import { shrink } from './shrink.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

answerVersion(process.argv.slice(2));
const read = readOptions(process.argv.slice(2));
if (read.ok) process.exitCode = await main(read.options);
else {
  say(read.says);
  process.exitCode = 2;
}

async function main({ json, ...options }: Extract<typeof read, { ok: true }>['options']): Promise<number> {
  const began = performance.now();
  const run = await simulate(options);
  const { report, violations } = reportOf(options.seed, run);
  const text = JSON.stringify({ ...report, wallMs: Math.round(performance.now() - began) }, null, 2);
  if (json === null) process.stdout.write(`${text}\n`);
  else writeFileSync(json, `${text}\n`);
  const [violation] = violations;
  if (!violation) {
    if (run.isQuiet) return 0;
    say(`seed ${options.seed}: something still runs, waits or is open after ${report.simulatedHours} simulated hours`);
    return 1;
  }
  const trace = await shrink(options, { run, violation });
  say(`seed ${options.seed}, step ${trace.step}, ${trace.conversations} conversations`);
  say(`${trace.violation.rule}: ${trace.violation.says}`);
  for (const line of trace.lines) say(`  ${line}`);
  return 1;
}
