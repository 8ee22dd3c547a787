/** What a tree must say about itself since its last release. Pure; one line each, with the cure. */
import type { Contents, Manifest, SchemaFiles } from './manifest.ts';

export type Tree = {
  /** Version in `package.json`. */
  readonly version: string;
  readonly contents: Contents;
  /** Under `## Unreleased`; `null` when there is no such section. */
  readonly notes: string | null;
  /** Hashes of `events/released/<version>` as they lie there, by version. */
  readonly schemas: Readonly<Record<string, SchemaFiles>>;
};

/** For `npm run check`; `manifests` with the oldest first. */
export function complaintsAboutNotes(manifests: readonly Manifest[], tree: Tree): string[] {
  const last = manifests.at(-1);
  if (last === undefined) return ['no release stands in releases/: restore it from git'];
  const changed = changedParts(last, tree.contents);
  const isSilent = tree.notes === null || tree.notes === '';
  return [
    ...(tree.version === last.version
      ? []
      : [
          `package.json says ${tree.version} and the last release is ${last.version}: npm run release raises the version`,
        ]),
    ...manifests
      .filter(({ version, events }) => !isSame(events.files, tree.schemas[version] ?? {}))
      .map(({ version }) => `events/released/${version} is not what was released: restore it from git`),
    ...sameVersionOtherText(last, tree.contents),
    ...(changed.length > 0 && isSilent
      ? [
          `${changed.join(', ')} changed since ${last.version}: say what it means for people under "## Unreleased" in CHANGELOG.md`,
        ]
      : []),
  ];
}

/** For `npm run release`: facts name the versions that decided, so another policy needs another version. */
export function complaintsAboutVersions(last: Manifest | undefined, contents: Contents): string[] {
  if (last === undefined || last.policy.hash === contents.policy.hash) return [];
  if (!isSame(last.policy.versions, contents.policy.versions)) return [];
  return [
    `policy/ changed since ${last.version} and none of its versions did: raise what changed in policy/versions.ts`,
  ];
}

function changedParts(last: Manifest, contents: Contents): string[] {
  return [
    ...(last.policy.hash === contents.policy.hash ? [] : ['policy/']),
    ...(isSame(last.templates, contents.templates) ? [] : ['templates/']),
    ...(isSame(last.events.files, contents.events.files) ? [] : ['events/']),
  ];
}

/** A template's version is what facts name; the lint compares with the last build, this with the last release. */
function sameVersionOtherText(last: Manifest, { templates }: Contents): string[] {
  return Object.entries(templates)
    .filter(([id, { version, variants }]) => {
      const released = last.templates[id];
      return released?.version === version && !isSame(released.variants, variants);
    })
    .map(
      ([id, { version }]) => `${id} ${version} was released in ${last.version} with another text: raise its version`,
    );
}

/** By content; the order of keys does not count. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const [a, b] = [Object.entries(left), new Map(Object.entries(right))];
  return a.length === b.size && a.every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
}
