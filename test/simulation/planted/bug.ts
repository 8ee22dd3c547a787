/** A planted bug (protocols §10): a textual edit of production sources that removes one clause. Data alone: no switch is in any source. */
import type { RuleName } from '../checker/rules.ts';

export type Edit = {
  /** From the repository's root. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly before: string;
  readonly after: string;
};

export type Bug = {
  /** Kebab-case: what `--plant` takes. */
  readonly id: string;
  /** The clause that is gone, and where protocols.md has it. */
  readonly clause: string;
  readonly edits: readonly [Edit, ...Edit[]];
  /** Rules of the history checker, one of which must report it. */
  readonly rules: readonly [RuleName, ...RuleName[]];
};

/** Throws where an edit no longer fits its file: a refactoring must not disarm a bug in silence. */
export function edited(source: string, file: string, edits: readonly Edit[]): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce((text, { before, after }) => {
      const [head, ...tail] = text.split(before);
      if (tail.length !== 1) throw new Error(`${file} has ${tail.length} times: ${before}`);
      return `${head}${after}${tail[0]}`;
    }, source);
}

export const filesOf = ({ edits }: Bug): string[] => [...new Set(edits.map(({ file }) => file))];
