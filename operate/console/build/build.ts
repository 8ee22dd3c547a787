/** Builds the page with Vite into `dist/console/<stamp>`, unless it stands there already. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stampOfSources } from './stamp.ts';

const DIST = fileURLToPath(new URL('../../../dist/console', import.meta.url));
const VITE = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));
const CONFIG = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
/** An instance that runs may still serve an older one. */
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Answers the folder of the built page; where Vite is not installed, as in an image, the one that was built before. Several may build at once: each into a folder of its own, and the first stands.
 *
 * @throws Error with what Vite said
 */
export async function buildPage(): Promise<string> {
  if (!existsSync(VITE)) return builtBefore();
  const folder = join(DIST, stampOfSources());
  if (existsSync(join(folder, 'index.html'))) return folder;
  mkdirSync(DIST, { recursive: true });
  const fresh = mkdtempSync(join(DIST, 'building-'));
  try {
    await vite(['build', '--config', CONFIG, '--outDir', fresh, '--emptyOutDir']);
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  for (const name of readdirSync(DIST)) {
    const old = join(DIST, name);
    if (old !== folder && Date.now() - statSync(old).mtimeMs > KEPT_MS) rmSync(old, { recursive: true, force: true });
  }
  return folder;
}

function builtBefore(): string {
  const built = existsSync(DIST) ? readdirSync(DIST).filter((name) => existsSync(join(DIST, name, 'index.html'))) : [];
  const [name] = built.sort((one, other) => statSync(join(DIST, other)).mtimeMs - statSync(join(DIST, one)).mtimeMs);
  if (name === undefined) throw new Error('the page is not built, and Vite is not installed: run `npm ci`');
  return join(DIST, name);
}

/** A process of its own: its compiler would hold up the bus, and its memory is given back. */
function vite(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [VITE, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`vite build ended with ${code}:\n${said}`)),
    );
  });
}
