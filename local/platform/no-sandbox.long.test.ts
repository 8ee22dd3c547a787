/** `npm start -- --no-sandbox` as a process, against the sandbox posing as a real workspace (interfaces §1, issue 6). */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TENANT_ITEMS, type Tenant, writeTenantFile } from '../../config/tenant.ts';
import { frontdesk, frontdeskJson } from '../../operate/instance/testing.ts';
import { type Posing, posingWorkspace, REAL_KEY } from '../workspace/testing.ts';
import { StartProblem } from './problem.ts';
import type { ReadyObject } from './ready-file.ts';
import { ROOT } from './release.ts';
import { runStart } from './run-start.ts';

let home: string;
let posing: Posing | null = null;
const children: ChildProcess[] = [];
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-workspace-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
  }
  await posing?.close();
  posing = null;
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { RICHPANEL_API_KEY: _key, RICHPANEL_BASE_URL: _url, ...env } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'local/start.ts'), '--port-base', '0', ...args], {
    cwd: ROOT,
    env: { ...env, FRONTDESK_TENANT: join(home, 'tenant.yaml'), ...variables },
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return { said, ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) };
}

async function started(data: string, args: readonly string[], workspace: Posing) {
  const file = join(home, `${data}.ready.json`);
  const running = run(['--no-sandbox', '--data', join(home, data), '--ready-file', file, ...args], {
    RICHPANEL_API_KEY: REAL_KEY,
    RICHPANEL_BASE_URL: workspace.url,
  });
  await until(
    () => existsSync(file),
    () => running.said.err,
  );
  return { ...running, ready: JSON.parse(readFileSync(file, 'utf8')) as ReadyObject, data: join(home, data) };
}

async function until(test: () => boolean | Promise<boolean>, why: () => string = () => '', ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`waited too long ${why()}`);
    await sleep(100);
  }
}

type State = {
  paths: { conversationId: string; outcome: string | null; wouldSend: string | null; objections: string[] }[];
};

async function pathOf({ ready }: { ready: ReadyObject }, id: string): Promise<State['paths'][number] | undefined> {
  const response = await fetch(`${ready.consoleUrl}/state`, {
    headers: { authorization: `Bearer ${ready.consoleToken}` },
  });
  return ((await response.json()) as State).paths.find(
    ({ conversationId, outcome }) => conversationId === id && outcome !== null,
  );
}

const MUG = { channel: 'livechat', text: 'My mug arrived broken, the handle is smashed' };
const proven = (origin: string): Tenant => ({
  schema: 1,
  workspace: origin,
  answers: Object.fromEntries(TENANT_ITEMS.map((item) => [item, { answer: 'yes' }])) as Tenant['answers'],
});

const someProven = (origin: string): Tenant => ({
  ...proven(origin),
  answers: {
    ...proven(origin).answers,
    V8: { answer: 'inconclusive' },
    V9: { answer: 'no', parts: { email: 'yes', livechat: 'no' } },
  },
});

describe('what is refused, in one line and with exit code 2', () => {
  const WORKSPACE = { RICHPANEL_API_KEY: 'k', RICHPANEL_BASE_URL: 'http://127.0.0.1:9' };
  it.each([
    [['--no-sandbox'], {}, 'set RICHPANEL_API_KEY'],
    [
      ['--no-sandbox'],
      { ...WORKSPACE, RICHPANEL_BASE_URL: 'http://example.com' },
      'http:// is taken for this machine only',
    ],
    [['--no-sandbox'], { ...WORKSPACE, RICHPANEL_BASE_URL: 'https://example.com' }, 'https://api.richpanel.com'],
    [['--no-sandbox'], { ...WORKSPACE, RICHPANEL_BASE_URL: 'not an address' }, 'https://api.richpanel.com'],
    [['--no-sandbox', '--mode', 'auto'], WORKSPACE, 'belongs to a deployed stage'],
    [['--no-sandbox', '--mode', 'auto', '--allow-writes'], WORKSPACE, 'belongs to a deployed stage'],
    [['--no-sandbox', '--mode', 'route-only'], WORKSPACE, 'add --allow-writes'],
    [['--no-sandbox', '--traffic', '5'], WORKSPACE, '--traffic writes as invented customers'],
    [['--no-sandbox', '--unlimited'], WORKSPACE, 'would not keep the rate limit'],
    [['--poll', '60s'], {}, '--poll belongs to --no-sandbox'],
    [['--allow-writes'], {}, '--allow-writes belongs to --no-sandbox'],
  ])('%j %j', async (args, variables, line) => {
    const data = join(home, 'refused');
    const set = { RICHPANEL_API_KEY: undefined, RICHPANEL_BASE_URL: undefined, ...variables };
    for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
    const refusal = await runStart([...args, '--data', data, '--port-base', '0']).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartProblem);
    expect((refusal as StartProblem).message).toContain(line);
    expect((refusal as StartProblem).message).not.toContain('\n');
    expect(existsSync(data)).toBe(false);
  });

  it('a tenant file that somebody broke', async () => {
    const file = join(home, 'broken.yaml');
    writeFileSync(file, 'schema: 1\nanswers: <html>');
    const { ended, said } = run(['--no-sandbox', '--memory'], { ...WORKSPACE, FRONTDESK_TENANT: file });
    expect(await ended).toBe(2);
    expect(said.err).toMatch(/^frontdesk: config\/tenant.yaml: .*restore config\/tenant.yaml.*\n$/);
  });
});

describe('in shadow', () => {
  it('hears and looks, decides, reports with the gates and what is held back, and asks for nothing but GET', {
    timeout: 120_000,
  }, async () => {
    posing = await posingWorkspace({ seedData: false });
    writeTenantFile(join(home, 'tenant.yaml'), someProven(posing.url));
    await posing.sandbox.customerWrites({ ...MUG, conversationId: 'before', customer: { email: 'cy@example.test' } });
    const running = await started('shadow', ['--poll', '5s'], posing);
    // Nothing was heard of it: it was looked for.
    await until(async () => (await pathOf(running, 'before')) !== undefined);
    expect(running.said.out.split('\n').filter((line) => / stays /.test(line))).toEqual([
      expect.stringContaining('template_enabled/t_order_eta_no_tracking_verified stays false'),
      expect.stringMatching(/auto_close_enabled stays false: .*\(V8\)/),
      expect.stringMatching(/automation_enabled_channels stays email: .*\(V9\)/),
    ]);
    expect(running.ready).toMatchObject({ richpanelUrl: posing.url, richpanelKey: '', sandbox: false });
    posing.sandbox.setWebhook(running.ready.webhookUrl, running.ready.webhookToken, running.ready.webhookHeader);
    await posing.sandbox.customerWrites({ ...MUG, conversationId: 'conv-1', customer: { email: 'ann@example.test' } });
    await until(async () => (await pathOf(running, 'conv-1')) !== undefined);
    const path = await pathOf(running, 'conv-1');
    expect(path).toMatchObject({ outcome: 'suppressed', wouldSend: 't_damaged_item_intake' });
    expect(path?.objections.join()).toContain('G27');

    // Whatever somebody sets: nothing but GET can leave.
    for (const [flag, value] of [
      ['shadow_mode', 'false'],
      ['richpanel_read_only', 'false'],
      ['automation_enabled', 'true'],
      ['outbound_enabled', 'true'],
      ['automation_enabled_channels', 'livechat,email'],
    ] as const) {
      const set = await frontdeskJson(running.data, 'flags', 'set', flag, value, '--reason', 'test of the lock');
      expect(set.code).toBe(0);
    }
    await posing.sandbox.customerWrites({ ...MUG, conversationId: 'conv-2', customer: { email: 'bob@example.test' } });
    await until(() => posing?.asked.some((line) => line.includes('/tickets/conv-2')) ?? false);
    await sleep(3_000);
    expect(posing.writes).toEqual([]);
    expect(posing.sandbox.outbox()).toEqual([]);

    const report = await frontdeskJson(running.data, 'tenant', 'report');
    expect(report.code).toBe(0);
    expect(report.value.rows).toContainEqual(
      expect.objectContaining({ conversationId: 'conv-1', wouldReply: 't_damaged_item_intake', team: 'Returns Admin' }),
    );
    const status = await frontdeskJson(running.data, 'status');
    expect(status.value).toMatchObject({ workspace: posing.url, lastReplyAt: null });
    expect(status.value.flags).toMatchObject({ tier2_enabled: true, auto_close_enabled: false });
    const say = await frontdesk(running.data, 'say', 'hello');
    expect(say).toMatchObject({ code: 1, err: expect.stringContaining('works for a real workspace') });
    expect(posing.asked.some((line) => line.includes('__sandbox'))).toBe(false);
  });
});

it('route-only writes tags with --allow-writes, and no word to a customer whatever is set', {
  timeout: 120_000,
}, async () => {
  posing = await posingWorkspace({ seedData: false }, { allowsWrites: true });
  writeTenantFile(join(home, 'tenant.yaml'), proven(posing.url));
  const running = await started('route', ['--mode', 'route-only', '--allow-writes', '--poll', '5s'], posing);
  for (const flag of ['automation_enabled', 'outbound_enabled'])
    expect((await frontdeskJson(running.data, 'flags', 'set', flag, 'true', '--reason', 'test of the lock')).code).toBe(
      0,
    );
  await posing.sandbox.customerWrites({ ...MUG, conversationId: 'routed', customer: { email: 'ann@example.test' } });
  await until(() => posing?.sandbox.ticket('routed')?.tags?.length !== 0 && (posing?.writes.length ?? 0) > 0);
  await sleep(2_000);
  expect(posing.writes.length).toBeGreaterThan(0);
  expect(posing.writes.every((line) => /^PUT \/v1\/tickets\/routed\/(add|remove)-tags$/.test(line))).toBe(true);
  expect(posing.sandbox.outbox()).toEqual([]);
  rmSync(join(home, 'tenant.yaml'));
});
