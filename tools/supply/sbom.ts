/** The bill of materials: npm's own (`npm sbom`, CycloneDX), of all that is pinned, the same for the same lock file. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Bom = {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
};

/** @throws where npm is missing or older than 10 */
export function billOfMaterials(root: string): Bom {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm sbom: ${(stderr ?? 'npm was not found').trim()}`);
  return reproducible(JSON.parse(stdout), readFileSync(join(root, 'package-lock.json'), 'utf8'));
}

/** Without the moment and the folder it was made in. */
function reproducible(bom: Bom, lock: string): Bom {
  const { timestamp: _, ...metadata } = bom.metadata as Bom['metadata'] & { timestamp?: string };
  const component = { ...metadata.component, name: JSON.parse(lock).name };
  return { ...bom, serialNumber: `urn:uuid:${uuidOf(lock)}`, metadata: { ...metadata, component } };
}

/** A UUID of version 8 (RFC 9562): what it is made of is ours to say. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
