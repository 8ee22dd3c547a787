/** The changelog's text: what stands under "Unreleased", and that section made into a release. Pure. */

const UNRELEASED = /^## Unreleased[ \t]*$/m;

/** What is written under `## Unreleased`, trimmed; `null` when there is no such section. */
export function unreleasedNotes(changelog: string): string | null {
  const text = withLineFeeds(changelog);
  const heading = UNRELEASED.exec(text);
  if (heading === null) return null;
  const [notes = ''] = text.slice(heading.index + heading[0].length).split(/^## /m);
  return notes.trim();
}

/** The changelog with its unreleased notes under the heading of the release; throws when there is no such section. */
export function stampChangelog(changelog: string, { version, date }: { version: string; date: string }): string {
  const text = withLineFeeds(changelog);
  if (!UNRELEASED.test(text)) throw new Error('the changelog has no section "## Unreleased"');
  return text.replace(UNRELEASED, `## ${version} · ${date}`);
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
