/** A real browser without a window, spoken to over its debugging socket: enough to open one page and to ask it things. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Browser = {
  open(url: string): Promise<void>;
  /** Evaluates in the page and answers the value; throws what the page throws. */
  evaluate(expression: string): Promise<unknown>;
  /** Evaluates until it is true; throws after 10 s. */
  until(expression: string): Promise<void>;
  /** Addresses that the page asked for, and what the browser complained about. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  close(): Promise<void>;
};

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string }; readonly entry?: { readonly text: string } };
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
};

const WAIT_MS = 10_000;

/**
 * @param program  a Chromium.
 * @param more     further arguments
 */
export async function startBrowser(program: string, more: readonly string[] = []): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'frontdesk-browser-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      ...more,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /ws:\/\/(127\.0\.0\.1:\d+)\//.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error('the browser ended before it was ready')));
  });
  const targets = (await (await fetch(`http://${endpoint}/json/list`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const address = targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  if (address === undefined) throw new Error('the browser has no page');
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const waiting = new Map<number, (message: Message) => void>();
  const requests: string[] = [];
  const complaints: string[] = [];
  let last = 0;

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    const { method, params } = message;
    if (method === 'Network.requestWillBeSent') requests.push(params?.request?.url ?? '');
    if (method === 'Log.entryAdded') complaints.push(params?.entry?.text ?? '');
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params));
  });

  async function send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    last += 1;
    const id = last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    waiting.delete(id);
    if (error) throw new Error(error.message);
    return result ?? {};
  }

  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  }

  for (const domain of ['Network', 'Log', 'Runtime', 'Page']) await send(`${domain}.enable`);
  return {
    requests,
    complaints,
    evaluate,
    open: async (url) => void (await send('Page.navigate', { url })),
    async until(expression) {
      const end = performance.now() + WAIT_MS;
      while ((await evaluate(expression)) !== true) {
        if (performance.now() > end) throw new Error(`never true: ${expression}`);
        await delay(50);
      }
    },
    async close() {
      socket.close();
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
