/**
 * A migration that is killed at each of its steps, at random moments, and again while it goes on, ends like one that nobody
 * interrupted: the same items and rows, one copy aside, nothing left over.
 *
 * node bin/launch.js test/full/state/migration-kills.ts [RELEASE] [MOMENTS]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { SCHEMA } from '../../../local/platform/folder-version.ts';
import { type Contents, contentsOf, contentsOfFirstSchema } from './contents.ts';
import { unpackFixture } from './fixture.ts';

const release = process.argv[2] ?? '0.1.0';
const moments = Number(process.argv[3] ?? 20);
const CLEAN = ['aws.sqlite', 'richpanel.sqlite', 'schema', 'version'];

const home = mkdtempSync(join(tmpdir(), 'frontdesk-migration-kills-'));
let cases = 0;
try {
  const startedAt = performance.now();
  const { data, wanted, steps, ms } = await uninterrupted();
  const pristine = await contentsOfFirstSchema(copyOf(data));
  await afterKill('after the first step, then after the second of each resumption', async (folder) => {
    for (const [index] of steps.entries()) await killed(folder, Math.min(index, 1));
  });
  for (const [index, name] of steps.entries()) {
    await afterKill(`after "${name}"`, (folder) => killed(folder, index));
  }
  for (let moment = 0; moment < moments; moment += 1) {
    await afterKill(`after ${Math.round((ms * moment) / moments)} ms, twice`, async (folder) => {
      await killedAfter(folder, (ms * moment) / moments);
      await killedAfter(folder, Math.random() * ms);
    });
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(
    `${cases} interrupted migrations of ${release} (${steps.length} steps, ${moments} moments twice) ended as the uninterrupted one, item by item, ${seconds} s\n`,
  );

  async function uninterrupted(): Promise<{ data: string; wanted: Contents; steps: string[]; ms: number }> {
    const data = unpackFixture(release, join(home, 'uninterrupted'));
    const began = performance.now();
    const { code, out } = await run(data).ended;
    if (code !== 0) throw new Error(`the migration failed with ${code}`);
    return { data, wanted: await contentsOf(data), steps: out.trim().split('\n'), ms: performance.now() - began };
  }

  /** A fixture, whatever interrupts its migration, then a start that nobody interrupts. */
  async function afterKill(what: string, interrupt: (folder: string) => Promise<void>): Promise<void> {
    const place = join(home, 'interrupted');
    const folder = unpackFixture(release, place);
    await interrupt(folder);
    const { code } = await run(folder).ended;
    const problems = [
      ...(code === 0 ? [] : [`the next start failed with ${code}`]),
      ...(isDeepStrictEqual(readdirSync(folder).sort(), CLEAN) ? [] : [`left over: ${readdirSync(folder).join(', ')}`]),
      ...(readdirSync(place).length === 2 ? [] : [`beside it: ${readdirSync(place).join(', ')}`]),
      ...(code === 0 && !isDeepStrictEqual(await contentsOf(folder), wanted) ? ['other contents'] : []),
      ...(isDeepStrictEqual(await contentsOfFirstSchema(copyOf(folder)), pristine) ? [] : ['another copy aside']),
    ];
    if (problems.length > 0) throw new Error(`killed ${what}: ${problems.join('; ')}`);
    rmSync(place, { recursive: true });
    cases += 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

function copyOf(folder: string): string {
  const place = join(folder, '..');
  const copy = readdirSync(place).find((name) => name.startsWith(`data.before-schema-${SCHEMA}-`));
  if (copy === undefined) throw new Error(`no copy aside, only ${readdirSync(place).join(', ')}`);
  return join(place, copy);
}

type Run = { kill(): void; ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string }> };

function run(folder: string, ...rest: string[]): Run {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'migrate-folder.ts'), folder, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return {
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, out }))),
  };
}

async function killed(folder: string, step: number): Promise<void> {
  const { code, signal } = await run(folder, String(step)).ended;
  // Whoever goes on may have fewer steps left than that, and then ends well.
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the migration ended with ${code} instead of being killed`);
}

async function killedAfter(folder: string, ms: number): Promise<void> {
  const running = run(folder);
  await Promise.race([sleep(ms), running.ended]);
  running.kill();
  await running.ended;
}
