/** `releases/X.Y.Z.json`: what a release consisted of, written once and never changed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_VERSION } from '../../config/generated/config.ts';
import { compareReleases } from '../../local/platform/release.ts';
import { TIER0_RULES_VERSION } from '../../policy/text/screen-rules.ts';
import {
  CLASSIFIER_VERSIONS,
  POLICY_VERSION,
  ROUTING_VERSION,
  TAXONOMY_VERSION,
  THRESHOLDS_VERSION,
} from '../../policy/versions.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { lockEntries } from '../../templates/lock.ts';
import { jsonText } from '../catalogue/json-text.ts';
import { currentRelease } from '../compatibility/current.ts';
import { releaseFiles } from '../compatibility/release.ts';
import { policyFiles, policyHash, textHash } from './policy-hash.ts';

/** All hashes are SHA-256 in hex. */
export type Manifest = {
  readonly schema: 1;
  readonly version: string;
  /** Day of the release in UTC, `YYYY-MM-DD`. */
  readonly date: string;
  /** The commit that was stamped; the release itself is the commit after it. */
  readonly basedOn: string;
  readonly policy: { readonly hash: string; readonly versions: Readonly<Record<string, string>> };
  /** Version of the shipped `config/frontdesk.yaml`. */
  readonly config: string;
  /** By template id; hashes by `<locale>.<variant>`, as in `templates.lock.json`. */
  readonly templates: Readonly<Record<string, ReleasedTemplate>>;
  readonly events: {
    readonly versions: Readonly<Record<string, string>>;
    readonly files: SchemaFiles;
  };
};
/** Hashes of the files in `events/released/<version>`, by file name. */
export type SchemaFiles = Readonly<Record<string, string>>;
export type ReleasedTemplate = { readonly version: string; readonly variants: Readonly<Record<string, string>> };

/** What a release of this tree would consist of. */
export type Contents = Pick<Manifest, 'policy' | 'config' | 'templates' | 'events'>;

export function contentsOf(root: string): Contents {
  const release = currentRelease();
  return {
    policy: { hash: policyHash(policyFiles(join(root, 'policy'))), versions: policyVersions() },
    config: CONFIG_VERSION,
    templates: releasedTemplates(),
    events: {
      versions: Object.fromEntries(Object.values(release.events).map(({ name, version }) => [name, version])),
      files: hashesOf(releaseFiles(release)),
    },
  };
}

/** Hashes of a folder of released schemas as it lies on disk; empty when there is none. */
export function releasedSchemas(folder: string): SchemaFiles {
  return hashesOf(
    Object.fromEntries(jsonFiles(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  );
}

/** Every manifest, the oldest first. */
export function readManifests(folder: string): Manifest[] {
  return jsonFiles(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Manifest)
    .sort((left, right) => compareReleases(left.version, right.version) ?? 0);
}

export function manifestText(manifest: Manifest): string {
  return jsonText(manifest);
}

function policyVersions(): Record<string, string> {
  return {
    taxonomy: TAXONOMY_VERSION,
    policy: POLICY_VERSION,
    thresholds: THRESHOLDS_VERSION,
    routing: ROUTING_VERSION,
    screenRules: TIER0_RULES_VERSION,
    ...CLASSIFIER_VERSIONS,
  };
}

function releasedTemplates(): Record<string, ReleasedTemplate> {
  const templates: Record<string, { version: string; variants: Record<string, string> }> = {};
  for (const { id, version, locale, variant, sha256 } of lockEntries(LIBRARY.templates)) {
    templates[id] ??= { version, variants: {} };
    templates[id].variants[`${locale}.${variant}`] = sha256;
  }
  return templates;
}

function hashesOf(files: Readonly<Record<string, string>>): SchemaFiles {
  const sorted = Object.entries(files).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, text]) => [name, textHash(text)]));
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
