import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPoster } from './poster.ts';
import type { Transition } from './standing.ts';

const SAID: Transition = {
  state: 'alarm',
  id: 'Q3',
  title: 'Dead letters',
  severity: 'high',
  signal: 'Dead letters (verify): one in a queue',
  value: 1,
  threshold: 1,
  runbook: 'docs/runbooks/R005.md',
  since: '2026-01-15T12:00:00.000Z',
};

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** Answers with these statuses in turn, the last one again and again; `null` never answers. */
async function listening(statuses: readonly (number | null)[]) {
  const heard: { method: string | undefined; type: string | undefined; body: unknown }[] = [];
  const listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const status = statuses[Math.min(heard.length, statuses.length - 1)];
      heard.push({ method: request.method, type: request.headers['content-type'], body: JSON.parse(text) });
      if (status === null || status === undefined) return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  server = listener;
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const troubles: string[] = [];
  const poster = createPoster(new URL(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook?secret=s3`), {
    onTrouble: (what) => troubles.push(what),
    retryMs: 10,
  });
  return { heard, troubles, poster };
}

describe('--alert-url', () => {
  it('gets every transition as JSON, in order', async () => {
    const { heard, poster, troubles } = await listening([200]);
    poster.post(SAID);
    poster.post({ ...SAID, state: 'ok' });
    await expect.poll(() => heard).toHaveLength(2);
    expect(heard).toEqual([
      { method: 'POST', type: 'application/json', body: SAID },
      { method: 'POST', type: 'application/json', body: { ...SAID, state: 'ok' } },
    ]);
    expect(troubles).toEqual([]);
  });

  it('is tried once more, and what it missed is said without the address', async () => {
    const { heard, poster, troubles } = await listening([500, 204, 500]);
    poster.post(SAID);
    await expect.poll(() => heard).toHaveLength(2);
    poster.post({ ...SAID, id: 'A4' });
    await expect.poll(() => troubles).toHaveLength(1);
    expect(heard).toHaveLength(4);
    expect(troubles).toEqual(['alarm A4 (alarm) could not be posted to --alert-url: status 500']);
  });

  it('follows no redirection', async () => {
    const { heard, poster, troubles } = await listening([302]);
    poster.post(SAID);
    await expect.poll(() => troubles).toHaveLength(1);
    expect(heard.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  it('holds nobody up when it never answers, and keeps a bounded number waiting', async () => {
    const { poster, troubles } = await listening([null]);
    const began = performance.now();
    for (let count = 0; count < 150; count += 1) poster.post(SAID);
    expect(performance.now() - began).toBeLessThan(200);
    // One is on its way, 100 wait.
    expect(troubles).toHaveLength(49);
    poster.stop();
  });
});
