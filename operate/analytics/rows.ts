/** What a question over the rows is answered with. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };
export type Rows = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** There were more, which were left out. */
  readonly isCut: boolean;
};
