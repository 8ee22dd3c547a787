/** `tenant verify` and `connect richpanel` as processes, against the sandbox posing as a real workspace (replies §8, issue 6). */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readTenantFile, TENANT_ITEMS, type Tenant } from '../../config/tenant.ts';
import { ROOT } from '../../local/platform/release.ts';
import type { Sandbox } from '../../local/sandbox/sandbox.ts';
import { type Posing, posingWorkspace, REAL_KEY } from '../../local/workspace/testing.ts';
import { runCommandLine } from '../command-line.ts';
import { WEBHOOK_BODY } from './guide.ts';
import { HARD_TEXT, PROBE_HEADER, PROBE_TAG, PROBE_TOKEN, PROBES } from './probes.ts';

let home: string;
let file: string;
let posing: Posing | null = null;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-tenant-'));
});
afterEach(async () => {
  await posing?.close();
  posing = null;
  rmSync(file, { force: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Of the tool's own waits: the workspace is on this machine. */
const TIME_SCALE = 0.1;
const FRONTDESK_TIME_SCALE = String(TIME_SCALE);

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

function frontdesk(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  file = join(home, 'tenant.yaml');
  const { RICHPANEL_API_KEY: _key, RICHPANEL_BASE_URL: _url, ...env } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'bin/frontdesk.js'), '--data', join(home, 'none'), ...args], {
    cwd: ROOT,
    env: {
      ...env,
      FRONTDESK_TENANT: file,
      FRONTDESK_TIME_SCALE,
      RICHPANEL_API_KEY: REAL_KEY,
      ...(posing !== null && { RICHPANEL_BASE_URL: posing.url }),
      ...variables,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Without a process, for what is refused at once. */
async function inProcess(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  file = join(home, 'tenant.yaml');
  const said = { out: '', err: '' };
  const code = await runCommandLine(['--data', join(home, 'none'), ...args], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    variables: {
      FRONTDESK_TENANT: file,
      FRONTDESK_TIME_SCALE,
      RICHPANEL_API_KEY: REAL_KEY,
      ...(posing !== null && { RICHPANEL_BASE_URL: posing.url }),
      ...variables,
    },
  });
  return { code, ...said };
}

function written(): Tenant {
  const read = readTenantFile(file);
  if (!read.ok) throw new Error(read.problem);
  return read.tenant;
}

describe('reading only', () => {
  it('answers what the sample shows, leaves the rest open, writes no word about a person', {
    timeout: 60_000,
  }, async () => {
    posing = await posingWorkspace();
    const { code, out } = await frontdesk(['tenant', 'verify', '--sample', '12', '--json'], {
      RICHPANEL_BOT_AGENT_ID: 'usr_bot_01',
    });
    expect(code).toBe(0);
    const value = JSON.parse(out);
    expect(Object.keys(value.answers)).toEqual(TENANT_ITEMS);
    expect(value.answers).toMatchObject({
      V1: { answer: 'inconclusive', why: 'needs_webhook' },
      // Ticket 20413 is linked to another customer's order (reference §12.5).
      V6: { answer: 'no', why: 'wrong_link', evidence: { tickets: 12, wrong: 1 } },
      V8: { answer: 'inconclusive', why: 'needs_writes' },
      V12: { answer: 'yes' },
      V14: { answer: 'inconclusive', why: 'too_few' },
      V15: { answer: 'inconclusive', why: 'needs_writes' },
    });
    expect(value.held.map(({ flag }: { flag: string }) => flag)).toContain('tier2_enabled');
    expect(written()).toMatchObject({ workspace: posing.url, answers: value.answers });
    const text = readFileSync(file, 'utf8');
    for (const ticket of posing.sandbox.world.tickets.values()) expect(text).not.toContain(ticket.id);
    expect(text).not.toMatch(/@|Nora|Field/);
    expect(posing.writes).toEqual([]);
  });

  it('is told so where the key may not list, and looks at named tickets instead', { timeout: 60_000 }, async () => {
    posing = await posingWorkspace();
    const denied = { RICHPANEL_API_KEY: posing.sandbox.options.listDeniedKey };
    expect((await inProcess(['tenant', 'verify'], denied)).code).toBe(0);
    expect(written().answers).toMatchObject({
      V6: { why: 'list_denied' },
      V7: { why: 'list_denied' },
      V12: { answer: 'yes' },
    });
    expect((await inProcess(['tenant', 'verify', '--tickets', '20401, 20402,20499'], denied)).code).toBe(0);
    expect(written().answers.V6).toMatchObject({ why: 'too_few', evidence: { tickets: 2, linked: 2 } });
    expect(posing.writes).toEqual([]);
  });

  it.each([
    ['wrong key', { RICHPANEL_API_KEY: 'wrong' }, null, 'the workspace refuses the key (401)'],
    ['403 everywhere', {}, { status: 403, body: '{"message":"Forbidden"}' }, 'refuses the key everywhere (403)'],
    ['HTML', {}, { status: 200, type: 'text/html', body: '<html>log in</html>' }, 'not as Richpanel’s API does'],
    ['nothing of ours', {}, { status: 404, body: '' }, 'knows none of the API’s routes'],
    ['its own errors', {}, { status: 503, body: '<html>busy</html>' }, 'errors of its own (5xx)'],
  ] as const)('refuses and writes nothing down: %s', { timeout: 60_000 }, async (_what, variables, answer, line) => {
    posing = await posingWorkspace({}, { answer: () => answer });
    const ran = await inProcess(['tenant', 'verify', '--json'], variables);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out).error).toMatchObject({
      message: expect.stringContaining(line),
      cure: expect.any(String),
    });
    expect(ran.out + ran.err).not.toContain(REAL_KEY);
    expect([existsSync(file), posing.writes]).toEqual([false, []]);
  });

  it.each([
    [['tenant', 'verify'], { RICHPANEL_API_KEY: '' }, 'a real workspace needs a key'],
    [['connect', 'richpanel'], { RICHPANEL_BASE_URL: 'http://example.com' }, 'RICHPANEL_BASE_URL is no address'],
    [['tenant', 'verify', '--allow-writes'], {}, '--allow-writes wants a test ticket'],
    [['tenant', 'verify', '--ticket', '20401'], {}, '--ticket names a ticket to write to'],
    [['tenant', 'verify', '--sample', 'all'], {}, '--sample takes a whole number'],
    [['connect', 'richpanel', '--public-url', 'http://x.example'], {}, '--public-url is no https address'],
  ])('is wrong usage, exit code 2: %j %j', async (args, variables, line) => {
    const ran = await inProcess(args, variables);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(`frontdesk: ${line}`);
    expect(existsSync(file)).toBe(false);
  });
});

it('connects: key, answers, what to paste, first shadow report, and GET only', { timeout: 120_000 }, async () => {
  posing = await posingWorkspace();
  const args = [
    'connect',
    'richpanel',
    '--sample',
    '6',
    '--shadow',
    '4',
    '--public-url',
    'https://hooks.example.com',
    '--json',
  ];
  const { code, out } = await frontdesk(args);
  expect(code).toBe(0);
  const value = JSON.parse(out);
  expect(value).toMatchObject({ workspace: posing.url, key: 'accepted', lists: 'allowed' });
  expect(value.setup.httpTarget).toEqual({
    method: 'POST',
    url: 'https://hooks.example.com/webhook',
    contentType: 'application/json',
    header: 'x-richpanel-webhook-token',
    token: null,
    body: '{ "schema_version": 1, "ticket_id": "{{ticket.id}}", "ticket_url": "{{ticket.url}}", "trigger": "customer_message" }',
  });
  expect([...WEBHOOK_BODY.matchAll(/\{\{(.+?)\}\}/g)].map(([, name]) => name)).toEqual(['ticket.id', 'ticket.url']);
  expect(value.shadowReport).toMatchObject({ messages: 4, wouldRoute: 4 });
  for (const row of value.shadowReport.rows)
    expect(row).toMatchObject({ ticket: expect.any(Number), outcome: 'suppressed' });
  expect(posing.writes).toEqual([]);
  expect(existsSync(join(home, 'none'))).toBe(false);
});

describe('with test tickets and test rules', () => {
  /** Answers as the customer with the codes that the customer can see, once our message is there. */
  async function customerOf(sandbox: Sandbox, id: string, seesNotes: boolean, until: Promise<unknown>): Promise<void> {
    let isOver = false;
    void until.then(() => {
      isOver = true;
    });
    while (!isOver) {
      const comments = sandbox.ticket(id)?.comments ?? [];
      const codes = (isPublic: boolean): string[] =>
        comments
          .filter((one) => (one.public !== false) === isPublic)
          .flatMap(({ body }) => body.match(/FD-\d{6}/g) ?? []);
      if (codes(true).length > 0 && sandbox.ticket(id)?.status === 'CLOSED' && isReadBack(id)) {
        // One after the other, as people write.
        for (const text of [...codes(true), ...(seesNotes ? codes(false) : [])]) {
          await sandbox.customerWrites({ conversationId: id, channel: channelOf(id), text });
          await sleep(500 * TIME_SCALE);
        }
        return;
      }
      await sleep(100);
    }
  }
  /** Whether the closing was seen: who answers sooner proves nothing. */
  const isReadBack = (id: string): boolean => {
    const last = (line: string): number => posing?.asked.lastIndexOf(line) ?? -1;
    return last(`GET /v1/tickets/${id}`) > last(`PUT /v1/tickets/${id}`);
  };
  const channelOf = (id: string): string => (id === 'mail' ? 'email' : 'livechat');

  function testRules(sandbox: Sandbox, port: number): void {
    const on = ['conversation_created', 'customer_message'] as const;
    sandbox.automation.targets = PROBES.map(({ name, body }) => ({
      id: name,
      method: 'POST',
      url: `http://127.0.0.1:${port}/probe`,
      headers: { [PROBE_HEADER]: PROBE_TOKEN },
      contentType: 'application/json',
      body,
    }));
    const rule = (name: string, family: 'tagging' | 'assignment', more: object = {}) => ({
      id: name,
      family,
      on: [...on],
      when: [],
      do: [{ type: 'http_target' as const, target: name }],
      skipSubsequent: false,
      ...more,
    });
    sandbox.automation.rules = [
      rule('first', 'assignment', { skipSubsequent: true }),
      rule('second', 'assignment'),
      rule('tagging', 'tagging'),
      rule('text', 'tagging'),
      rule('untagged', 'tagging', { when: [{ type: 'tags_not_contain', value: PROBE_TAG }] }),
    ];
  }

  async function run(options: Parameters<typeof posingWorkspace>[0], seesNotes = false) {
    posing = await posingWorkspace({ seedData: false, ...options }, { allowsWrites: true });
    const { sandbox } = posing;
    const port = await freePort();
    testRules(sandbox, port);
    for (const [id, email] of [
      ['mail', 'ann@example.test'],
      ['chat', 'bob@example.test'],
      ['tagged', 'cy@example.test'],
    ] as const)
      await sandbox.customerWrites({ conversationId: id, channel: channelOf(id), text: 'test', customer: { email } });
    await sandbox.agentActs({ conversationId: 'mail', text: 'An agent looks' });
    const ran = frontdesk(
      [
        'tenant',
        'verify',
        '--allow-writes',
        '--ticket',
        'mail',
        '--ticket',
        'chat',
        '--wait',
        '20',
        '--listen',
        '6',
        '--listen-port',
        String(port),
        '--json',
      ],
      { RICHPANEL_BOT_AGENT_ID: 'usr_bot_01' },
    );
    const customers = ['mail', 'chat'].map((id) => customerOf(sandbox, id, seesNotes, ran));
    await Promise.all(customers);
    await sandbox.handle({
      method: 'PUT',
      path: '/v1/tickets/tagged/add-tags',
      headers: { 'x-richpanel-key': REAL_KEY },
      body: JSON.stringify({ tags: [PROBE_TAG] }),
    });
    await sandbox.customerWrites({ conversationId: 'tagged', channel: 'livechat', text: 'once more' });
    await sandbox.customerWrites({ conversationId: 'mail', channel: 'email', text: HARD_TEXT });
    const { code, out } = await ran;
    expect(code).toBe(0);
    return { answers: JSON.parse(out).answers, writes: posing.writes };
  }

  it('proves what holds, and writes to the named tickets alone', { timeout: 90_000 }, async () => {
    const { answers, writes } = await run({ escape: 'json' });
    expect(answers).toMatchObject({
      V1: { answer: 'yes' },
      V2: { answer: 'yes' },
      V3: { answer: 'yes' },
      V4: { answer: 'yes' },
      V5: { answer: 'yes' },
      V8: { answer: 'yes', parts: { email: 'yes', livechat: 'yes' } },
      V9: { answer: 'yes' },
      V10: { answer: 'yes' },
      V11: { answer: 'yes' },
      V15: { answer: 'yes' },
    });
    expect(writes.filter((line) => !/^PUT \/v1\/tickets\/(mail|chat)(\/[a-z-]+)?$/.test(line))).toEqual([]);
    // A later look that asks less takes nothing back.
    const again = await inProcess(['tenant', 'verify', '--json']);
    expect(JSON.parse(again.out).answers).toMatchObject({ V8: answers.V8, V15: answers.V15, V1: answers.V1 });
  });

  it('finds out what does not hold', { timeout: 90_000 }, async () => {
    const { answers } = await run(
      { escape: 'none', replyReopens: false, autoCreateTags: false, operatorFlag: 'absent' },
      true,
    );
    expect(answers).toMatchObject({
      V4: { answer: 'no', why: 'body_broken' },
      V8: { answer: 'no' },
      V11: { answer: 'no' },
      V15: { answer: 'no', parts: { email: 'no', livechat: 'no' } },
    });
    expect(answers.V14.answer).not.toBe('yes');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
