/** The main job as a process: interfaces §1 and §2 (lost and settled), issue 1 (Done when), protocols §2. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadyObject } from './platform/ready-file.ts';

const START = fileURLToPath(new URL('./start.ts', import.meta.url));
const MESSAGE = {
  channel: 'livechat',
  text: 'My mug arrived broken, the handle is smashed',
  customer: { firstName: 'Ann', email: 'ann@example.test' },
};

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'frontdesk-start-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Running = { child: ChildProcess; ready: ReadyObject; ended: Promise<number | null> };

function run(args: readonly string[]): { child: ChildProcess; ended: Promise<number | null>; stderr: () => string } {
  const child = spawn(process.execPath, [START, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)), stderr: () => stderr };
}

async function start(data: string): Promise<Running> {
  const readyFile = join(home, 'ready.json');
  const { child, ended } = run([
    '--port-base',
    '0',
    '--data',
    data,
    '--ready-file',
    readyFile,
    '--traffic',
    '0',
    '--unlimited',
  ]);
  await until(() => existsSync(readyFile) && JSON.parse(readFileSync(readyFile, 'utf8')).pid === child.pid);
  return { child, ended, ready: JSON.parse(readFileSync(readyFile, 'utf8')) };
}

async function until(test: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await test())) {
    if (performance.now() > end) throw new Error('waited too long');
    await sleep(100);
  }
}

async function write(
  { ready }: Running,
  message: object = MESSAGE,
): Promise<{ conversationId: string; webhooks: { status: number }[] }> {
  const response = await fetch(`${ready.richpanelUrl}/__sandbox/messages`, {
    method: 'POST',
    body: JSON.stringify(message),
  });
  return (await response.json()) as { conversationId: string; webhooks: { status: number }[] };
}

const MESSAGES = 8;
/** Conversations whose first message was answered with 200. */
async function acceptMessages(running: Running, name: string): Promise<string[]> {
  const accepted = await Promise.all(
    Array.from({ length: MESSAGES }, (_, index) =>
      write(running, {
        ...MESSAGE,
        conversationId: `${name}-${index}`,
        customer: { email: `${name}-${index}@example.test` },
      }),
    ),
  );
  const ids = accepted
    .filter(({ webhooks }) => webhooks[0]?.status === 200)
    .map(({ conversationId }) => conversationId);
  expect(ids).not.toEqual([]);
  return ids;
}

/** The function host is the only child of an instance. */
function childOf(pid: number | undefined): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n');
  const [child] = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, parent, name]) => parent === String(pid) && name !== 'ps');
  return Number(child?.[0]);
}

type State = { counters: { settled: number }; paths: { conversationId: string; outcome: string | null }[] };

async function state({ ready }: Running): Promise<State> {
  const response = await fetch(`${ready.consoleUrl}/state`, {
    headers: { authorization: `Bearer ${ready.consoleToken}` },
  });
  return (await response.json()) as State;
}

async function outbox({ ready }: Running): Promise<{ ticketId: string; body: string }[]> {
  return (await (await fetch(`${ready.richpanelUrl}/__sandbox/outbox`)).json()) as { ticketId: string; body: string }[];
}

/** From the ledger itself: what settled just before the end was told to nobody. */
async function settledConversations({ ready }: Running): Promise<string[]> {
  const response = await fetch(ready.awsEndpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
    body: JSON.stringify({
      TableName: 'frontdesk_local_idempotency',
      FilterExpression: '#status = :settled',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':settled': { S: 'SETTLED' } },
    }),
  });
  const { Items } = (await response.json()) as { Items: { conversation_id: { S: string } }[] };
  return Items.map((item) => item.conversation_id.S);
}

async function expectNobodyAnsweredTwice(running: Running): Promise<void> {
  const answered = (await outbox(running)).map(({ ticketId }) => ticketId);
  expect(new Set(answered).size).toBe(answered.length);
}

describe('npm start', () => {
  let data: string;
  /** The second start on one folder; what follows is done to it. */
  let second: Running;
  beforeAll(() => {
    data = join(home, 'data');
  });

  it('answers a customer, refuses a second instance, stops cleanly and remembers', { timeout: 120_000 }, async () => {
    const first = await start(data);
    expect(first.ready).toMatchObject({
      schema: 1,
      webhookHeader: 'x-richpanel-webhook-token',
      accountId: '000000000000',
      region: 'us-east-2',
      busName: 'frontdesk-local',
      dataDir: data,
    });
    expect(statSync(join(home, 'ready.json')).mode & 0o777).toBe(0o600);

    const { conversationId, webhooks } = await write(first);
    expect(webhooks.map(({ status }) => status)).toEqual([200]);
    await until(async () =>
      (await state(first)).paths.some((path) => path.conversationId === conversationId && path.outcome === 'replied'),
    );
    expect(await outbox(first)).toHaveLength(1);

    const refused = run(['--port-base', '0', '--data', data]);
    expect(await refused.ended).toBe(2);
    expect(refused.stderr()).toContain(`is in use by process ${first.child.pid}`);

    const stoppedAt = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    expect([existsSync(join(home, 'ready.json')), existsSync(join(data, 'lock'))]).toEqual([false, false]);

    second = await start(data);
    expect((await outbox(second)).map(({ ticketId }) => ticketId)).toEqual([conversationId]);
    expect(second.ready.webhookToken).toBe(first.ready.webhookToken);
  });

  it('settles what it had accepted after kill -9 of the function host alone', { timeout: 180_000 }, async () => {
    const ids = await acceptMessages(second, 'host');
    const host = childOf(second.child.pid);
    process.kill(host, 'SIGKILL');
    // Interfaces §2: everything accepted settles within 60 s of the return.
    await until(async () => {
      const settled = await settledConversations(second);
      return ids.every((id) => settled.includes(id));
    });
    expect(childOf(second.child.pid)).not.toBe(host);
    await expectNobodyAnsweredTwice(second);
  });

  it('settles after kill -9 what it had accepted, and answers each customer at most once', {
    timeout: 180_000,
  }, async () => {
    const ids = await acceptMessages(second, 'all');
    second.child.kill('SIGKILL');
    await second.ended;

    const third = await start(data);
    await until(async () => {
      const settled = await settledConversations(third);
      return ids.every((id) => settled.includes(id));
    });
    await expectNobodyAnsweredTwice(third);
    third.child.kill('SIGTERM');
    await third.ended;
  });

  it.each(['aws.sqlite', 'richpanel.sqlite', 'dynamodb'])(
    'refuses a folder whose %s is not what it should be',
    async (name) => {
      const data = join(home, `broken-${name}`);
      mkdirSync(data);
      writeFileSync(join(data, 'version'), '0.1.0\n');
      writeFileSync(join(data, name), 'no database at all, whatever its name says');
      const broken = run(['--port-base', '0', '--data', data]);
      expect(await broken.ended).toBe(2);
      expect(broken.stderr()).toMatch(/^frontdesk: --data \S+ holds state that cannot be opened .*restore a copy.*\n$/);
      expect(existsSync(join(data, 'lock'))).toBe(false);
    },
  );
});
