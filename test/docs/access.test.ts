/** What people are given and told of access to AWS: their permission set, and where CloudTrail is asked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { CI_ROLE } from '../../stacks/topology-delivery.ts';
import { arns } from '../../stacks/topology-names.ts';
import { BREAK_GLASS_ROLE } from '../../stacks/topology-operators.ts';

type Statement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
};
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the permission set of a deployer', () => {
  const { Statement: statements } = JSON.parse(read('docs/aws/permission-set-deployer.json')) as {
    readonly Statement: readonly Statement[];
  };
  const allowing = (action: string): Statement[] =>
    statements.filter(({ Effect, Action }) => Effect === 'Allow' && Action.includes(action));

  // Of the actions that make a role more than it was, those that AWS can hold to a boundary.
  it.each([
    'iam:AttachRolePolicy',
    'iam:CreateRole',
    'iam:DeleteRolePolicy',
    'iam:DetachRolePolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
  ])('has %s under a boundary of ours alone', (action) => {
    expect(allowing(action).map(({ Condition }) => Condition)).toEqual([
      { StringLike: { 'iam:PermissionsBoundary': 'arn:aws:iam::*:policy/frontdesk-*-boundary' } },
    ]);
  });

  it('matches the boundaries that a stage makes', () => {
    const place = { env: 'prod', region: 'us-east-2', accountId: '123456789012', partition: 'aws' };
    for (const boundary of [arns(place).policy('boundary'), `arn:aws:iam::123456789012:policy/${CI_ROLE}-boundary`])
      expect(boundary).toMatch(/^arn:aws:iam::\d+:policy\/frontdesk-.*-boundary$/);
  });

  it('takes no boundary away, and leaves break-glass, which has none, to an administrator', () => {
    expect(allowing('iam:DeleteRolePermissionsBoundary')).toEqual([]);
    expect(JSON.stringify(statements)).not.toContain(BREAK_GLASS_ROLE);
  });
});

describe('CloudTrail', () => {
  const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.md'),
  );
  const lookUps = pages.flatMap((page) => {
    let regions = '';
    return read(join('docs', page))
      .split('\n')
      .flatMap((line) => {
        const looped = /^for region in ([^;]+);/.exec(line)?.[1];
        if (looped !== undefined) regions = looped;
        return line.includes('cloudtrail lookup-events')
          ? [{ page, line, asked: line.replace('"$region"', regions) }]
          : [];
      });
  });
  const isGlobal = (line: string): boolean => /iam\.amazonaws\.com|AssumeRole|SwitchRole|breakglass/.test(line);

  it('is asked in us-east-1 for changes of IAM and for roles that people take', () => {
    const global = lookUps.filter(({ line }) => isGlobal(line));
    expect(global.length).toBeGreaterThan(2);
    expect(global.filter(({ asked }) => !/--region \S*us-east-1/.test(asked))).toEqual([]);
  });
});
