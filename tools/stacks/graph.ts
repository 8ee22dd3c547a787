/** The resource graph: what SST would hand to AWS for a stage (interfaces §7). */

export const STAGES = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

export type Properties = { readonly [key: string]: unknown };

export type Resource = {
  /** Pulumi's token, e.g. `aws:sqs/queue:Queue`. */
  readonly type: string;
  /** Logical name, unique among its type: what `sst diff` prints. */
  readonly name: string;
  readonly urn: string;
  readonly properties: Properties;
  /** How the deploy treats it, where that is not the default. */
  readonly options?: { readonly retainOnDelete?: boolean; readonly protect?: boolean };
};

/** The file that a function's role runs, as it would be uploaded. */
export type DeployedBundle = {
  /** Folder below the repository, as the function names it. */
  readonly folder: string;
  readonly bytes: number;
  /** Of `index.mjs`, hexadecimal. */
  readonly sha256: string;
  readonly exports: readonly string[];
};

export type Graph = {
  readonly stage: StageName;
  readonly region: string;
  /** The stage's own where the table names it, else the placeholder. */
  readonly accountId: string;
  readonly resources: readonly Resource[];
  readonly bundles: readonly DeployedBundle[];
};
