/** Why an edit that no test notices is harmless, or cannot be noticed: by file, and by the place or the change itself. */
export type Explained = {
  readonly file: string;
  /** Of the unit that was edited, as the report names it; left out: any of the file. */
  readonly unit?: string;
  /** Part of the change, as the report prints it; left out: any. */
  readonly change?: string;
  readonly why: string;
};

export const EXPLAINED: readonly Explained[] = [];
