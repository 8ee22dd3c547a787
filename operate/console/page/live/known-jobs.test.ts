import { expect, it } from 'vitest';
import type { Job } from '../../desk/jobs.ts';
import { knownJobs } from './known-jobs.ts';

const job = (id: number, state: Job['state']): Job => ({
  ...{ id, name: 'replay', about: {}, state, lines: [] },
  startedAt: '2026-01-15T12:00:00.000Z',
});
const mapOf = (...jobs: readonly Job[]) => new Map(jobs.map((one) => [one.id, one]));
const states = (jobs: ReadonlyMap<number, Job>) => [...jobs].map(([id, { state }]) => `${id} ${state}`);

it('a job that ended while the stream was broken has ended, and one that the server does not know is gone', () => {
  const before = mapOf(job(1, 'done'), job(2, 'running'), job(3, 'running'));
  const known = knownJobs(before, [job(4, 'running'), job(2, 'failed')], new Set());
  expect(states(known)).toEqual(['1 done', '2 failed', '4 running']);
});

it('what the stream told while the server was asked stays as it was told', () => {
  const before = mapOf(job(1, 'done'), job(2, 'running'));
  expect(states(knownJobs(before, [job(1, 'running')], new Set([1, 2])))).toEqual(['1 done', '2 running']);
});
