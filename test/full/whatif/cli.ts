/** `whatif` over a trail of 100,000 decisions: time, memory, and exactly the differences that a separate script finds. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../local/platform/release.ts';
import { made, type Told, trailFolder } from '../../../operate/whatif/testing.ts';
import { randomFrom, randomInput } from '../../../policy/random-input.testing.ts';
import { changedByRoute, type Fact } from './changed.ts';

const DECISIONS = Number(process.argv[2] ?? 100_000);
const MOST_SECONDS = 60;
const MOST_MB = 512;
const [FROM, TO] = [0.6, 0.61];

const expected: string[] = [];
const { data, remove } = trailFolder(decisions());
try {
  const policy = join(data, 'policy.yaml');
  writeFileSync(policy, `thresholds: { route: ${TO} }\n`);
  const { value, seconds, megabytes } = await run('whatif', '--policy', policy);
  const found = value.differences.map(({ messageKey }: Fact) => messageKey).toSorted();
  const isExact = JSON.stringify(found) === JSON.stringify(expected.toSorted()) && value.undecidable === 0;
  const same = value.decisions === DECISIONS && value.same + value.different === DECISIONS;
  process.stdout.write(
    `${value.decisions} decisions in ${seconds.toFixed(1)} s and ${megabytes} MB; route ${FROM} to ${TO} changes ${found.length}, the script finds ${expected.length}\n`,
  );
  const unchanged = await run('whatif', '--policy', emptyPolicy(data));
  process.stdout.write(`under the policy that made them ${unchanged.value.different} are different\n`);
  const isHeld = isExact && same && expected.length > 0 && unchanged.value.different === 0;
  if (!isHeld || seconds > MOST_SECONDS || megabytes > MOST_MB) process.exitCode = 1;
} finally {
  remove();
}

function* decisions(): Generator<Told> {
  const random = randomFrom(7);
  for (let at = 0; at < DECISIONS; at += 1) {
    const { input, decision } = made(randomInput(random));
    const told = { input, decision, conversationId: `conv_${at % 20_000}`, messageKey: `cmt_${at}` };
    expected.push(...changedByRoute([told], FROM, TO));
    yield told;
  }
}

function emptyPolicy(folder: string): string {
  const file = join(folder, 'same.json');
  writeFileSync(file, '{}');
  return file;
}

async function run(...args: readonly string[]) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'operate/main.ts'), '--data', data, '--json', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid ?? 0));
  }, 50);
  const pieces: string[] = [];
  for await (const piece of child.stdout.setEncoding('utf8')) pieces.push(String(piece));
  clearInterval(watch);
  return { value: JSON.parse(pieces.join('')), seconds: (performance.now() - began) / 1000, megabytes };
}

/** Most memory the process ever held, in MB; Linux keeps count. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}
