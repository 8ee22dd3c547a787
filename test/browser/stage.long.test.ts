/** The console of a deployed stage, behind a sign-in: the endpoint of one machine stands for AWS, the browser’s headers for the proxy’s. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, seen } from './browser.ts';
import { type Running, startFrontdesk } from './instance.ts';
import { customerWrites } from './sandbox.ts';

const COMMAND = new URL('../../bin/frontdesk.js', import.meta.url).pathname;
const SECRET = 'a-secret-that-proxy-and-console-share';
const SIGNED_IN = { 'x-frontdesk-sign-in': SECRET, 'x-auth-request-email': 'alex@example.com' };

let browser: Browser;
let frontdesk: Running;
let folder: string;
let desk: ChildProcess;
let url = '';
beforeAll(async () => {
  [browser, frontdesk] = await Promise.all([launchBrowser(), startFrontdesk()]);
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-stage-'));
  const file = join(folder, 'secret');
  writeFileSync(file, `${SECRET}\n`, { mode: 0o600 });
  const words = ['--target', 'aws', '--stage', 'local', 'console', '--port', '0'];
  const signIn = ['--sign-in-header', 'X-Auth-Request-Email', '--sign-in-secret-file', file];
  desk = spawn(process.execPath, [COMMAND, ...words, ...signIn], {
    env: {
      ...process.env,
      ...{ AWS_ENDPOINT_URL: frontdesk.ready.awsEndpoint, AWS_REGION: frontdesk.ready.region },
      ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    },
  });
  let said = '';
  for (const stream of [desk.stdout, desk.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (url === '') {
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
    if (desk.exitCode !== null) throw new Error(`the console did not start:\n${said}`);
    await delay(50);
  }
}, 90_000);
afterAll(async () => {
  desk?.kill('SIGTERM');
  await browser?.close();
  await frontdesk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the console of a stage', { timeout: 90_000 }, () => {
  it('lets nobody in past the sign-in', async () => {
    for (const headers of [{}, { ...SIGNED_IN, 'x-frontdesk-sign-in': 'guessed' }])
      for (const path of ['/', '/api/status', '/stream'])
        expect((await fetch(`${url}${path}`, { headers })).status).toBe(401);
  });

  it('shows who signed in why a ticket got its reply, and leaves out the pages that a stage cannot answer', async () => {
    const { conversationId } = await customerWrites(frontdesk.ready, { text: 'My mug arrived broken' });
    const context = await browser.newContext({ extraHTTPHeaders: SIGNED_IN });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(url);
    await page.getByText('nothing comes by itself from a stage', { exact: false }).waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages' });
    expect(await seen(pages)).not.toMatch(/Live|Try it|Cost and health/);

    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: conversationId }) });
    await row.getByText('replied', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: conversationId }).click();
    const answer = page.getByRole('region', { name: 'The answer' });
    await answer.getByText('Replied with t_damaged_item_intake because every gate agreed', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('writes who signed in into the history of switches', async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${url}/api/${path}`, { ...init, headers: { ...SIGNED_IN, 'content-type': 'application/json' } });
    const body = JSON.stringify({ level: 'automation', reason: 'a drill of the sign-in' });
    expect((await ask('stop', { method: 'POST', body })).status).toBe(202);
    for (let state = 'running'; state === 'running'; await delay(200)) {
      const [job] = (await (await ask('jobs')).json()) as { state: string }[];
      state = job?.state ?? 'failed';
      expect(['running', 'done']).toContain(state);
    }
    const status = (await (
      await fetch(`${frontdesk.url}/api/status`, { headers: { authorization: `Bearer ${frontdesk.token}` } })
    ).json()) as {
      stops: readonly { by: string; reason: string }[];
    };
    expect(status.stops).toMatchObject([{ by: 'alex@example.com', reason: 'a drill of the sign-in' }]);

    const page = await (await browser.newContext({ extraHTTPHeaders: SIGNED_IN })).newPage();
    await page.goto(url);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Switches' }).click();
    await page.getByRole('heading', { level: 1, name: 'Switches' }).waitFor();
    await page.getByText('alex@example.com').first().waitFor();
    await page.getByText('a drill of the sign-in').first().waitFor();
  });

  it('refuses what only the instance on this machine can do', async () => {
    const answer = await fetch(`${url}/api/health`, { headers: SIGNED_IN });
    expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'not_for_a_stage' } }]);
  });
});
