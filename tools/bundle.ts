import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { answerVersion } from '../local/platform/release.ts';
import { bundleAll, ROOT } from './bundle/bundle.ts';

// Writes dist/functions/<name>/index.mjs, what is deployed, and says how large each is.
answerVersion(process.argv.slice(2));
const folder = join(ROOT, 'dist', 'functions');
rmSync(folder, { recursive: true, force: true });
const bundles = await bundleAll(folder);
for (const { name, bytes } of bundles)
  process.stdout.write(`${name.padEnd(18)} ${(bytes / 1024).toFixed(0).padStart(6)} KB\n`);
process.stdout.write(`${bundles.length} functions bundled into dist/functions\n`);
