/** Issue 9, Done when: no function reads an environment variable outside one declared list. Our own sources; the bundles: bundles.test.ts. */
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../functions/shared/environment.ts';
import { readEnvironment } from '../../functions/shared/live-environment.ts';
import { METRIC_NAMESPACE } from '../../functions/shared/telemetry/metrics.ts';
import { functionEnvironment, hostEnvironment } from '../../local/host/environment.ts';
import { EMPTY } from '../../stacks/stages.testing.ts';
import { STAGE_NAMES, type StageName, stageOf } from '../../stacks/stages.ts';
import { environmentOf } from '../../stacks/topology-environment.ts';
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

describe('what a stage says of itself', () => {
  const answers = { tenant: { isReopenProven: true, isNotePrivate: true }, writesPhrase: 'both of us agree' };
  const unanswered = (name: StageName) => stageOf(name, {}, EMPTY);
  const read = (stage: Parameters<typeof environmentOf>[0]) => readEnvironment(environmentOf(stage, 'verify', '1.2.3'));

  it.each(STAGE_NAMES)('reaches the functions of %s', (name) => {
    const stage = {
      ...unanswered(name),
      ...answers,
      traceSampling: 0.35,
      richpanelBaseUrl: 'https://stub.test/v1',
      brand: 'second',
      otlpEndpoint: 'https://spans.test',
    };
    expect(read(stage)).toMatchObject({
      env: name,
      release: '1.2.3',
      richpanelBaseUrl: 'https://stub.test/v1',
      brandId: 'second',
      otlpEndpoint: 'https://spans.test',
      traceShare: 0.35,
      writesPhrase: name === 'prod' ? answers.writesPhrase : null,
      reopenProven: true,
      notePrivate: true,
    });
  });

  it.each(STAGE_NAMES)('means no where %s has no answer', (name) => {
    expect(read(unanswered(name))).toMatchObject({
      brandId: 'main',
      reopenProven: false,
      notePrivate: false,
      otlpEndpoint: null,
    });
    // No parameter can hold it.
    expect(read(unanswered(name)).writesPhrase).toBe(name === 'prod' ? '\u0000' : null);
  });

  it('names the metrics’ own namespace to whoever asks the environment for it', () => {
    expect(environmentOf(unanswered('prod'), 'verify', '1.2.3').POWERTOOLS_METRICS_NAMESPACE).toBe(METRIC_NAMESPACE);
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
