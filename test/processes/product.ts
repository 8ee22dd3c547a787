/** The product as a process of its own in its own group: started, frozen, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../local/platform/ready-file.ts';
import { ROOT } from '../../local/platform/release.ts';

/**
 * Of the two processes of the product, `parent` is the supervisor (endpoint, bus, queues, helpdesk sandbox and webhook door live
 * in it) and `host` runs the functions; `all` is the whole process group.
 */
export type Victim = 'all' | 'parent' | 'host';

export type Product = {
  readonly ready: ReadyObject;
  /** Epoch milliseconds at which the ready file was seen. */
  readonly readyAt: number;
  readonly startMs: number;
  /** Stops every process of the group where it stands, and lets it run on. */
  freeze(): void;
  thaw(): void;
  /**
   * SIGKILL; resolves when the supervisor is gone, or when it has started another function host in place of the killed one.
   * What is left of the group runs on.
   */
  kill(victim: Victim): Promise<void>;
  /** Processes of the group that are still there. */
  survivors(): number[];
  stop(): Promise<void>;
};

const START_WITHIN_MS = 60_000;
const POLL_MS = 20;

/** Every group that was started here. */
const groups = new Set<number>();

/** Leaves nothing behind, frozen or running; for a run that is given up. */
export function killEverything(): void {
  for (const pid of [...groups].flatMap(membersOf)) process.kill(pid, 'SIGKILL');
}

/**
 * `npm start` without its npm, on the given folder and ports; throws what it printed when it does not get ready.
 *
 * @param environment  beside that of this process, `FRONTDESK_TIME_SCALE` for one
 * @param more  further options of `npm start`, and who is told what it prints
 */
export async function startProduct(
  data: string,
  portBase: number,
  environment: Readonly<Record<string, string>> = {},
  more: { readonly args?: readonly string[]; readonly tell?: (text: string) => void } = {},
): Promise<Product> {
  const readyFile = `${data}.ready.json`;
  rmSync(readyFile, { force: true });
  const began = performance.now();
  const options = ['--data', data, '--port-base', String(portBase), '--ready-file', readyFile];
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/launch.js'), 'local/start.ts', ...options, '--unlimited', '--traffic', '0', ...(more.args ?? [])],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, ...environment } },
  );
  const told = hear(child, more.tell);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const group = child.pid;
  if (group === undefined) throw new Error('the product did not start');
  groups.add(group);
  while (!existsSync(readyFile)) {
    const isGone = child.exitCode !== null || child.signalCode !== null;
    if (isGone || performance.now() - began > START_WITHIN_MS) {
      if (!isGone) process.kill(-group, 'SIGKILL');
      throw new Error(`the product did not get ready:\n${told()}`);
    }
    await sleep(POLL_MS);
  }
  return {
    ready: JSON.parse(readFileSync(readyFile, 'utf8')) as ReadyObject,
    readyAt: Date.now(),
    startMs: performance.now() - began,
    freeze: () => void process.kill(-group, 'SIGSTOP'),
    thaw: () => void process.kill(-group, 'SIGCONT'),
    async kill(victim) {
      if (victim === 'host') return killHost(group);
      process.kill(victim === 'all' ? -group : group, 'SIGKILL');
      // Who was frozen with it and is to live on.
      if (victim === 'parent') process.kill(-group, 'SIGCONT');
      await gone;
    },
    survivors: () => membersOf(group),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The function host is the only other member of its supervisor's group. */
const hostOf = (group: number): number | undefined => membersOf(group).find((pid) => pid !== group);

async function killHost(group: number): Promise<void> {
  const host = hostOf(group);
  // It may be on its way back from its last end.
  if (host !== undefined) process.kill(host, 'SIGKILL');
  // Who was frozen with it starts the next.
  process.kill(-group, 'SIGCONT');
  const until = performance.now() + START_WITHIN_MS;
  while ((hostOf(group) ?? host) === host) {
    if (performance.now() > until) throw new Error('no other function host was started');
    await sleep(POLL_MS);
  }
}

/** The last of what it printed, should it fail. */
function hear(child: ChildProcess, tell: (text: string) => void = () => {}): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-4_000);
      tell(chunk);
    });
  return () => text;
}

/** Living processes of a group, from /proc; those that only wait to be buried are not among them. */
function membersOf(group: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [state, , pgrp] = statOf(pid);
      return Number(pgrp) === group && state !== 'Z' && state !== 'X';
    });
}

/** Fields 3 and following of /proc/<pid>/stat; none for a process that is gone. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Four free ports in a row below those that the system hands out by itself, so that a restart finds them again. */
export async function freePortBase(random: () => number): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(random() * 3_000) * 4;
    const isFree = await Promise.all([0, 1, 2, 3].map((offset) => canListen(base + offset)));
    if (isFree.every(Boolean)) return base;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
