// node bin/launch.js test/full/mutation/by-tests/cli.ts [--share 0.15] [--seed N] [--workers 2] [--only GLOB] [--stale] [--dry]
// Draws single edits of policy/, judges each by the tests that import the file, and writes docs/mutation.md.
// Exit code 0 when nine in ten are noticed and every other one is explained.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { applied, type Edit, editsOf } from '../edits.ts';
import { type Random, randomFrom } from '../sample.ts';
import { unitsOf } from '../units.ts';
import { EXPLAINED } from './explained.ts';
import { policyHashes } from './hashes.ts';
import { judges, type Verdict } from './judges.ts';
import { countsOf, type FileRow, isEnough, mutationPage, parseMutationPage, type Survivor } from './report.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const PAGE = join(ROOT, 'docs/mutation.md');
/** Small files are judged whole, or nearly so. */
const LEAST_DRAWN = 20;

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '0.15' },
    seed: { type: 'string', default: '20261125' },
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: 'policy/**' },
    stale: { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
  },
});

type Source = { readonly file: string; readonly text: string; readonly sha256: string };

const sources = [...policyHashes(ROOT)].map(
  ([file, sha256]): Source => ({ file, sha256, text: readFileSync(join(ROOT, file), 'utf8') }),
);
const before = rowsBefore();
const isStale = ({ file, sha256 }: Source): boolean => before.find((row) => row.file === file)?.sha256 !== sha256;
const chosen = sources.filter((source) => matchesGlob(source.file, values.only) && (!values.stale || isStale(source)));
const began = performance.now();
const pool = await judges(ROOT, Number(values.workers));
const rows: FileRow[] = [];
try {
  for (const source of chosen) {
    const row = await rowOf(source);
    rows.push(row);
    // Kept file by file, so that a run that is broken off can go on with --stale.
    if (!values.dry) writeFileSync(PAGE, mutationPage(withKept(rows)));
    const { drawn, noticed, same, open } = countsOf([row]);
    process.stdout.write(`${row.file}: ${noticed} of ${drawn} noticed, ${same} same, ${open} open\n`);
    for (const { edit, same: isSame, why } of row.survivors) {
      process.stdout.write(`  ${isSame ? '(same) ' : ''}${edit}${why && ` — ${why}`}\n`);
    }
  }
} finally {
  pool.end();
}

const all = withKept(rows);
const { drawn, noticed, same, unexplained } = countsOf(all);
const possible = all.reduce((sum, row) => sum + row.possible, 0);
const percent = ((100 * noticed) / Math.max(1, drawn)).toFixed(1);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(
  `${noticed} of ${drawn} edits noticed (${percent} %), of the others ${same} change nothing that ` +
    `thousands of inputs show and ${unexplained} are not explained; ${possible} could be made, ${seconds} s\n`,
);
process.exitCode = isEnough(noticed, drawn) && unexplained === 0 ? 0 : 1;

/** Those just judged, and of the page as it was those of other files that are still there. */
function withKept(judged: readonly FileRow[]): FileRow[] {
  const isKept = ({ file }: FileRow): boolean =>
    sources.some((source) => source.file === file) && !judged.some((row) => row.file === file);
  return [...before.filter(isKept), ...judged];
}

function rowsBefore(): FileRow[] {
  try {
    return parseMutationPage(readFileSync(PAGE, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The same seed draws the same edits of a file, whatever other files there are. */
async function rowOf({ file, text, sha256 }: Source): Promise<FileRow> {
  const edits = editsOf(file, text);
  const wanted = Math.max(LEAST_DRAWN, Math.round(edits.length * Number(values.share)));
  const drawn = drawnFrom(edits, wanted, randomFrom(Number(values.seed)));
  const answers = await Promise.all(
    drawn.map(async (edit) => ({ edit, ...(await pool.judge(file, applied(edit, text))) })),
  );
  process.stdout.write(`${file}: noticed by ${noticedBy(answers)}\n`);
  const survivors = answers
    .filter(({ by }) => by === null)
    .map(({ edit, differs }): Survivor => {
      const said = described(edit, text);
      return { edit: said, same: !differs, why: differs ? whyOf(edit, said) : '' };
    });
  return {
    file,
    sha256,
    possible: edits.length,
    drawn: drawn.length,
    noticed: drawn.length - survivors.length,
    survivors,
  };
}

/** How many each test noticed first, the most first. */
function noticedBy(answers: readonly Verdict[]): string {
  const counts = [...Map.groupBy(answers, ({ by }) => by ?? 'none')].map(([by, list]) => [by, list.length] as const);
  return counts
    .toSorted(([, left], [, right]) => right - left)
    .map(([by, count]) => `${by} ${count}`)
    .join(', ');
}

/** A gate left out of its list: that none can go unseen is not left to chance. */
function isRemoval({ file, kind }: Edit): boolean {
  return file.startsWith('policy/gates/') && kind === 'list element';
}

function drawnFrom(edits: readonly Edit[], wanted: number, random: Random): Edit[] {
  const keyed = edits.map((edit) => ({ edit, key: isRemoval(edit) ? -1 : random() }));
  const first = keyed.toSorted((left, right) => left.key - right.key).slice(0, wanted);
  return first.map(({ edit }) => edit).toSorted((left, right) => left.start - right.start);
}

/** Without a line number, which every other edit of the file would move. */
function described(edit: Edit, text: string): string {
  const short = (part: string): string => part.replaceAll(/\s+/g, ' ').slice(0, 70) || '(nothing)';
  const around = text.slice(text.lastIndexOf('\n', edit.start) + 1, text.indexOf('\n', edit.end));
  return `${unitAt(edit, text)}: ${edit.kind}, \`${short(text.slice(edit.start, edit.end))}\` → \`${short(edit.text)}\` in \`${short(around.trim())}\``;
}

function unitAt({ file, start }: Edit, text: string): string {
  return unitsOf(file, text).find((unit) => start >= unit.start && start < unit.end)?.name ?? 'top';
}

function whyOf(edit: Edit, said: string): string {
  const unit = said.slice(0, said.indexOf(': '));
  const found = EXPLAINED.find(
    (one) =>
      one.file === edit.file &&
      (one.unit === undefined || one.unit === unit) &&
      (one.change === undefined || said.includes(one.change)),
  );
  return found?.why ?? '';
}
