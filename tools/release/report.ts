/** What `npm run release` tells: for a person on two streams, or one JSON value. */
import { dirname } from 'node:path';
import type { Change } from './apply.ts';
import { tagOf } from './refusals.ts';

export type Outcome =
  | {
      readonly kind: 'stamped' | 'planned';
      readonly version: string;
      readonly from: string;
      readonly date: string;
      readonly changes: readonly Change[];
    }
  | {
      readonly kind: 'refused';
      readonly exitCode: 1 | 2;
      readonly lines: readonly string[];
      /** What the step that failed printed. */
      readonly output: string;
    };

/** Folders with more files than this are told as one line. */
const FILES_TOLD = 3;

/** Prints and answers the exit code. */
export function print(outcome: Outcome, isJson: boolean): 0 | 1 | 2 {
  const exitCode = outcome.kind === 'refused' ? outcome.exitCode : 0;
  if (isJson) process.stdout.write(`${JSON.stringify(jsonOf(outcome))}\n`);
  else if (outcome.kind === 'refused') {
    process.stderr.write(outcome.output.replace(/^(?=.)/gm, '    '));
    for (const line of outcome.lines) process.stderr.write(`release: ${line}\n`);
  } else process.stdout.write(`${linesOf(outcome).join('\n')}\n`);
  return exitCode;
}

function jsonOf(outcome: Outcome): object {
  if (outcome.kind === 'refused') {
    const code = outcome.exitCode === 2 ? 'usage' : 'refused';
    return { error: { code, message: outcome.lines.join('\n'), output: outcome.output } };
  }
  const { kind, version, from, date, changes } = outcome;
  const files = changes.map(({ path, content }) => ({ path, removed: content === null }));
  return { outcome: kind, version, from, date, files, next: nextSteps(version) };
}

function linesOf({ kind, version, from, changes }: Exclude<Outcome, { kind: 'refused' }>): string[] {
  return kind === 'planned'
    ? [`${from} → ${version} would write:`, ...told(changes), 'Nothing was written.']
    : [`${from} → ${version} stamped:`, ...told(changes), 'Next:', ...nextSteps(version).map((step) => `  ${step}`)];
}

function nextSteps(version: string): string[] {
  return [
    'git add --all',
    `git commit --message "release: ${version}"`,
    `git tag ${tagOf(version)}`,
    'keep a data folder of this release for the tests of later ones: docs/releasing.md',
  ];
}

function told(changes: readonly Change[]): string[] {
  const folders = Map.groupBy(changes, ({ path }) => dirname(path));
  return [...folders].flatMap(([folder, files]) =>
    files.length > FILES_TOLD && folder !== '.'
      ? [`  ${folder}/ (${files.length} files)`]
      : files.map(({ path, content }) => `  ${path}${content === null ? ' (removed)' : ''}`),
  );
}
