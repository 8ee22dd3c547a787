/** Issue 9, Done when: no function reads an environment variable outside one declared list. Our own sources; the bundles: bundles.test.ts. */
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../functions/shared/environment.ts';
import { functionEnvironment, hostEnvironment } from '../../local/host/environment.ts';
import { ROOT } from '../../tools/bundle/bundle.ts';
import { readsIn, readsInSources } from './environment-reads.ts';

const DECLARED = new Set(ENVIRONMENT.map(({ name }) => name));
const OURS = ENVIRONMENT.filter(({ readBy }) => readBy === 'frontdesk').map(({ name }) => name);
const READS = readsInSources(ROOT);

describe('the declared list', () => {
  it('names each variable once', () => {
    expect(ENVIRONMENT.length).toBe(DECLARED.size);
  });

  it('is all that our own code reads, and our code reads all of ours', () => {
    const reads = READS.filter(({ name }) => name !== 'whole');
    expect(reads.filter(({ name }) => !DECLARED.has(name))).toEqual([]);
    expect(OURS.filter((name) => !reads.some((one) => one.name === name))).toEqual([]);
  });

  it('is met by the environment in one place, which hands it on', () => {
    const whole = READS.filter(({ name }) => name === 'whole');
    expect(new Set(whole.map(({ file }) => file))).toEqual(new Set(['functions/shared/live-container.ts']));
  });

  it('has everything that one machine gives a function', () => {
    const nowhere = 'http://127.0.0.1:9';
    const host = hostEnvironment({
      awsEndpoint: nowhere,
      region: 'us-east-2',
      env: 'local',
      timeScale: 1,
      richpanelBaseUrl: nowhere,
    });
    const given = functionEnvironment(host, { name: 'verify', memoryMb: 512 });
    expect(Object.keys(given).filter((name) => !DECLARED.has(name))).toEqual([]);
  });
});

describe('the look at sources can fail', () => {
  it.each([
    ['process.env.SECRET_SWITCH', 'SECRET_SWITCH'],
    ['process.env[name]', 'computed'],
    ['const { A } = process.env', 'whole'],
    ['read(process.env)', 'whole'],
    ['variables.SECRET_SWITCH', 'SECRET_SWITCH'],
  ])('on %s', (source, name) => {
    expect(readsIn('a.ts', source)).toEqual([{ file: 'a.ts', name }]);
  });
});
