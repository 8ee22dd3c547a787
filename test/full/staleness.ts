import type { ProofPart } from './part.ts';
import type { ProofRow } from './proof-file.ts';

/** What git knows of a measured commit. */
export type Measured = 'ancestor' | 'foreign' | 'unknowable';

export const FAILED = 'failed';
/** Of a part that names its gap. */
export const NOT_HELD = 'not held';

/** How a part's command is written in the proof: as one types it. */
export function commandLine(command: readonly string[]): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/**
 * Why the proof no longer stands, one line each; empty when it does. What git cannot tell (a shallow clone, no clone at
 * all) is no objection.
 */
export function objections(
  parts: readonly ProofPart[],
  rows: readonly ProofRow[],
  measured: (commit: string) => Measured,
): string[] {
  const missing = parts.flatMap((part) => {
    const row = rows.find(({ name }) => name === part.name);
    if (row === undefined) return [`${part.name}: never measured`];
    const isSame = row.line === part.line && row.command === commandLine(part.command);
    return isSame ? [] : [`${part.name}: its line or command is not the one measured`];
  });
  const judged = rows.flatMap((row) => {
    const part = parts.find(({ name }) => name === row.name);
    if (part === undefined) return [`${row.name}: measured, but no longer a part`];
    if (row.figure.startsWith(FAILED) || (row.figure.startsWith(NOT_HELD) && part.gap === undefined))
      return [`${row.name}: ${row.figure}`];
    if (row.commit.endsWith('+')) return [`${row.name}: measured with uncommitted changes`];
    return measured(row.commit) === 'foreign' ? [`${row.name}: ${row.commit} is no ancestor of this commit`] : [];
  });
  return [...missing, ...judged];
}
