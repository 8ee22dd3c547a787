import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLES, type BundleManifest, manifestFile, sourcesHash } from '../local/platform/bundles.ts';
import { answerVersion } from '../local/platform/release.ts';
import { bundleAll, ROOT } from './bundle/bundle.ts';
import { KB } from './bundle/limits.ts';
import { jsonText } from './catalogue/json-text.ts';
import { noticesText, packageFolders, readNotice } from './supply/notices.ts';
import { billOfMaterials } from './supply/sbom.ts';

// Writes dist/functions/<name>/, what is deployed, and says how large each is; beside it whose work is in it and what is pinned.
answerVersion(process.argv.slice(2));
const folder = join(ROOT, BUNDLES, 'functions');
rmSync(manifestFile(ROOT), { force: true });
rmSync(folder, { recursive: true, force: true });
const sources = sourcesHash(ROOT);
const bundles = await bundleAll(folder);
for (const { name, bytes, assets } of bundles) {
  const beside = Object.values(assets).reduce((sum, one) => sum + one, 0);
  process.stdout.write(`${name.padEnd(18)} ${kilobytes(bytes)} KB, assets beside it ${kilobytes(beside)} KB\n`);
}
process.stdout.write(`${bundles.length} functions bundled into ${BUNDLES}/functions\n`);

const packages = packageFolders(bundles.flatMap(({ inputs }) => inputs));
writeFileSync(
  join(ROOT, BUNDLES, 'THIRD-PARTY-NOTICES.txt'),
  noticesText(packages.map((one) => readNotice(ROOT, one))),
);
const bom = billOfMaterials(ROOT);
writeFileSync(join(ROOT, BUNDLES, 'sbom.cdx.json'), jsonText(bom));
process.stdout.write(
  `${BUNDLES}/THIRD-PARTY-NOTICES.txt: ${packages.length} packages; ${BUNDLES}/sbom.cdx.json: ${bom.components.length} components\n`,
);
const functions = Object.fromEntries(bundles.map(({ name, hashes }) => [name, hashes]));
writeFileSync(manifestFile(ROOT), jsonText({ schema: 1, sources, functions } satisfies BundleManifest));

function kilobytes(bytes: number): string {
  return (bytes / KB).toFixed(0).padStart(5);
}
