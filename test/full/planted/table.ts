/** docs/planted-bugs.md: what was planted, and how it was found. */
import { bugOf } from '../../simulation/planted/bugs.ts';
import type { Tried } from './try.ts';

const INTRODUCTION = `# Planted bugs

Each removes one clause of protocols.md (§10 lists them) by a textual edit of production sources, applied while they load
(\`test/simulation/planted/\`): no switch is in any source, nor in a bundle. The general simulation (\`--faults all\`, invented
conversations) runs with it, world after world of 250 conversations under the seeds \`planted/<bug>/1\` to \`/40\`, until the history
checker reports a rule that the bug is said to break. To see one: \`npm run simulate -- --plant <bug> --seed <seed> --conversations 250\`
(exit 0: it is found). Written by \`npm run test:full -- --only planted-bugs\`; names in the last columns are rules of the checker,
and test files of \`functions/\`, \`policy/\` and \`stacks/\` that fail with the bug, of those that depend on what it edits.

A seed tells its story on the tree that was hunted in: any edit of the functions or of the faults makes other worlds, in which another seed
finds the bug. Where the command above exits 1, hunt again: \`node bin/launch.js test/full/planted/cli.ts <bug> --without-units\`.
`;
const COLUMNS = `| Bug | Clause | Files | Caught after | Seed | What the checker says | Unit tests that notice |
|---|---|---|---|---|---|---|
`;
const NOT_CAUGHT = 'not within 10,000';
const NOT_RUN = 'not run';
const WITHOUT_TOO = 'without it too: ';
const TYPE_ERROR = 'type error';
const NONE_OF = 'none of ';

/** What the rows come to, in as many words as they allow: no promise stands above a row that breaks it. */
function headOf(rows: readonly string[]): string {
  const cells = rows.map(cellsOf);
  const named = (isMeant: (row: Cells) => boolean): string => list(cells.filter(isMeant).map(({ id }) => id));
  const noted = cells.filter(({ units }) => units !== NOT_RUN);
  const lines = [
    [named(({ after }) => after === NOT_RUN), 'Not hunted: '],
    [named(({ after }) => after === NOT_CAUGHT), 'Not caught: '],
    [
      named(({ says }) => says.includes(WITHOUT_TOO)),
      'Not proven, since the tree without it breaks a rule in the same worlds too: ',
    ],
    [named(({ says }) => says.endsWith(`${TYPE_ERROR})`)), 'Not proven, since the edited tree does not type-check: '],
    [named(({ units }) => units !== NOT_RUN && !units.startsWith(NONE_OF)), 'Not proven, since unit tests notice it: '],
  ].flatMap(([ids, says]) => (ids === '' ? [] : [`- ${says}${ids}.`]));
  const units = noted.length === 0 ? 'with none of them' : `with ${noted.length} of them`;
  const rest = lines.length === 0 ? 'All are' : 'All others are';
  return `${INTRODUCTION}
${rest} caught, type-check, and the tree without the bug breaks no rule in the same worlds. Unit tests were run ${units}.
${lines.length === 0 ? '' : `\n${lines.join('\n')}\n`}
`;
}

type Cells = { readonly id: string; readonly after: string; readonly says: string; readonly units: string };
function cellsOf(row: string): Cells {
  const [, id = '', , , after = '', , says = '', units = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return { id: id.replaceAll('`', ''), after, says, units };
}

/** Caught by the rule it is to break, by nothing that the tree breaks without it, by no type error, and by no unit test that was run. */
export function isProven({ caught, without, types, units }: Tried): boolean {
  return caught !== null && without.length === 0 && types === '' && (units === null || units.failed.length === 0);
}

/** @param known  rows of a page that was written before, by bug */
export function table(
  ids: readonly string[],
  tried: ReadonlyMap<string, Tried>,
  known: ReadonlyMap<string, string>,
): string {
  const rows = ids.map((id) => {
    const one = tried.get(id);
    return one ? rowOf(one) : (known.get(id) ?? `| \`${id}\` | ${bugOf(id).clause} | | ${NOT_RUN} | | | ${NOT_RUN} |`);
  });
  return `${headOf(rows)}${COLUMNS}${rows.join('\n')}\n`;
}

export function readTable(page: string): Map<string, string> {
  return new Map(page.split('\n').flatMap((row) => (/^\| `([\w-]+)`/.exec(row) ?? []).slice(1).map((id) => [id, row])));
}

function rowOf({ id, clause, files, caught, without, types, units }: Tried): string {
  const found = caught ? `${caught.after}` : NOT_CAUGHT;
  const doubts = [...without.map((rule) => `${WITHOUT_TOO}${rule}`), ...(types === '' ? [] : [TYPE_ERROR])];
  const noticed =
    units === null
      ? NOT_RUN
      : units.failed.length === 0
        ? `${NONE_OF}${units.ran}`
        : `${units.failed.length} of ${units.ran}: ${list(units.failed)}`;
  const says = caught ? `${caught.says}${doubts.length > 0 ? ` (${doubts.join('; ')})` : ''}` : '';
  const cells = [
    `\`${id}\``,
    clause,
    list(files),
    found,
    caught ? `\`${caught.seed.replace(/\/1$/, '')}\`` : '',
    says,
    noticed,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const list = (files: readonly string[]): string => files.map((file) => `\`${file}\``).join(', ');
