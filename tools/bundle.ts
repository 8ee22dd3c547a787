import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerVersion } from '../local/platform/release.ts';
import { bundleAll, ROOT } from './bundle/bundle.ts';
import { jsonText } from './catalogue/json-text.ts';
import { noticesText, packageFolders, readNotice } from './supply/notices.ts';
import { billOfMaterials } from './supply/sbom.ts';

// Writes dist/functions/<name>/index.mjs, what is deployed, and says how large each is; beside it whose work is in it and what is pinned.
answerVersion(process.argv.slice(2));
const folder = join(ROOT, 'dist', 'functions');
rmSync(folder, { recursive: true, force: true });
const bundles = await bundleAll(folder);
for (const { name, bytes } of bundles)
  process.stdout.write(`${name.padEnd(18)} ${(bytes / 1024).toFixed(0).padStart(6)} KB\n`);
process.stdout.write(`${bundles.length} functions bundled into dist/functions\n`);

const packages = packageFolders(bundles.flatMap(({ inputs }) => inputs));
writeFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), noticesText(packages.map((one) => readNotice(ROOT, one))));
const bom = billOfMaterials(ROOT);
writeFileSync(join(ROOT, 'dist/sbom.cdx.json'), jsonText(bom));
process.stdout.write(
  `dist/THIRD-PARTY-NOTICES.txt: ${packages.length} packages; dist/sbom.cdx.json: ${bom.components.length} components\n`,
);
