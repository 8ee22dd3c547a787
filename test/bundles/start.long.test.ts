/**
 * `npm start -- --bundled` (interfaces §1; issue 9: the very bundles that the graph names, byte-equal). One real start: a customer
 * writes, is answered, and what ran is hashed against a build of its own.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../events/words.ts';
import { bundled, readBundles, staleness } from '../../local/platform/bundles.ts';
import type { ReadyObject } from '../../local/platform/ready-file.ts';
import { topology } from '../../stacks/topology.ts';
import { bundleAll, ROOT } from '../../tools/bundle/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bundled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The one with all assets, and the one that can send. */
const BUILT_AGAIN: readonly FunctionName[] = ['classify', 'responder-reply'];
const START = join(ROOT, 'local/start.ts');

async function until<T>(look: () => T | Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  const end = performance.now() + 90_000;
  for (;;) {
    const value = await look();
    if (isThere(value)) return value;
    if (performance.now() > end) throw new Error('waited too long');
    await sleep(100);
  }
}

it('answers a customer with the bundles that are deployed', { timeout: 120_000 }, async () => {
  const readyFile = join(folder, 'ready.json');
  const args = ['--bundled', '--memory', '--port-base', '0', '--traffic', '0', '--ready-file', readyFile];
  const child = spawn(process.execPath, [START, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await until(() => existsSync(readyFile), Boolean);
    const ready: ReadyObject = JSON.parse(readFileSync(readyFile, 'utf8'));
    expect(ready.bundled).toBe(true);
    await until(
      () => told,
      (text) => text.includes('what happened'),
    );
    expect(told).toContain('· bundled ·');

    const message = {
      channel: 'livechat',
      text: 'Hi there, where is my order?',
      customer: { firstName: 'Ann', email: 'ann@example.test' },
    };
    const sandbox = `${ready.richpanelUrl}/__sandbox`;
    const written = await fetch(`${sandbox}/messages`, { method: 'POST', body: JSON.stringify(message) });
    const { conversationId } = (await written.json()) as { conversationId: string };
    const outbox = await until(
      async () => (await (await fetch(`${sandbox}/outbox`)).json()) as { ticketId: string; body: string }[],
      (replies) => replies.length > 0,
    );
    expect(outbox.map(({ ticketId }) => ticketId)).toEqual([conversationId]);
    expect(outbox[0]?.body).toContain('Ann');
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(0);

  // The folder that ran is of today's sources and whole, and another build of it makes the same bytes.
  expect(staleness(ROOT, topology.functions)).toBeNull();
  const functions = topology.functions.filter(({ name }) => BUILT_AGAIN.includes(name));
  const again = await bundleAll(join(folder, 'again'), { functions });
  const ran = readBundles(ROOT)?.functions ?? {};
  expect(Object.fromEntries(BUILT_AGAIN.map((name) => [name, ran[name]]))).toEqual(
    Object.fromEntries(again.map(({ name, hashes }) => [name, hashes])),
  );
});

describe('what a bundle cannot do on one machine', () => {
  it.each([
    [['--unlimited'], {}, 'leave --unlimited out'],
    [
      ['--no-sandbox'],
      { RICHPANEL_BASE_URL: 'http://127.0.0.1:9', RICHPANEL_API_KEY: 'key' },
      'leave --no-sandbox out',
    ],
    [[], { FRONTDESK_TIME_SCALE: '0.1' }, 'unset FRONTDESK_TIME_SCALE'],
    [[], { FRONTDESK_CONFIG: 'config/frontdesk.yaml' }, 'unset FRONTDESK_CONFIG'],
    [[], { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }, 'unset OPENAI_BASE_URL'],
  ])('%j with %j is refused with the cure', async (args, variables, cure) => {
    const run = promisify(execFile)(process.execPath, [START, '--bundled', '--memory', '--port-base', '0', ...args], {
      env: { PATH: process.env.PATH, ...variables },
    });
    await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(cure) });
  });
});

it('the entry of a bundled function is the handler that the stacks name', () => {
  for (const spec of topology.functions)
    expect(bundled(spec)).toEqual({ ...spec, entry: `dist/functions/${spec.name}/index.mjs` });
});
