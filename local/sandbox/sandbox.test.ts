/** The sandbox in this process, its seed data (§12.5), and what outlives it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Collection } from './model/collection.ts';
import type { OutgoingCall } from './ports.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { startSandboxServer } from './server.ts';
import { openSandboxStore } from './sqlite-store.ts';
import { TEST_CLOCK } from './testing.ts';

const KEY = { 'x-richpanel-key': 'sandbox-key' };

/** A sandbox without socket, timer or network. */
function quietSandbox(calls: OutgoingCall[] = []): Sandbox {
  const send = async (call: OutgoingCall) => {
    calls.push(call);
    return { status: 202 };
  };
  return createSandbox({
    options: { webhookUrl: 'http://127.0.0.1:4401/webhook', rateLimit: null },
    ports: { now: () => TEST_CLOCK, sleep: async () => undefined, send },
  });
}

const apiTicket = async (sandbox: Sandbox, number: number) => {
  const answer = await sandbox.handle({ method: 'GET', path: `/v1/tickets/number/${number}`, headers: KEY });
  return answer.status === 200 ? (JSON.parse(answer.body) as { ticket: Record<string, unknown> }).ticket : undefined;
};

describe('in this process', () => {
  it('answers requests as values and calls the webhook through its port', async () => {
    const calls: OutgoingCall[] = [];
    const sandbox = quietSandbox(calls);
    const receipt = await sandbox.customerWrites({ conversationId: 'c', text: 'x' });
    expect(receipt.webhooks).toEqual([{ status: 202, ms: 0 }]);
    expect(calls.map((call) => [call.method, call.url, call.timeoutMs])).toEqual([
      ['POST', 'http://127.0.0.1:4401/webhook', 5_000],
    ]);
    const answer = await sandbox.handle({ method: 'GET', path: '/v1/tickets/c', headers: KEY });
    expect(JSON.parse(answer.body)).toMatchObject({ ticket: { id: 'c' } });
  });

  it('says what the transport has to do', async () => {
    const sandbox = quietSandbox();
    const ask = (fault: string) =>
      sandbox.handle({
        method: 'GET',
        path: '/v1/tickets/number/20401',
        headers: { ...KEY, 'x-sandbox-fault': fault },
      });
    expect([(await ask('write_then_reset')).wire, (await ask('slow')).wire]).toEqual([
      { reset: true },
      { delayMs: 1_000 },
    ]);
  });

  it('takes a snapshot back, to the byte of every answer', async () => {
    const sandbox = quietSandbox();
    await sandbox.customerWrites({ conversationId: 'c', text: 'x', order: { orderId: '1' } });
    const other = quietSandbox();
    other.restore(sandbox.snapshot());
    expect(other.snapshot()).toEqual(sandbox.snapshot());
    const next = [await sandbox.customerWrites({ text: 'y' }), await other.customerWrites({ text: 'y' })];
    expect(next[1]).toEqual(next[0]);
  });
});

describe('seed data', () => {
  it('holds the 26 tickets by number, the imported one apart', async () => {
    const sandbox = quietSandbox();
    const numbers = sandbox.world.tickets.values().map((ticket) => ticket.number);
    expect(numbers).toEqual(Array.from({ length: 26 }, (_, index) => 20_401 + index));
    expect(await apiTicket(sandbox, 20_422)).toBeUndefined();
  });

  it('has the special cases of the table', async () => {
    const sandbox = quietSandbox();
    const [closed, answered, odd, bare, thread] = await Promise.all(
      [20_418, 20_419, 20_423, 20_424, 20_426].map((number) => apiTicket(sandbox, number)),
    );
    const comments = (ticket: Record<string, unknown> | undefined) =>
      (ticket?.comments ?? []) as Record<string, unknown>[];
    expect([closed?.status, comments(closed).at(-1)?.plain_body]).toEqual(['CLOSED', 'thanks']);
    expect(comments(answered).at(-1)).toMatchObject({ is_operator: true, author_id: 'usr_07' });
    expect(comments(odd)[0]?.plain_body).toContain('{{ticket.id}}');
    expect(comments(bare)[0]).toMatchObject({ plain_body: '', attachments: [{ type: 'image/jpeg' }] });
    const times = comments(thread).map((comment) => String(comment.created_at));
    expect([times.length, times.join() === [...times].sort().join()]).toEqual([120, false]);
    expect(String(thread?.updated_at) < ([...times].sort().at(-1) ?? '')).toBe(true);
  });

  it('uses invented addresses only', () => {
    const text = JSON.stringify(quietSandbox().snapshot());
    const hosts = [...text.matchAll(/@([a-z0-9.-]+)/gi), ...text.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map(
      (match) => match[1],
    );
    expect(hosts.filter((host) => !/\.(?:test|example)$/.test(host ?? ''))).toEqual([]);
    expect(hosts.length).toBeGreaterThan(50);
  });
});

describe('what outlives the process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tickets, orders, outbox, writes and running numbers survive kill -9 after the answer', async () => {
    const file = join(folder, 'sandbox.sqlite');
    const here = fileURLToPath(new URL('.', import.meta.url));
    const script = `
      import { createSandbox } from '${here}sandbox.ts';
      import { startSandboxServer } from '${here}server.ts';
      import { openSandboxStore } from '${here}sqlite-store.ts';
      const sandbox = createSandbox({ store: openSandboxStore(process.argv[1]) });
      console.log((await startSandboxServer({ sandbox, port: 0 })).url);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = String((await once(child.stdout, 'data'))[0]).trim();
    const put = (path: string, body: object) =>
      fetch(`${url}${path}`, { method: 'PUT', headers: KEY, body: JSON.stringify(body) });
    await fetch(`${url}/__sandbox/messages`, {
      method: 'POST',
      body: JSON.stringify({ conversationId: 'c', text: 'x', order: { orderId: '1' } }),
    });
    await put('/v1/tickets/c/add-tags', { tags: ['mw-processed'] });
    expect((await put('/v1/tickets/c/send-message', { body: 'reply', author_id: 'usr_bot_01' })).status).toBe(200);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const store = openSandboxStore(file);
    const again = createSandbox({ store });
    const ticket = again.ticket('c');
    expect(ticket?.comments.map((comment) => comment.body)).toEqual(['<div>x</div>', 'reply']);
    expect(again.outbox().map((entry) => entry.body)).toEqual(['reply']);
    expect(again.writes().map((entry) => entry.kind)).toEqual(['tags', 'message']);
    const link = await again.handle({ method: 'GET', path: '/v1/order/c', headers: KEY });
    expect(JSON.parse(link.body)).toEqual({ orderId: '1', appClientId: 'acme-store-1' });
    const next = await again.customerWrites({ text: 'y' });
    expect([next.ticketNumber, again.world.tickets.size]).toEqual([20_428, 28]);
    store.close();
  });

  it('a reset empties the file too', async () => {
    const file = join(folder, 'sandbox.sqlite');
    const store = openSandboxStore(file);
    const sandbox = createSandbox({ store });
    await sandbox.customerWrites({ conversationId: 'c', text: 'x' });
    sandbox.reset();
    store.close();
    const reopened = openSandboxStore(file);
    const again = createSandbox({ store: reopened });
    expect([again.ticket('c'), again.world.tickets.size]).toEqual([undefined, 26]);
    reopened.close();
  });
});

it('forgets its oldest rows in blocks', () => {
  const gone: string[] = [];
  const rows = new Collection<number>('rows', (_, id) => {
    if (!rows.has(id)) gone.push(id);
  });
  for (let row = 1; row <= 111; row += 1) {
    rows.put(`${row}`, row);
    rows.keepNewest(100);
    if (row === 110) expect([rows.size, gone]).toEqual([110, []]);
  }
  expect([rows.size, gone[0], gone.at(-1), rows.get('111')]).toEqual([100, '1', '11', 111]);
});

it('does not start in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await expect(startSandboxServer({ sandbox: quietSandbox(), port: 0 })).rejects.toThrow(/production/);
  vi.unstubAllEnvs();
});
