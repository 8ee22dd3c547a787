/** What adopters' CI runs exists, may do little, and deploys only what was proven and approved. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { objectionTo } from '../docs/judge.ts';
import { commandsIn } from '../docs/told.ts';
import { type Job, objectionsTo, readWorkflow, readWorkflows, type Workflow } from './workflow.ts';

const FILES = readWorkflows();
const runsOf = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run?.split('\n') ?? []);
const allRuns = FILES.flatMap(({ file, workflow }) =>
  Object.values(workflow.jobs).flatMap((job) => runsOf(job).map((run) => ({ file, run }))),
);
const workflowOf = (name: string): Workflow => {
  const found = FILES.find(({ file }) => file.endsWith(`/${name}.yml`));
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found.workflow;
};

describe('the workflows', () => {
  it('are the four', () => {
    expect(FILES.map(({ file }) => file.split('/').at(-1)).sort()).toEqual([
      'deploy.yml',
      'governance.yml',
      'nightly.yml',
      'pull-request.yml',
    ]);
  });

  it.each(FILES)('$file pins what it uses and may do little', (file) => {
    expect(objectionsTo(file)).toEqual([]);
  });

  it('run commands that exist', () => {
    const objections = allRuns.flatMap(({ file, run }) =>
      commandsIn(run).flatMap((words) => {
        const objection = objectionTo({ words, as: 'step' });
        return objection === null ? [] : [`${file}: ${run}: ${objection}`];
      }),
    );
    expect(objections).toEqual([]);
    expect(allRuns.length).toBeGreaterThan(20);
    for (const { run } of allRuns.filter((one) => one.run.startsWith('.ci/')))
      accessSync(join(ROOT, run), constants.X_OK);
  });
});

describe('a pull request', () => {
  it('gets the checks and tests, the evaluation gates and the stack proof', () => {
    const runs = Object.values(workflowOf('pull-request').jobs).flatMap(runsOf);
    expect(runs).toEqual(
      expect.arrayContaining(['.ci/run', 'npm run eval -- --gate', 'npm run stacks:prepare', 'npm run stacks']),
    );
  });

  it('hands its text to the governance check as a file', () => {
    const [, text, check] = workflowOf('governance').jobs.governance?.steps.slice(2) ?? [];
    expect(text?.run).toBe('printenv DESCRIPTION > "$RUNNER_TEMP/description.md"');
    expect(check?.run).toContain('tools/governance.ts --base "$BASE" --description "$RUNNER_TEMP/description.md"');
  });
});

describe('a deploy', () => {
  const { jobs } = workflowOf('deploy');
  const neededBy = (name: string): string[] => {
    const needs = jobs[name]?.needs ?? [];
    return needs.flatMap((need) => [need, ...neededBy(need)]);
  };

  it.each([
    ['dev', "github.ref == 'refs/heads/main'", ['proof']],
    ['staging', "startsWith(github.ref, 'refs/tags/v')", ['proof']],
    ['prod', undefined, ['approval', 'plan', 'staging', 'proof']],
  ])('of %s comes from its place, after %j', (stage, condition, needs) => {
    const job = jobs[stage];
    expect(job?.if).toBe(condition);
    expect(neededBy(stage)).toEqual(needs);
    expect(job === undefined ? [] : runsOf(job)).toContain(`npx sst deploy --stage ${stage}`);
    // With an environment the token would not name the branch or tag that the role trusts.
    expect(job?.environment).toBeUndefined();
  });

  it('of prod is approved by a person who could read what it changes', () => {
    expect(jobs.approval).toMatchObject({ environment: 'prod', permissions: { actions: 'read' } });
    // GitHub makes an environment that is not there, without reviewers; and not every plan has them.
    expect(jobs.approval === undefined ? '' : runsOf(jobs.approval).join('\n')).toMatch(
      /environments\/prod.*required_reviewers.*grep -qx true/,
    );
    expect(jobs.plan === undefined ? [] : runsOf(jobs.plan)).toContain('npx sst diff --stage prod');
  });

  it('tells nobody but AWS', () => {
    expect(workflowOf('deploy').env).toEqual({ SST_TELEMETRY_DISABLED: '1' });
  });

  it('bundles what it deploys', () => {
    const deploys = Object.values(jobs)
      .map(runsOf)
      .filter((runs) => runs.some((run) => run.startsWith('npx sst')));
    expect(deploys).toHaveLength(4);
    for (const runs of deploys)
      expect(runs.slice(0, 2)).toEqual(['npm ci', 'npm run bundle'].map((run) => expect.stringContaining(run)));
  });
});

/** As GitHub puts a value into a text. */
const expression = (name: string): string => `$\{{ ${name} }}`;

describe('a workflow is objected to', () => {
  const SAFE = `
on: { pull_request: null }
permissions: { contents: read }
jobs:
  one:
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: { persist-credentials: false }
      - run: npm ci
`;

  it.each([
    ['where it is safe: not at all', SAFE, []],
    ['when a tag is its pin', SAFE.replace(/@08.*/, '@v5'), ['actions/checkout@v5 is not pinned']],
    ['when it may write', SAFE.replace('contents: read', 'contents: write'), ['permissions are not']],
    [
      'when it runs for strangers with rights',
      SAFE.replace('pull_request:', 'pull_request_target:'),
      ['trigger pull_request_target'],
    ],
    [
      'when it knows a secret',
      SAFE.replace('npm ci', `echo ${expression('secrets.KEY')}`),
      ['a secret is used', 'an expression within'],
    ],
    [
      'when a title becomes a command',
      SAFE.replace('npm ci', `echo ${expression('github.event.issue.title')}`),
      ['one: an expression within'],
    ],
    ['when its checkout leaves a token', SAFE.replace('false', 'true'), ['one: checkout leaves its token']],
    [
      'when a job takes more',
      SAFE.replace('    timeout', '    permissions: { id-token: write }\n    timeout'),
      ['one: a token for AWS'],
    ],
  ])('%s', (_, text, expected) => {
    const found = objectionsTo({ text, workflow: readWorkflow(text) });
    expect(found).toHaveLength(expected.length);
    for (const [index, part] of expected.entries()) expect(found[index]).toContain(part);
  });
});
