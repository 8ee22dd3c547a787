/**
 * Runs every drill beside a running instance, then one on the folder at rest, then one that is interrupted. Prints the table of
 * RTO and RPO; exits 1 unless every drill passed and the instance's own helpdesk and files are what they were.
 *
 *   node bin/launch.js test/full/drill/drill.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from '../../../local/platform/release.ts';
import { findInstance } from '../../../operate/instance/instance.ts';
import { readOutbox } from '../../../operate/instance/sandbox.ts';
import { frontdeskJson, startedInstance } from '../../../operate/instance/testing.ts';
import { durationText } from '../../../operate/table.ts';
import { stateOf, writeAll } from './scene.ts';

type Drilled = { name: string; passed: boolean; rtoMs: number; rpoMs: number };

const running = await startedInstance();
const { data } = running;
const instance = findInstance({ dataDir: data, dataDirGiven: data });
if (instance === null) throw new Error('the instance does not run');
const problems: string[] = [];
const demand = (holds: boolean, what: string): void => void (holds || problems.push(what));

/** What customers of the real folder received, and what was written to its tickets. */
async function surface(): Promise<string> {
  const { richpanelUrl } = instance as NonNullable<typeof instance>;
  const writes = await (await fetch(`${richpanelUrl}/__sandbox/writes?since=0`)).json();
  return JSON.stringify([await readOutbox(instance as NonNullable<typeof instance>), writes]);
}

const leftovers = (): string[] =>
  readdirSync(dirname(data)).filter((name) => name.startsWith(`${basename(data)}.drill-`));

/** One drill that gets SIGINT as soon as its copy stands; answers exit code and error. */
async function interrupted(): Promise<{ code: number | null; error: string }> {
  const args = [join(ROOT, 'bin/frontdesk.js'), '--data', data, '--json', 'drill', 'vault'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('vault: stop')) child.kill('SIGINT');
  });
  const [code] = await once(child, 'close');
  return { code, error: String(JSON.parse(out).error?.code) };
}

try {
  const outcomes = await writeAll(data);
  demand(outcomes.includes('replied') && outcomes.includes('routed'), `the scene: ${outcomes.join(', ')}`);
  const before = await surface();
  const { code, value } = await frontdeskJson(data, 'drill');
  demand(code === 0 && value.passed === true, `a drill failed: ${JSON.stringify(value).slice(0, 2_000)}`);
  demand((await surface()) === before, 'the helpdesk of the running instance was touched');
  await running.stop();
  const files = stateOf(data);
  const atRest = await frontdeskJson(data, 'drill', 'conversation_state');
  demand(atRest.code === 0, 'the drill on a folder at rest failed');
  const cut = await interrupted();
  demand(cut.code === 1 && cut.error === 'interrupted', `interrupted: ${JSON.stringify(cut)}`);
  demand(JSON.stringify(stateOf(data)) === JSON.stringify(files), 'the files of the folder changed');
  demand(leftovers().length === 0, `left behind: ${leftovers().join(', ')}`);
  const drills = (value.drills ?? []) as Drilled[];
  for (const { name, rtoMs, rpoMs, passed } of drills)
    process.stdout.write(
      `${name}: RTO ${durationText(rtoMs)}, RPO ${durationText(rpoMs)}${passed ? '' : ', FAILED'}\n`,
    );
  process.stdout.write(
    `${drills.length} drills: RTO at most ${durationText(value.rtoMs)}, RPO ${durationText(value.rpoMs)}, ` +
      `${value.sends} sends, ${value.writes} writes, read models equal to the byte; the folder itself unchanged\n`,
  );
} finally {
  if (findInstance({ dataDir: data, dataDirGiven: data }) !== null) await running.stop();
  running.remove();
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
