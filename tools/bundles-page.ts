import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAll, ROOT } from './bundle/bundle.ts';
import { renderPage } from './bundle/page.ts';

// Writes docs/bundles.md from the declarations and from bundles built for it.
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bundles-page-'));
try {
  writeFileSync(join(ROOT, 'docs/bundles.md'), renderPage(await bundleAll(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
