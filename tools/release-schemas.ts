import { join } from 'node:path';
import packageFile from '../package.json' with { type: 'json' };
import { currentRelease } from './compatibility/current.ts';
import { complaintsAbout } from './compatibility/gate.ts';
import { lastRelease, RELEASED, writeRelease } from './compatibility/release.ts';

// Stamps the schemas of this version as released; a part of `npm run release`.
// A stamp is a promise to whoever reads archived facts, so one that stands is not replaced.

const { version } = packageFile;
const current = currentRelease();
const last = lastRelease();
const complaints = last === null || last.version === version ? [] : complaintsAbout(last, current);
if (complaints.length > 0) refuse(complaints.join('\n'));
else if (last?.version === version) refuse(`${version} is released already`);
else {
  writeRelease(join(RELEASED, version), current);
  process.stdout.write(`${Object.keys(current.events).length} events released as ${version}\n`);
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
