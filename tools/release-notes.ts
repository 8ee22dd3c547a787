import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASE, ROOT } from '../local/platform/release.ts';
import { RELEASED } from './compatibility/release.ts';
import { unreleasedNotes } from './release/changelog.ts';
import { contentsOf, readManifests, releasedSchemas } from './release/manifest.ts';
import { complaintsAboutNotes } from './release/notes.ts';

// Compares the tree with its last release: node bin/launch.js tools/release-notes.ts

const manifests = readManifests(join(ROOT, 'releases'));
const complaints = complaintsAboutNotes(manifests, {
  version: RELEASE,
  contents: contentsOf(ROOT),
  notes: unreleasedNotes(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')),
  schemas: Object.fromEntries(manifests.map(({ version }) => [version, releasedSchemas(join(RELEASED, version))])),
});
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
