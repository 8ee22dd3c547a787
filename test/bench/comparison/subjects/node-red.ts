/** Node-RED with the flow beside it, and a helpdesk sandbox in a process of its own. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOT_SEAT } from '../../../../local/platform/furnish.ts';
import { type Helpdesk, helpdeskAt, webhookBody } from '../../load/helpdesk.ts';
import { send } from '../../load/post.ts';
import { nodeRedScript } from '../node-red/install.ts';
import type { Running, Subject } from './subject.ts';

const FLOW = join(dirname(import.meta.dirname), 'node-red');
const TOKEN_HEADER = 'x-richpanel-webhook-token';
const READY_MS = 60_000;

type Shop = { readonly helpdesk: Helpdesk; readonly url: string; readonly key: string; readonly child: ChildProcess };
type Place = { readonly folder: string; readonly script: string; readonly token: string; readonly shop: Shop };

export function nodeRed(say: (line: string) => void): Subject {
  return {
    name: 'Node-RED',
    async start() {
      const script = nodeRedScript(say);
      const folder = mkdtempSync(join(tmpdir(), 'frontdesk-node-red-'));
      // Node-RED writes beside its flow file.
      for (const file of ['flow.json', 'settings.cjs']) cpSync(join(FLOW, file), join(folder, file));
      return run({ folder, script, token: randomBytes(16).toString('hex'), shop: await openShop(folder) });
    },
  };
}

async function openShop(folder: string): Promise<Shop> {
  const key = randomBytes(16).toString('hex');
  const child = fork(join(FLOW, 'sandbox-process.ts'), [join(folder, 'richpanel.sqlite'), key], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', () => reject(new Error('the sandbox did not start')));
  });
  return { helpdesk: helpdeskAt(url), url, key, child };
}

async function run(place: Place): Promise<Running> {
  const { folder, script, token, shop } = place;
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [script, '--settings', join(folder, 'settings.cjs')], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PORT: String(port),
      NODE_RED_FOLDER: folder,
      FLOW_FILE: join(folder, 'flow.json'),
      INBOX_FILE: join(folder, 'inbox.jsonl'),
      DONE_FILE: join(folder, 'done.jsonl'),
      RICHPANEL_URL: shop.url,
      RICHPANEL_KEY: shop.key,
      BOT_AGENT_ID: BOT_SEAT,
      WEBHOOK_TOKEN: token,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  await isReady(child, origin);
  return {
    helpdesk: shop.helpdesk,
    async knock(written) {
      const { status } = await send('POST', `${origin}/webhook`, webhookBody(written), { [TOKEN_HEADER]: token });
      if (status !== 200) throw new Error(`a webhook was answered ${status}`);
    },
    async unfinished() {
      const done = new Set(linesOf(join(folder, 'done.jsonl')));
      const jobs = linesOf(join(folder, 'inbox.jsonl')).map(
        (line) => (JSON.parse(line) as { messageId: string }).messageId,
      );
      return jobs.filter((messageId) => !done.has(messageId)).length;
    },
    kill: () => end('SIGKILL'),
    restart: () => run(place),
    async stop() {
      await end('SIGTERM');
      shop.child.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(child: ChildProcess, origin: string): Promise<void> {
  const until = performance.now() + READY_MS;
  for (;;) {
    const answer = await send('GET', `${origin}/ready`).catch(() => null);
    if (answer?.status === 200) return;
    if (child.exitCode !== null || performance.now() > until) throw new Error('Node-RED did not start');
    await sleep(50);
  }
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
