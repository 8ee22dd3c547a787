/**
 * Each control, or those named: its test file passes with it, and without it one test fails by an assertion, twice.
 * `--write` keeps what was found in test/security/results.json; a run of all keeps it anyway. Exit 0: every one noticed.
 */
import { execFileSync } from 'node:child_process';
import type { Control } from '../../security/control.ts';
import { CONTROLS } from '../../security/controls.ts';
import { fingerprint, type Result, readResults, writeResults } from '../../security/results.ts';
import { passes, type Verdict, verdictOf, verdictTogether } from './verdict.ts';
import { type Workspace, workspace } from './workspace.ts';

/** As many as the build machine has cores. */
const AT_ONCE = 2;
/** A busy machine may fail a sound test. */
const TIMES = 3;
const WRITE = '--write';

const words = process.argv.slice(2);
const named = words.filter((word) => word !== WRITE);
const unknown = named.filter((id) => !CONTROLS.some((control) => control.id === id));
if (unknown.length > 0) {
  process.stderr.write(`no such control: ${unknown.join(', ')}\n`);
  process.exit(2);
}
const controls = named.length === 0 ? CONTROLS : CONTROLS.filter(({ id }) => named.includes(id));
const commit = headCommit();
const found = new Map<string, Result>();
const places = Array.from({ length: Math.min(AT_ONCE, controls.length) }, workspace);
try {
  const sound = await passing([...new Set(controls.map(({ test }) => test))]);
  const left = [...controls];
  await Promise.all(
    places.map(async (place) => {
      for (let control = left.shift(); control !== undefined; control = left.shift()) {
        const verdict: Verdict = sound.has(control.test)
          ? await verdictWithout(place, control)
          : { is: 'broken', says: 'its test file does not pass with the control either' };
        found.set(control.id, resultOf(control, verdict));
        say(control, verdict);
      }
    }),
  );
} finally {
  for (const place of places) place.remove();
}
if (named.length === 0 || words.includes(WRITE))
  writeResults({ ...readResults(), ...Object.fromEntries(found) }, CONTROLS);
const noticed = [...found.values()].filter(({ result }) => result === 'noticed').length;
process.stdout.write(`${noticed} of ${controls.length} controls noticed\n`);
if (noticed < controls.length) process.exitCode = 1;

/** Test files that pass as they are; one that a busy machine failed is asked again. */
async function passing(files: readonly string[]): Promise<ReadonlySet<string>> {
  const sound = new Set<string>();
  for (let time = 0; time < TIMES && sound.size < files.length; time += 1) {
    const left = files.filter((file) => !sound.has(file));
    const reports = await places[0]?.untouched(left);
    for (const file of left) if (passes(reports?.get(file))) sound.add(file);
  }
  return sound;
}

async function verdictWithout(place: Workspace, control: Control): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (;;) {
    verdicts.push(verdictOf(await place.without(control)));
    const verdict = verdictTogether(verdicts);
    if (verdict !== null) return verdict;
  }
}

function resultOf(control: Control, verdict: Verdict): Result {
  const says = verdict.is === 'noticed' ? verdict.by[0] : wordsOf(verdict);
  return { of: fingerprint(control), result: verdict.is === 'noticed' ? 'noticed' : 'not noticed', says, commit };
}

function say({ id }: Control, verdict: Verdict): void {
  process.stderr.write(
    `${found.size}/${controls.length} ${id}: ${verdict.is === 'noticed' ? `noticed by: ${verdict.by[0]}` : `NOT noticed: ${wordsOf(verdict)}`}\n`,
  );
}

function wordsOf(verdict: Exclude<Verdict, { is: 'noticed' }>): string {
  return verdict.is === 'unnoticed' ? 'every test passes without it' : verdict.says;
}

function headCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short=10', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`;
}
