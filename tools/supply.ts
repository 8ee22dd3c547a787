/**
 * Packages: pinned, with licences somebody allowed, no scripts at installation, no known advisory. Works without a network and
 * says what it could not look at (`--list` names it). `--renew FILE` takes over what `npm audit --json` said elsewhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerVersion, ROOT } from '../local/platform/release.ts';
import { jsonText } from './catalogue/json-text.ts';
import { type Advisories, judgeAdvisories, renewed } from './supply/advisories.ts';
import { compareInstalled } from './supply/installed.ts';
import { readLock, readManifest } from './supply/lock.ts';
import { licenceObjections, pinObjections, scriptObjections } from './supply/objections.ts';

const ADVISORIES = join(import.meta.dirname, 'supply/advisories.json');

answerVersion(process.argv.slice(2));
const values = readOptions();
const manifest = readManifest(ROOT);
const lock = readLock(ROOT);
const now = Date.now();
let advisories: Advisories = JSON.parse(readFileSync(ADVISORIES, 'utf8'));
if (values.renew !== undefined) {
  const audit = JSON.parse(readFileSync(values.renew, 'utf8'));
  advisories = renewed(advisories, audit, lock.packages, new Date(now).toISOString().slice(0, 10));
  writeFileSync(ADVISORIES, jsonText(advisories));
}

const installed = compareInstalled(ROOT, lock.packages);
const known = judgeAdvisories(lock.packages, advisories, now);
const objections = [
  ...pinObjections(manifest, lock),
  ...scriptObjections(manifest, lock, readFileSync(join(ROOT, '.npmrc'), 'utf8')),
  ...licenceObjections(lock.packages),
  ...installed.objections,
  ...known.objections,
];
for (const objection of objections) say(objection);
const shipped = lock.packages.filter(({ isDev }) => !isDev).length;
say(
  `${Object.keys(manifest.dependencies ?? {}).length} dependencies of ours, ${shipped} packages at run time, ${lock.packages.length - shipped} for development; ` +
    `advisories as of ${advisories.asOf} (${known.ageDays} days ago), ${advisories.advisories.length} known`,
);
say(
  `not looked at: advisories of ${known.unasked.length} packages, contents of ${installed.absent.length} that are not for this system${values.list ? '' : ' (--list)'}`,
);
if (values.list) {
  for (const name of known.unasked) say(`  advisories: ${name}`);
  for (const name of installed.absent) say(`  contents: ${name}`);
}
process.exitCode = objections.length === 0 ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readOptions(): { readonly list?: boolean; readonly renew?: string } {
  try {
    return parseArgs({ options: { list: { type: 'boolean' }, renew: { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(`supply: ${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}
