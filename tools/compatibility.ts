import { currentRelease } from './compatibility/current.ts';
import { complaintsAbout } from './compatibility/gate.ts';
import { lastRelease } from './compatibility/release.ts';

// Compares today's events with the last released ones: node bin/launch.js tools/compatibility.ts

const last = lastRelease();
const complaints =
  last === null
    ? ['no release stands in events/released: restore it from git']
    : complaintsAbout(last, currentRelease());
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
