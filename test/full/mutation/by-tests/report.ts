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
The fitted numbers of \`policy/embedded/generated/\` are left out: \`tools/embedded.ts verify\` makes them again and compares byte for byte.

**Same**: no test notices it, and nothing comes out otherwise over 4,000 drawn decision inputs, 1,000 followed to the sending, 1,500 orders and
800 texts. That explains it; it counts as not noticed all the same.

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

/** Nine in ten. */
export function isEnough(noticed: number, drawn: number): boolean {
  return drawn > 0 && noticed >= 0.9 * drawn;
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

/** What keeps the report from standing, one line each; empty when it does. */
export function mutationObjections(text: string, hashes: ReadonlyMap<string, string>): string[] {
  const rows = parseMutationPage(text);
  const stale = [...hashes].filter(([file, hash]) => rows.find((row) => row.file === file)?.sha256 !== hash);
  const gone = rows.filter(({ file }) => !hashes.has(file));
  const { unexplained, noticed, drawn } = countsOf(rows);
  return [
    ...told(
      'not as when their edits were judged',
      stale.map(([file]) => file),
    ),
    ...told(
      'gone',
      gone.map(({ file }) => file),
    ),
    ...(unexplained > 0 ? [`${unexplained} edits are neither noticed nor explained`] : []),
    ...(isEnough(noticed, drawn) ? [] : [`only ${noticed} of ${drawn} edits are noticed`]),
    ...(isDeepStrictEqual(mutationPage(rows), text) ? [] : ['docs/mutation.md is not as the run wrote it']),
  ];
}

const MOST_TOLD = 3;

function told(what: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const more = files.length > MOST_TOLD ? ` and ${files.length - MOST_TOLD} more` : '';
  return [`${what}: ${files.slice(0, MOST_TOLD).join(', ')}${more}`];
}
