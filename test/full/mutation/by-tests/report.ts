/** `docs/mutation.md`: how many edits of each file a test noticed, and every one that none did. Pure. */
import { isDeepStrictEqual } from 'node:util';

/** `same`: nothing comes out otherwise over many drawn inputs, so there is nothing to notice. */
export type Survivor = { readonly edit: string; readonly same: boolean; readonly why: string };

export type FileRow = {
  readonly file: string;
  /** Of what runs of the file, without comments and types. */
  readonly sha256: string;
  /** Edits that could be made, and those that were drawn. */
  readonly possible: number;
  readonly drawn: number;
  readonly noticed: number;
  readonly survivors: readonly Survivor[];
};

const HEAD = `<!-- Written by test/full/mutation/by-tests/cli.ts; not by hand. -->
# Edits of the policy that no test notices

Single edits of \`policy/\` (a comparison, a condition, a number, a word of the contract for its neighbour, an entry left out …), each
judged by the tests of \`policy/\` that import the file, the stored decisions of \`snapshot.test.ts\` left out. \`node bin/launch.js test/full/mutation/by-tests/cli.ts\` draws and judges them all
again, with \`--stale\` only those of files that changed; \`npm run check\` wants every file as it was when it was judged.

**Same**: no test notices it, and nothing comes out otherwise over 4,000 drawn decision inputs, 1,000 followed to the sending, 1,500 orders and
800 texts. Such an edit is not counted: there is nothing to notice.

`;

const TOTAL = 'all';

export function mutationPage(rows: readonly FileRow[]): string {
  const sorted = rows.toSorted((left, right) => (left.file < right.file ? -1 : 1));
  const lines = [
    '| file | drawn | of | noticed | same | not noticed | SHA-256 of what runs |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sorted.map((row) => tableRow(row.file, [row], `\`${row.sha256}\``)),
    tableRow(TOTAL, sorted, ''),
  ];
  const chapters = sorted
    .filter(({ survivors }) => survivors.length > 0)
    .flatMap(({ file, survivors }) => [
      '',
      `## ${file}`,
      '',
      ...survivors.map(({ edit, same, why }) => `- ${same ? '(same) ' : ''}${edit}${why === '' ? '' : ` — ${why}`}`),
    ]);
  return `${HEAD}${[...lines, ...chapters].join('\n')}\n`;
}

function tableRow(name: string, rows: readonly FileRow[], last: string): string {
  const { drawn, noticed, same, open } = countsOf(rows);
  const possible = rows.reduce((sum, row) => sum + row.possible, 0);
  return `| ${[name, drawn, possible, noticed, same, open, last].join(' | ')} |`;
}

export function countsOf(rows: readonly FileRow[]) {
  const survivors = rows.flatMap((row) => row.survivors);
  const same = survivors.filter((one) => one.same).length;
  return {
    drawn: rows.reduce((sum, row) => sum + row.drawn, 0),
    noticed: rows.reduce((sum, row) => sum + row.noticed, 0),
    same,
    open: survivors.length - same,
    unexplained: survivors.filter((one) => !one.same && one.why === '').length,
  };
}

const ROW = /^\| (policy\/\S+) \| (\d+) \| (\d+) \| (\d+) \| \d+ \| \d+ \| `([0-9a-f]{64})` \|$/;
const SURVIVOR = /^- (\(same\) )?(.*?)(?: — (.*))?$/;

/** The rows of a page that `mutationPage` wrote. */
export function parseMutationPage(text: string): FileRow[] {
  const lines = text.split('\n');
  return lines.flatMap((line) => {
    const [, file, drawn, possible, noticed, sha256] = ROW.exec(line) ?? [];
    if (file === undefined || sha256 === undefined) return [];
    const from = lines.indexOf(`## ${file}`);
    const chapter = from < 0 ? [] : lines.slice(from + 2);
    const end = chapter.findIndex((one) => !one.startsWith('- '));
    const survivors = chapter.slice(0, end < 0 ? undefined : end).flatMap(survivorOf);
    return [{ file, sha256, possible: Number(possible), drawn: Number(drawn), noticed: Number(noticed), survivors }];
  });
}

function survivorOf(line: string): Survivor[] {
  const [, same, edit, why = ''] = SURVIVOR.exec(line) ?? [];
  return edit === undefined ? [] : [{ edit, same: same !== undefined, why }];
}

/** Files whose edits no run has judged yet: told, and not held against the report. */
export function notJudged(text: string, hashes: ReadonlyMap<string, string>): string[] {
  const judged = new Set(parseMutationPage(text).map(({ file }) => file));
  return [...hashes.keys()].filter((file) => !judged.has(file));
}

/** What keeps the report from standing, one line each; empty when it does. */
export function mutationObjections(text: string, hashes: ReadonlyMap<string, string>): string[] {
  const rows = parseMutationPage(text);
  const stale = rows.filter(({ file, sha256 }) => hashes.has(file) && hashes.get(file) !== sha256);
  const gone = rows.filter(({ file }) => !hashes.has(file));
  const { unexplained, noticed, open } = countsOf(rows);
  return [
    ...(rows.length === 0 ? ['no file was judged'] : []),
    ...stale.map(({ file }) => `${file} is not as it was when its edits were judged`),
    ...gone.map(({ file }) => `${file} is gone`),
    ...(unexplained > 0 ? [`${unexplained} edits are neither noticed nor explained`] : []),
    ...(noticed < 9 * open ? [`only ${noticed} of ${noticed + open} edits are noticed`] : []),
    ...(isDeepStrictEqual(mutationPage(rows), text) ? [] : ['docs/mutation.md is not as the run wrote it']),
  ];
}
