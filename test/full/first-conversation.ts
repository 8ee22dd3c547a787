import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// node bin/launch.js test/full/first-conversation.ts
// Starts the system as the README says and tells how long it took until a conversation was seen to settle.

/** Issue 3, "Done when": conversations flow within 10 s of the start. */
const WITHIN_S = 10;
const GIVE_UP_MS = 60_000;

const data = mkdtempSync(join(tmpdir(), 'frontdesk-first-'));
const began = performance.now();
const child = spawn('npm', ['start', '--', '--port-base', '0', '--data', data], {
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
const timer = setTimeout(() => end(null), GIVE_UP_MS);
let told = '';
child.stdout.on('data', (chunk: Buffer) => {
  told += chunk.toString();
  if (/→.*\b(?:replied|routed|suppressed) +\d+ ms/.test(told)) end((performance.now() - began) / 1000);
});
child.on('exit', (code) => {
  process.stderr.write(`npm start ended with ${code}\n${told}\n`);
  end(null);
});

let isOver = false;
function end(seconds: number | null): void {
  if (isOver) return;
  isOver = true;
  clearTimeout(timer);
  process.stdout.write(
    seconds === null
      ? 'no conversation was seen\n'
      : `first conversation settled ${seconds.toFixed(1)} s after the start\n`,
  );
  process.exitCode = seconds !== null && seconds <= WITHIN_S ? 0 : 1;
  child.removeAllListeners('exit');
  // npm goes first; what it started drains for a moment.
  child.on('exit', () => setTimeout(() => rmSync(data, { recursive: true, force: true }), 4_000));
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
}
