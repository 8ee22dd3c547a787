/**
 * What a test scales, lifts or breaks on purpose is not even in a deployed bundle (brief); a function imports no other
 * function (architecture §2).
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topology } from '../../stacks/topology.ts';
import { type Bundle, bundleAll, ROOT } from '../../tools/bundle/bundle.ts';
import { BUG_IDS, BUGS } from '../simulation/planted/bugs.ts';
import { findingsIn } from './findings.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bundles-'));
let deployed: Bundle[];
let local: Bundle[];
beforeAll(async () => {
  deployed = await bundleAll(join(folder, 'deployed'));
  const one = topology.functions.filter(({ name }) => name === 'responder-reply');
  local = await bundleAll(join(folder, 'local'), { conditions: [], functions: one });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inAll = (bundles: readonly Bundle[]) => bundles.map((bundle) => [bundle.name, findingsIn(bundle)]);

describe('a deployed bundle', () => {
  it('is built for every function of the topology', () => {
    expect(deployed.map(({ name }) => name)).toEqual(topology.functions.map(({ name }) => name));
    expect(deployed.map(({ exports }) => exports)).toEqual(deployed.map(() => ['handler']));
  });

  it('holds no switch of one machine, no memory adapter, no local or test code, no other function', () => {
    expect(inAll(deployed)).toEqual(deployed.map(({ name }) => [name, []]));
  });

  it('knows nothing of planted bugs, and is built from sources that have every clause (protocols §10)', () => {
    for (const { file, inputs } of deployed) {
      const text = readFileSync(file, 'utf8');
      expect(BUG_IDS.filter((id) => text.includes(id))).toEqual([]);
      expect(inputs.filter((path) => path.startsWith('test/'))).toEqual([]);
      const edits = BUGS.flatMap((bug) => bug.edits).filter((edit) => inputs.includes(edit.file));
      expect(edits.filter((edit) => !readFileSync(join(ROOT, edit.file), 'utf8').includes(edit.before))).toEqual([]);
    }
    const bundled = new Set(deployed.flatMap(({ inputs }) => inputs));
    // A rule of the bus is no code of a function.
    expect(BUGS.filter(({ edits }) => !edits.some(({ file }) => bundled.has(file))).map(({ id }) => id)).toEqual([
      'live-rule-without-replay-name',
    ]);
  });

  it('holds the SDK of the model only where a model may be asked', () => {
    const asks = deployed.filter(({ inputs }) => inputs.some((path) => path.startsWith('node_modules/openai/')));
    expect(asks.map(({ name }) => name)).toEqual(['classify', 'verify']);
  });

  it('holds the weights of the learnt screen only where a text is read', () => {
    const screens = deployed.filter(({ inputs }) => inputs.includes('policy/screen-learned/generated/weights.json'));
    expect(screens.map(({ name }) => name)).toEqual(['classify', 'verify', 'responder-reply']);
  });

  it('starts on its own, and looks at no switch: a time scale that is none stops nobody', {
    timeout: 60_000,
  }, async () => {
    const all = Object.fromEntries(deployed.map(({ name }) => [name, 'function']));
    const [dev, onOneMachine] = await Promise.all([
      startedWith({ FRONTDESK_ENV: 'dev' }),
      startedWith({ FRONTDESK_ENV: 'local', FRONTDESK_TIME_SCALE: 'fast', FRONTDESK_CONFIG: '/nowhere.yaml' }),
    ]);
    expect(dev).toEqual(all);
    expect(onOneMachine).toEqual(all);
  });
});

describe('the check can fail', () => {
  it('on a build without the condition: it has the switches of one machine', () => {
    const expected = [
      'names FRONTDESK_TIME_SCALE',
      'names FRONTDESK_LIMITS',
      'names FRONTDESK_AGES_FROM',
      'names FRONTDESK_CONFIG',
      'names FRONTDESK_CLASSIFIER',
    ];
    expect(inAll(local)).toEqual([['responder-reply', expected]]);
  });

  it.each([
    ['functions/shared/store/memory.ts', 'memory adapter'],
    ['functions/shared/testing.ts', 'test code'],
    ['test/choreography.ts', 'test code'],
    ['test/openai-stand-in/server.ts', 'test code'],
    ['local/start.ts', 'not for deployment'],
    ['stacks/topology.ts', 'not for deployment'],
    ['functions/responder/reply/send.ts', 'another function'],
    ['functions/classify/turn.ts', 'another function'],
  ])('on %s in responder-route', (path, objection) => {
    const [bundle] = deployed.filter(({ name }) => name === 'responder-route');
    expect(bundle && findingsIn({ ...bundle, inputs: [...bundle.inputs, path] })).toEqual([`${objection}: ${path}`]);
  });
});

/** What `handler` is in each module when a process with that environment imports them, or what they throw. */
async function startedWith(environment: Readonly<Record<string, string>>): Promise<unknown> {
  const script = join(folder, `start-${environment.FRONTDESK_ENV}.mjs`);
  const files = deployed.map(({ name, file }) => [name, pathToFileURL(file).href]);
  writeFileSync(
    script,
    `const started = {};
     for (const [name, href] of ${JSON.stringify(files)})
       started[name] = await import(href).then(({ handler }) => typeof handler, ({ message }) => message);
     process.stdout.write(JSON.stringify(started));`,
  );
  const variables = { ...environment, AWS_REGION: 'us-east-2', PATH: process.env.PATH };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: variables });
  return JSON.parse(stdout);
}
