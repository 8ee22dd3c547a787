/** docs/planted-bugs.md: what was planted, and how it was found. */
import { bugOf } from '../../simulation/planted/bugs.ts';
import type { Tried } from './try.ts';

const HEAD = `# Planted bugs

Each removes one clause of protocols.md (§10 lists them) by a textual edit of production sources, applied while they load
(\`test/simulation/planted/\`): no switch is in any source, nor in a bundle. The general simulation (\`--faults all\`, invented
conversations) runs with it, world after world of 250 conversations under the seeds \`planted/<bug>/1\` to \`/40\`, until the history
checker reports a rule that the bug is said to break; the tree without it breaks none in the same worlds. It type-checks, and
nothing throws. To see one: \`npm run simulate -- --plant <bug> --seed <seed> --conversations 250\`. Written by
\`npm run test:full -- --only planted-bugs\`; names in the last columns are rules of the checker, and test files of \`functions/\`,
\`policy/\` and \`stacks/\` that fail with the bug, of those that depend on what it edits.

| Bug | Clause | Files | Caught after | Seed | What the checker says | Unit tests that notice |
|---|---|---|---|---|---|---|
`;

/** Caught by the rule it is to break, and by nothing that the tree breaks without it. */
export function isProven({ caught, without, types }: Tried): boolean {
  return caught !== null && without.length === 0 && types === '';
}

/** @param known  rows of a page that was written before, by bug */
export function table(
  ids: readonly string[],
  tried: ReadonlyMap<string, Tried>,
  known: ReadonlyMap<string, string>,
): string {
  const rows = ids.map((id) => {
    const one = tried.get(id);
    return one ? rowOf(one) : (known.get(id) ?? `| \`${id}\` | ${bugOf(id).clause} | | not run | | | |`);
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

export function readTable(page: string): Map<string, string> {
  return new Map(page.split('\n').flatMap((row) => (/^\| `([\w-]+)`/.exec(row) ?? []).slice(1).map((id) => [id, row])));
}

function rowOf({ id, clause, files, caught, without, types, units }: Tried): string {
  const found = caught ? `${caught.after}` : 'not within 10,000';
  const doubts = [...without.map((rule) => `without it too: ${rule}`), ...(types === '' ? [] : ['type error'])];
  const noticed =
    units === null
      ? 'not run'
      : units.failed.length === 0
        ? `none of ${units.ran}`
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
