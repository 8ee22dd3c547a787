/** One row of docs/proof.md. */
export type ProofRow = {
  name: string;
  line: string;
  command: string;
  figure: string;
  /** Abbreviated id of the commit that was measured; `+` after it says that files were changed. */
  commit: string;
  machine: string;
  /** YYYY-MM-DD, UTC. */
  date: string;
};

const COLUMNS = [
  'name',
  'line',
  'command',
  'figure',
  'commit',
  'machine',
  'date',
] as const satisfies (keyof ProofRow)[];

const HEAD = `<!-- Written by \`npm run test:full\`; not by hand. -->
# Proof

Each line of a "Done when", the command that tried it, and what it measured. \`npm run test:full -- --only NAME\` measures one
again. \`npm run check\` fails when the rows are not those of \`test/full/parts.ts\`, when a figure says \`failed\`, or when a
measured commit is no ancestor of this one or had changed files; it says how many product files changed since. A release
demands that none did (\`tools/proof.ts --check --strict\`).

`;

/** The whole text of docs/proof.md. */
export function renderProof(rows: readonly ProofRow[]): string {
  const table = [
    cells(['part', ...COLUMNS.slice(1)]),
    cells(COLUMNS.map(() => '---')),
    ...rows.map((row) => cells(COLUMNS.map((column) => escapeCell(row[column])))),
  ];
  return `${HEAD}${table.join('\n')}\n`;
}

/** The rows of a proof file; a line that is no row of seven cells is passed by. */
export function parseProof(text: string): ProofRow[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.endsWith(' |'))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | ').map(unescapeCell))
    .filter((texts) => texts.length === COLUMNS.length)
    .map(([name = '', line = '', command = '', figure = '', commit = '', machine = '', date = '']) => {
      return { name, line, command, figure, commit, machine, date };
    });
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function escapeCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function unescapeCell(text: string): string {
  return text.replace(/\\([\\|])/g, '$1');
}
