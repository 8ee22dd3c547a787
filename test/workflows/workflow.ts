/** The workflows of .github, as GitHub reads them, with what may be said against one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { ROOT } from '../../local/platform/release.ts';

const Permissions = v.record(v.string(), v.string());
const Step = v.object({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
  env: v.optional(v.record(v.string(), v.string())),
});
const Needs = v.union([
  v.pipe(
    v.string(),
    v.transform((one) => [one]),
  ),
  v.array(v.string()),
]);
const Job = v.object({
  needs: v.optional(Needs, []),
  permissions: v.optional(Permissions),
  environment: v.optional(v.string()),
  if: v.optional(v.string()),
  'timeout-minutes': v.number(),
  steps: v.array(Step),
});
const Workflow = v.object({
  on: v.union([v.string(), v.array(v.string()), v.record(v.string(), v.unknown())]),
  permissions: Permissions,
  env: v.optional(v.record(v.string(), v.string())),
  jobs: v.record(v.string(), Job),
});
export type Workflow = v.InferOutput<typeof Workflow>;
export type Job = v.InferOutput<typeof Job>;

const FOLDER = '.github/workflows';

export type WorkflowFile = { readonly file: string; readonly text: string; readonly workflow: Workflow };

export function readWorkflows(): WorkflowFile[] {
  return readdirSync(join(ROOT, FOLDER)).map((name) => {
    const text = readFileSync(join(ROOT, FOLDER, name), 'utf8');
    return { file: `${FOLDER}/${name}`, text, workflow: readWorkflow(text) };
  });
}

export function readWorkflow(text: string): Workflow {
  return v.parse(Workflow, parse(text));
}

/** Everything that makes a workflow less safe than it has to be. */
export function objectionsTo({ text, workflow }: Pick<WorkflowFile, 'text' | 'workflow'>): string[] {
  const triggers =
    typeof workflow.on === 'object' && !Array.isArray(workflow.on) ? Object.keys(workflow.on) : [workflow.on].flat();
  return [
    // It runs a stranger's code with the rights of the repository.
    ...triggers
      .filter((trigger) => trigger === 'pull_request_target' || trigger === 'workflow_run')
      .map((trigger) => `trigger ${trigger}`),
    ...(/\bsecrets\s*[.[]/.test(text) ? ['a secret is used'] : []),
    ...(JSON.stringify(workflow.permissions) === '{"contents":"read"}' ? [] : ['permissions are not contents: read']),
    ...pinObjections(text),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) =>
      jobObjections(job).map((objection) => `${name}: ${objection}`),
    ),
  ];
}

/** A tag can be moved to other code, a commit cannot; the release beside it is for people. */
function pinObjections(text: string): string[] {
  return [...text.matchAll(/^\s*-?\s*uses:\s*(.*)$/gm)].flatMap(([, used = '']) =>
    /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used)
      ? []
      : [`${used} is not pinned by commit and release`],
  );
}

/** `actions: read` lets a gate ask whether its environment is guarded. */
const MAY: Readonly<Record<string, string>> = { contents: 'read', 'id-token': 'write', actions: 'read' };

function jobObjections({ permissions = {}, environment, steps }: Job): string[] {
  const usesAws = steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
  return [
    ...Object.entries(permissions).flatMap(([scope, level]) =>
      MAY[scope] === level ? [] : [`permission ${scope}: ${level}`],
    ),
    ...('actions' in permissions && environment === undefined ? ['actions without an environment'] : []),
    ...('id-token' in permissions && !usesAws ? ['a token for AWS that nothing asks for'] : []),
    ...(usesAws && !('id-token' in permissions) ? ['AWS without a token'] : []),
    ...steps.flatMap(({ uses = '', run = '', with: given = {} }) => [
      ...(uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false
        ? ['checkout leaves its token behind']
        : []),
      ...Object.keys(given)
        .filter((key) => /secret|access-key/.test(key))
        .map((key) => `a key by ${key}`),
      // An expression becomes part of the command before a shell reads it.
      ...(run.includes('${{') ? [`an expression within a command: ${run.split('\n')[0]}`] : []),
    ]),
  ];
}
