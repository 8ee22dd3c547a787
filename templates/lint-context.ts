/** What the lint must know beside the template files, and how its rules point into them. */
import type { Intent, Team, TemplateId } from '../events/words.ts';
import type { TemplateLibrary } from './library.ts';
import type { SourceTemplate } from './load.ts';
import type { LockEntry } from './lock.ts';

export type ChangeHistory = {
  /** Day of the last change of a body, `YYYY-MM-DD`. */
  readonly bodyChangedOn?: string | undefined;
  /** Role that wrote that change, where it is known. */
  readonly authorRole?: string | undefined;
};

export type LintContext = {
  /** Ids that must have a folder. */
  readonly expected: readonly TemplateId[];
  /** The routing table; policy owns it. */
  readonly teams: Readonly<Record<Intent, Team>>;
  /** Texts that only people may send; policy owns the list. */
  readonly neverAutomatic: readonly TemplateId[];
  readonly lock: readonly LockEntry[];
  /** The library as it was last generated: what versions are compared with. */
  readonly released: TemplateLibrary;
  /** Stored snapshots by `<id>.<locale>.<variant>`. */
  readonly snapshots: ReadonlyMap<string, string>;
  /** Where the templates are about to be switched on, if anywhere. */
  readonly target?: { readonly environment: string; readonly enabled: readonly TemplateId[] } | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly history?: Readonly<Partial<Record<TemplateId, ChangeHistory>>> | undefined;
};

/** Line of a top-level key in `template.yaml`, 1 when it is not there. */
export function metaLine({ metaText }: SourceTemplate, key: string): number {
  return metaText.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
}
