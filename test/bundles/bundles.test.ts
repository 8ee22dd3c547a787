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
import type { FunctionName } from '../../events/words.ts';
import { ENVIRONMENT } from '../../functions/shared/environment.ts';
import { topology } from '../../stacks/topology.ts';
import { ASSETS, MODEL_PACKAGE } from '../../tools/bundle/assets.ts';
import { type Bundle, bundleAll, ROOT } from '../../tools/bundle/bundle.ts';
import { LEFT_OUT } from '../../tools/bundle/left-out.ts';
import { KB, largePackages, limitKb, NOT_KEPT, REASONS } from '../../tools/bundle/limits.ts';
import { FIGURES, renderPage } from '../../tools/bundle/page.ts';
import { BUG_IDS, BUGS } from '../simulation/planted/bugs.ts';
import { namesInText, namesReadBy } from './environment-reads.ts';
import { findingsIn } from './findings.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bundles-'));
let deployed: Bundle[];
let local: Bundle[];
const leftOut = new Set<string>();
beforeAll(async () => {
  deployed = await bundleAll(join(folder, 'deployed'), { onLeftOut: ({ module }) => leftOut.add(module) });
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

describe('the size of a bundle', () => {
  const inKb = ({ bytes }: Bundle) => bytes / KB;

  it('is within its limit, or told as not kept and grows no further (issue 9)', () => {
    const above = deployed.filter((bundle) => inKb(bundle) > limitKb(bundle.name));
    expect(above.map(({ name }) => name)).toEqual(NOT_KEPT.map(({ name }) => name));
    for (const { name, mostKb } of NOT_KEPT)
      expect(above.filter((bundle) => bundle.name === name && inKb(bundle) > mostKb)).toEqual([]);
  });

  it('has a reason for every package above 15 %, and no reason is left over', () => {
    const large = new Set(deployed.flatMap(largePackages));
    expect(large).toEqual(new Set(Object.keys(REASONS)));
  });

  it('leaves out nothing that nobody asked for', () => {
    expect(LEFT_OUT.map(({ module }) => module).filter((module) => !leftOut.has(module))).toEqual([]);
  });

  it('has weights and rule books as files beside it, of the functions that read them', () => {
    const files = new Set(deployed.flatMap(({ assets }) => Object.keys(assets)));
    expect(files).toEqual(new Set([...ASSETS.map(({ file }) => file), MODEL_PACKAGE.file]));
    const weights = deployed.filter(({ assets }) => 'embedded-weights.json' in assets);
    expect(weights.map(({ name }) => name)).toEqual(['classify', 'verify']);
    for (const { file } of deployed) expect(readFileSync(file, 'utf8')).not.toMatch(/[A-Za-z0-9+/]{20000}/);
  });

  it('is as docs/bundles.md says: word by word, and its figures within 5 %', () => {
    const [page, now] = [readFileSync(join(ROOT, 'docs/bundles.md'), 'utf8'), renderPage(deployed)];
    const around = (text: string) => [text.split(FIGURES.begin)[0], text.split(FIGURES.end)[1]];
    expect(around(page)).toEqual(around(now));
    const told = new Map(
      [...page.matchAll(/^\| `([\w-]+)` \| (\d+) \| \d+ \|/gm)].map(([, name, kb]) => [name, Number(kb)]),
    );
    const off = deployed.filter(
      (bundle) => Math.abs((told.get(bundle.name) ?? 0) - inKb(bundle)) > inKb(bundle) * 0.05,
    );
    expect(off.map(({ name }) => name)).toEqual([]);
  });
});

describe('the environment of a bundle', () => {
  const declared = new Set(ENVIRONMENT.map(({ name }) => name));

  it('is named nowhere outside of the declared list, by no package either', () => {
    const named = deployed.map(({ name, file }) => [name, namesInText(readFileSync(file, 'utf8'))] as const);
    expect(named.map(([name, names]) => [name, names.filter((one) => !declared.has(one))])).toEqual(
      named.map(([name]) => [name, []]),
    );
  });

  it('is asked for nothing else by a function that loads and runs', { timeout: 60_000 }, async () => {
    const payloads: Partial<Record<FunctionName, unknown>> = {
      ingest: {
        headers: { 'x-richpanel-webhook-token': 'token' },
        body: '{}',
        requestContext: { http: { method: 'POST' } },
      },
      verify: { 'detail-type': 'MessageClassified', detail: {} },
      sweeper: {},
    };
    for (const { name, file } of deployed.filter((bundle) => bundle.name in payloads)) {
      const read = await namesReadBy(file, payloads[name], folder);
      expect([name, read.filter((one) => !declared.has(one))]).toEqual([name, []]);
      // A request that is refused at the door asks nothing of AWS.
      expect(read).toContain(name === 'ingest' ? 'FRONTDESK_ENV' : 'AWS_ENDPOINT_URL');
    }
  });

  it('would be found to be read', async () => {
    const file = join(folder, 'reads-more.mjs');
    writeFileSync(file, 'export const handler = async () => process.env.SECRET_SWITCH ?? process.env["OTHER"];');
    expect(await namesReadBy(file, {}, folder)).toEqual(expect.arrayContaining(['OTHER', 'SECRET_SWITCH']));
    expect(namesInText('const a = process.env.SECRET_SWITCH, b = env["AWS_SECRET_SWITCH"];')).toEqual([
      'AWS_SECRET_SWITCH',
      'SECRET_SWITCH',
    ]);
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
