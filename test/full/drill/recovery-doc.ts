/**
 * Walks through docs/recovery.md as a newcomer would: a folder has lost every table, and every command of the page is run in its
 * order. Exits 1 when a command fails, or prints not what the page says.
 *
 *   node bin/launch.js test/full/drill/recovery-doc.ts [--show]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableName } from '../../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../../functions/shared/store/tables.ts';
import { ROOT } from '../../../local/platform/release.ts';
import { untilCalm } from '../../../operate/drill/provoke.ts';
import { loseTables } from '../../../operate/drill/scratch.ts';
import { findInstance } from '../../../operate/instance/instance.ts';
import { frontdesk, type RunningInstance, startedInstance } from '../../../operate/instance/testing.ts';
import { toldIn, untrue } from './document.ts';
import { writeAll } from './scene.ts';

const CALM_WITHIN_MS = 60_000;

const isShown = process.argv.includes('--show');
const told = toldIn(readFileSync(join(ROOT, 'docs/recovery.md'), 'utf8'));
const first = await startedInstance();
const { data } = first;
let running: RunningInstance | null = first;
const problems: string[] = [];

/** One command as it stands on the page, on this folder. */
async function run(command: string): Promise<{ code: number | null; printed: string }> {
  if (command === 'npm start') {
    running = await startedInstance(data);
    return { code: 0, printed: '' };
  }
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  if (words[0] !== 'npx' || words[1] !== 'frontdesk') return { code: 2, printed: 'no command of this product' };
  const { code, out, err } = await frontdesk(data, ...words.slice(2));
  return { code, printed: out + err };
}

try {
  await writeAll(data);
  // What is still on its way to the trail would come to it after the loss, without what it led to.
  const instance = findInstance({ dataDir: data, dataDirGiven: data });
  if (instance === null) throw new Error('the instance does not run');
  await untilCalm({ instance }, AbortSignal.timeout(CALM_WITHIN_MS));
  await first.stop();
  running = null;
  loseTables(data, Object.keys(TABLE_KEYS) as TableName[]);
  for (const one of told) {
    const { code, printed } = await run(one.command);
    if (isShown) process.stderr.write(`\n$ ${one.command}\n${printed}`);
    if (code !== 0) problems.push(`${one.command} ended with ${code}: ${printed.trim()}`);
    for (const line of untrue(one, printed)) problems.push(`${one.command} did not print: ${line}`);
  }
} finally {
  if (running !== null) await running.stop();
  first.remove();
}
const lines = told.reduce((sum, { output }) => sum + output.length, 0);
process.stdout.write(`${told.length} commands of docs/recovery.md ran, ${lines} lines of their output as told\n`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 && told.length > 0 ? 0 : 1;
