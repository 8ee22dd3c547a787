import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree } from './tree-copy.ts';

// Whether the generated files are what their generators write today, tried in a copy of the repository.

/** A generator and the files or folders it may write. */
type Generator = { script: string; writes: readonly string[] };

const GENERATORS: readonly Generator[] = [
  { script: 'tools/templates-build.ts', writes: ['templates', 'templates.lock.json'] },
  { script: 'tools/catalogue.ts', writes: ['docs/events'] },
  { script: 'tools/policy-parts.ts', writes: ['policy/generated', 'docs/policy.md'] },
  { script: 'tools/shipped-calibration.ts', writes: ['operate/quality/generated'] },
  { script: 'tools/security-page.ts', writes: ['docs/security.md'] },
  { script: 'tools/cost-page.ts', writes: ['docs/cost.md'] },
  { script: 'tools/telemetry-page.ts', writes: ['docs/telemetry.md'] },
  { script: 'tools/alarms-page.ts', writes: ['docs/alarms.md'] },
  { script: 'tools/stacks-page.ts', writes: ['docs/aws-resources.md'] },
  { script: 'tools/choreography-picture.ts', writes: ['docs/choreography.svg'] },
  { script: 'tools/governance-page.ts', writes: ['docs/governance.md', '.github/pull_request_template.md'] },
];

const { folder: copy, remove } = copyTree('fresh');
try {
  const complaints = GENERATORS.flatMap(regenerate);
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  remove();
}

function regenerate({ script, writes }: Generator): string[] {
  const before = snapshot(writes);
  const { status, stderr } = spawnSync(process.execPath, [join(copy, script)], { cwd: copy, encoding: 'utf8' });
  if (status !== 0) return [`${script} failed: ${stderr.trim()}`];
  const after = snapshot(writes);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path} is not what ${script} writes: run node bin/launch.js ${script}`);
}

function snapshot(paths: readonly string[]): Map<string, string> {
  return new Map(paths.flatMap(files).map((path) => [path, readFileSync(join(copy, path), 'latin1')]));
}

function files(path: string): string[] {
  const found = statSync(join(copy, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  return found.isDirectory() ? readdirSync(join(copy, path)).flatMap((name) => files(join(path, name))) : [path];
}
