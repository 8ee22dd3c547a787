import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { answerVersion, RELEASE, ROOT } from '../local/platform/release.ts';
import { applyChanges } from './release/apply.ts';
import { unreleasedNotes } from './release/changelog.ts';
import { changedFiles, GitProblem, headCommit, tagNames } from './release/git.ts';
import { type Options, readOptions } from './release/options.ts';
import { refusals } from './release/refusals.ts';
import { rehearse } from './release/rehearsal.ts';
import { type Outcome, print } from './release/report.ts';

// npm run release X.Y.Z (interfaces §1, docs/releasing.md): stamps everything in one go; exit 0 done, 1 refused, 2 wrong usage.

answerVersion(process.argv.slice(2));
const read = readOptions(process.argv.slice(2), process.env);
if (read.ok) {
  // Heard while nothing is half done: once the clone is gone, or when everything is written.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  process.exitCode = print(await attempt(read.options), read.options.isJson);
} else process.exitCode = print({ kind: 'refused', exitCode: 2, lines: [read.says], output: '' }, read.isJson);

async function attempt(options: Options): Promise<Outcome> {
  try {
    return await release(options);
  } catch (error) {
    if (error instanceof GitProblem) return refused([error.message]);
    throw error;
  }
}

async function release({ version, isDryRun }: Options): Promise<Outcome> {
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
  const notes = unreleasedNotes(changelog);
  const objections = refusals({
    wanted: version,
    present: RELEASE,
    changedFiles: changedFiles(ROOT),
    tags: tagNames(ROOT),
    notes,
  });
  if (objections.length > 0) return refused(objections);
  const stamp = { version, date: new Date().toISOString().slice(0, 10), commit: headCommit(ROOT) };
  const rehearsed = rehearse(ROOT, stamp, (step) => void process.stderr.write(`trying: ${step}\n`));
  if (!rehearsed.ok) return refused([rehearsed.says], rehearsed.output);
  // Nothing yielded so far; a signal that came meanwhile is heard here.
  await setImmediate();
  if (!isDryRun) {
    // The check took a while, and what it judged is what may be stamped.
    if (headCommit(ROOT) !== stamp.commit || changedFiles(ROOT).length > 0)
      return refused(['the tree changed while it was checked: try again']);
    applyChanges(ROOT, rehearsed.changes);
  }
  return {
    kind: isDryRun ? 'planned' : 'stamped',
    version,
    from: RELEASE,
    date: stamp.date,
    changes: rehearsed.changes,
  };
}

function refused(lines: readonly string[], output = ''): Outcome {
  return { kind: 'refused', exitCode: 1, lines, output };
}
