/**
 * Holds every resource that would be sent against the AWS provider's own declarations. The provider's schema is no package of
 * npm; the declarations of `@pulumi/aws` are generated from it, so each resource becomes a literal of its arguments' type and the
 * compiler tells names that do not exist, missing ones and wrong kinds of values, after everything SST did.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/stacks/app.ts';
import type { Properties, Resource } from '../../../tools/stacks/graph.ts';
import { PLATFORM } from '../../../tools/stacks/platform.ts';
import { DOCUMENTS } from '../../../tools/stacks/readable.ts';
import type { Finding } from './cli.ts';
import type { Made } from './graphs.ts';

const OPTIONS = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2024',
    types: [],
  },
  files: ['resources.ts'],
};

export function checkProvider({ graphs }: Made): Finding {
  // Beside the provider, so that it is found.
  const folder = mkdtempSync(join(PLATFORM, 'provider-check-'));
  try {
    const resources = graphs.flatMap((graph) => graph.resources.filter(({ type }) => type.startsWith('aws:')));
    const lines = resources.map(
      (resource, index) => `export const r${index}: ${argsOf(resource)} = ${literal(resource)};`,
    );
    writeFileSync(join(folder, 'resources.ts'), [`import type * as aws from '@pulumi/aws';`, ...lines].join('\n'));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
    const args = [join(ROOT, 'bin/launch.js'), 'tool', 'tsc', '-p', folder, '--pretty', 'false'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    const problems = stdout.split('\n').flatMap((line) => told(line, resources));
    if (status !== 0 && problems.length === 0)
      problems.push(`the compiler ended with ${status}: ${stdout.slice(0, 500)}`);
    const wrong = new Set(problems.map((problem) => problem.split(':')[0]));
    return {
      problems,
      figure: `${resources.length - wrong.size} of ${resources.length} resources fit the declarations of the AWS provider`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `aws:sqs/queue:Queue` → `aws.sqs.QueueArgs`. */
function argsOf({ type }: Resource): string {
  const [, module, kind] = /^aws:([^/:]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  if (module === undefined) throw new Error(`${type} is no resource of the provider`);
  return `aws.${module}.${kind}Args`;
}

/** As it was sent: documents as text, and without what the graph adds for readers. */
function literal({ properties }: Resource): string {
  const { tagsAll: _, ...sent } = properties;
  return JSON.stringify(asSent(sent));
}

function asSent(value: unknown, key = ''): unknown {
  if (DOCUMENTS.has(key) && typeof value === 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((one) => asSent(one));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as Properties).filter(([, inner]) => inner !== '(file)');
  return Object.fromEntries(fields.map(([name, inner]) => [name, asSent(inner, name)]));
}

/** The first line of a complaint, with the resource in place of its number. */
function told(line: string, resources: readonly Resource[]): string[] {
  const [, row, says] = /^[^ (]*resources\.ts\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
  if (row === undefined) return [];
  const resource = resources[Number(row) - 2];
  return [`${resource?.type.replaceAll(':', ' ')} ${resource?.name}: ${says}`];
}
