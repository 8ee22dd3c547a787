/** The assertions on small graphs made by hand; on the real ones they run in `npm run test:full` (stacks-graph, stacks-mutations). */
import { describe, expect, it } from 'vitest';
import { readExpected } from '../expected/read.ts';
import { MUTATIONS } from '../mutations/all.ts';
import { arnOf, functionWith, graphOf, resourceOf } from '../testing.ts';
import { ASSERTIONS } from './all.ts';
import { subjectOf } from './assertion.ts';

function problems(name: string, ...resources: ReturnType<typeof resourceOf>[]): string[] {
  const assertion = ASSERTIONS.find((one) => one.name === name);
  if (assertion === undefined) throw new Error(`no assertion ${name}`);
  return assertion.problems(subjectOf(graphOf(resources)));
}

const RULE = 'aws:cloudwatch/eventRule:EventRule';
const rule = (name: string, replay: unknown) =>
  resourceOf(RULE, { name, eventBusName: 'frontdesk-dev', eventPattern: { 'replay-name': replay } });
const targeting = (name: string, fn: string) =>
  resourceOf('aws:cloudwatch/eventTarget:EventTarget', {
    rule: name,
    arn: arnOf('lambda', `function:frontdesk-dev-${fn}`),
  });

describe('the assertions', () => {
  it('have names of their own, each with a mutation, and the list entries ids of their own', () => {
    const names = ASSERTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !MUTATIONS.some(({ breaks }) => breaks === name))).toEqual([]);
    expect(MUTATIONS.filter(({ breaks }) => !names.includes(breaks))).toEqual([]);
    const { resources, access, alarms } = readExpected();
    const ids = [...resources, ...access, ...alarms].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('tell a live rule that a replay reaches', () => {
    expect(problems('live-rules-refuse-replays', rule('verify-candidates', [{ exists: false }]))).toEqual([]);
    expect(problems('live-rules-refuse-replays', rule('verify-candidates', undefined))).toHaveLength(1);
  });

  it('tell a twin that leads to the sender', () => {
    const twin = rule('x-replay', [{ prefix: 'recovery-' }]);
    expect(problems('replays-reach-no-sender', twin, targeting('x-replay', 'responder-settle'))).toEqual([]);
    expect(problems('replays-reach-no-sender', twin, targeting('x-replay', 'responder-reply'))).toHaveLength(1);
  });

  it('tell a wildcard in an action, and none in a denial', () => {
    const statement = (Effect: string) => ({ Effect, Action: ['dynamodb:*'], Resource: ['x'] });
    expect(problems('no-wildcard-action', ...functionWith('verify', [statement('Allow')]))).toEqual([
      'frontdesk-dev-verify may dynamodb:*',
    ]);
    expect(problems('no-wildcard-action', ...functionWith('verify', [statement('Deny')]))).toEqual([]);
  });

  it.each([
    { principal: { AWS: 'arn:aws:iam::000000000000:root' }, isTold: true },
    { principal: { AWS: ['000000000000'] }, isTold: true },
    { principal: '*', isTold: true },
    { principal: { Service: 'lambda.amazonaws.com' }, isTold: false },
  ])('tell who may take a role: $principal', ({ principal, isTold }) => {
    const trust = { Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] };
    const role = resourceOf('aws:iam/role:Role', { name: 'r', assumeRolePolicy: trust });
    expect(problems('no-account-root-in-trust', role)).toHaveLength(isTold ? 1 : 0);
  });

  it('tell an archive that outlives the ledger', () => {
    const archive = (retentionDays: number, types?: string[]) =>
      resourceOf('aws:cloudwatch/eventArchive:EventArchive', {
        name: 'a',
        retentionDays,
        eventPattern: { source: [{ prefix: 'frontdesk.' }], ...(types && { 'detail-type': types }) },
      });
    // Platform §2.6: retention + 7 days within the 30 of the ledger; outcomes alone start nothing.
    expect(problems('archives-are-shorter-than-the-ledger', archive(23))).toEqual([]);
    expect(problems('archives-are-shorter-than-the-ledger', archive(24))).toHaveLength(1);
    expect(problems('archives-are-shorter-than-the-ledger', archive(180, ['ReplySent']))).toEqual([]);
    expect(problems('archives-are-shorter-than-the-ledger', archive(180, ['MessageReceived']))).toHaveLength(1);
  });

  it.each([
    { value: ['sk', 'proj0123456789abcdef'].join('-'), isTold: true },
    { value: 'Zq3'.repeat(12), isTold: true },
    { value: 'frontdesk-dev-Q3-high-signal-responder-settle-and-more', isTold: false },
    { value: 'arn:aws:iam::000000000000:role/aws-reserved/sso.amazonaws.com/Operator', isTold: false },
  ])('tell what looks like a secret: $value', ({ value, isTold }) => {
    const fn = resourceOf('aws:lambda/function:Function', { name: 'f', description: value });
    expect(problems('nothing-looks-like-a-secret', fn)).toHaveLength(isTold ? 1 : 0);
  });
});
