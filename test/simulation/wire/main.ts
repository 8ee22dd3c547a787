/** `npm run simulate -- --wire`: the run of processes as a command. */
import type { Options } from '../options.ts';
import { writeResult } from '../places.ts';
import { wireFaults } from './options.ts';
import { simulateWire } from './run.ts';

/** @returns the exit code */
export async function runWire(
  { seed, conversations, faults, minutes, json }: Options,
  say: (line: string) => void,
): Promise<0 | 1 | 2> {
  const names = wireFaults(faults);
  if (typeof names === 'string') {
    say(names);
    return 2;
  }
  const began = performance.now();
  const { report, violations, trace } = await simulateWire({
    seed,
    faults,
    ...(conversations === null ? {} : { conversations }),
    ...(minutes === null ? {} : { minutes }),
    tell: say,
  });
  const text = JSON.stringify({ ...report, wallMs: Math.round(performance.now() - began) }, null, 2);
  const isWritten = writeResult(json, `${text}\n`, say);
  for (const { rule, says } of violations) say(`${rule}: ${says}`);
  if (violations.length === 0) return isWritten ? 0 : 1;
  say(`seed ${seed}`);
  for (const line of trace) say(`  ${line}`);
  return 1;
}
