import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASE, ROOT } from '../local/platform/release.ts';
import { contentsOf, manifestText, readManifests } from './release/manifest.ts';
import { complaintsAboutVersions } from './release/notes.ts';

// Writes releases/<version>.json for the version in package.json: tools/release-manifest.ts DATE COMMIT
// A part of `npm run release`, run where the rest is stamped already.

const [date = '', basedOn = ''] = process.argv.slice(2);
const folder = join(ROOT, 'releases');
const contents = contentsOf(ROOT);
const complaints = complaintsAboutVersions(readManifests(folder).at(-1), contents);
if (complaints.length > 0) {
  process.stderr.write(`${complaints.join('\n')}\n`);
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${RELEASE}.json`),
    manifestText({ schema: 1, version: RELEASE, date, basedOn, ...contents }),
  );
}
