/** Why a tree cannot be released. Pure. */
import { compareReleases } from '../../local/platform/release.ts';

/** What is looked at before anything is tried. */
export type Situation = {
  /** The version that is asked for, `X.Y.Z`. */
  readonly wanted: string;
  /** The version in `package.json`. */
  readonly present: string;
  /** What `git status --porcelain` lists. */
  readonly changedFiles: readonly string[];
  readonly tags: readonly string[];
  /** Under `## Unreleased`; `null` when there is no such section. */
  readonly notes: string | null;
};

export function tagOf(version: string): string {
  return `v${version}`;
}

/** All of them, one line each with the cure. */
export function refusals({ wanted, present, changedFiles, tags, notes }: Situation): string[] {
  const [file, ...more] = changedFiles;
  return [
    ...((compareReleases(wanted, present) ?? 0) > 0
      ? []
      : [`${wanted} does not come after ${present}, the version in package.json: name a higher one`]),
    ...(tags.includes(tagOf(wanted)) ? [`the tag ${tagOf(wanted)} exists: name a version that is not taken`] : []),
    ...(file === undefined
      ? []
      : [
          `git has uncommitted changes (${file}${more.length > 0 ? ` and ${more.length} more` : ''}): commit them, or put them away with git stash -u`,
        ]),
    ...(notes === null
      ? ['CHANGELOG.md has no section "## Unreleased": add it above the last release and say what changed']
      : []),
    ...(notes === '' ? ['nothing stands under "## Unreleased" in CHANGELOG.md: say what changed'] : []),
  ];
}
