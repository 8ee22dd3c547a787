/** A ledger that is not known to be whole: who says so, and what stands against saying that it is. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGE } from '../../local/platform/stage.ts';
import type { Place } from '../instance/place.ts';
import { sharedInstance } from '../instance/shared-instance.testing.ts';
import { standForAws } from '../instance/testing.ts';
import { newRun, openRuns, type Run, type Runs } from '../replay/runs.ts';
import { notWhole } from './whole.ts';

describe('the flags', () => {
  it.each([
    [null, null, { generation: 1, whole: null }],
    [null, '1', null],
    ['3', '1', { generation: 3, whole: 1 }],
    ['3', 'unset', { generation: 3, whole: null }],
    ['3', '3', null],
  ])('generation %s and whole %s: %j', (generation, whole, said) =>
    expect(notWhole((name) => (name === 'ledger_whole' ? whole : generation))).toEqual(said),
  );
});

const { running, run, json, instance } = sharedInstance();
let runs: Runs;
beforeAll(() => {
  runs = openRuns({ ...instance(), env: STAGE.env } as Partial<Place> as Place);
});
afterAll(() => runs.close());

async function interrupted(purpose: Run['purpose']): Promise<Run> {
  const now = Date.now();
  const choice = { purpose, archive: 'facts', rule: 'auditor-all-replay' } as const;
  const period = { from: now - 7_200_000, to: now - 3_600_000 };
  const left = { ...newRun(choice, period, now), status: 'interrupted', leaseUntil: 0 } as const;
  await runs.create(left);
  return left;
}
const setWhole = (generation: number, ...more: readonly string[]) =>
  json('flags', 'set', 'ledger_whole', String(generation), '--reason', 'rebuilt', ...more);
const whole = async () => (await json('flags', 'get', 'ledger_whole')).value.value;

describe('after a recovery', () => {
  beforeAll(async () => {
    await json('stop', '--level', 'automation', '--reason', 'a table is lost');
  });

  it('that restored nothing, it says what comes next, and promises no time', async () => {
    const { code, out } = await run('recover', '--yes');
    expect(code).toBe(0);
    expect(out).toMatch(/^unfinished +0 messages taken up again from now on, as fast as the helpdesk's limits allow$/m);
    expect(out).toMatch(/^next +nothing was missing .* then `flags set ledger_whole 2`; else `replay start/m);
  });

  it('status says that the ledger is not known to be whole', async () => {
    expect((await json('status')).value.ledger).toEqual({ generation: 2, whole: 1 });
    expect((await run('status')).out).toMatch(/^ledger +generation 2 is not known to be whole .*docs\/recovery\.md$/m);
  });

  it('of a deployed stage as well', async () => {
    // The endpoint of this machine has no CloudWatch: here one that answers without any numbers.
    const cloudWatch = createServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => cloudWatch.listen(0, '127.0.0.1', resolve));
    const { port } = cloudWatch.address() as AddressInfo;
    const putBack = standForAws(running().data, { AWS_ENDPOINT_URL_CLOUDWATCH: `http://127.0.0.1:${port}` });
    const { code, value } = await json('--target', 'aws', '--stage', 'local', 'status');
    putBack();
    cloudWatch.close();
    expect([code, value.ledger]).toEqual([0, { generation: 2, whole: 1 }]);
  });

  it.each(['rebuild', 'recovery'] as const)('it is not called whole while a %s is not over', async (purpose) => {
    const { name } = await interrupted(purpose);
    const { code, value } = await setWhole(2);
    expect([code, value.error.code]).toEqual([1, 'replay_not_over']);
    expect(value.error.message).toContain(name);
    expect(value.error.cure).toMatch(new RegExp(`replay resume ${name}.*recover --yes.*add --yes`));
    expect(await whole()).toBe(1);
    await runs.cancel(name, Date.now());
  });

  it('a generation that there is not yet is called whole by nobody: the next loss would raise the ledger to it', async () => {
    const { code, value } = await setWhole(3, '--yes');
    expect([code, value.error.code]).toEqual([1, 'no_such_generation']);
    expect(value.error.message).toContain('the present one is 2');
    expect(await whole()).toBe(1);
  });

  it('a number that calls nothing whole is anybody’s to set', async () => {
    const { name } = await interrupted('rebuild');
    expect((await setWhole(1)).code).toBe(0);
    expect((await setWhole(2, '--yes')).code).toBe(0);
    expect(await whole()).toBe(2);
    expect((await setWhole(1)).code).toBe(0);
    await runs.cancel(name, Date.now());
  });

  it('a backfill brings nothing back and stands in nobody’s way; whole, status is silent', async () => {
    await interrupted('backfill');
    expect((await setWhole(2)).code).toBe(0);
    expect((await json('status')).value).not.toHaveProperty('ledger');
    expect((await run('status')).out).not.toMatch(/^ledger/m);
  });
});
