/** The console port: one plain page that shows the choreography live. Reads only. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromThisMachine } from '../host/loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from '../host/loopback-server.ts';
import { accessOf, cookieHeader } from './access.ts';
import type { Feed } from './feed.ts';

export type ConsoleServer = { readonly url: string; readonly port: number; close(): Promise<void> };

type Asset = { readonly type: string; readonly body: Buffer };

const asset = (name: string, type: string): Asset => ({
  type: `${type}; charset=utf-8`,
  body: readFileSync(new URL(`./assets/${name}`, import.meta.url)),
});
const ASSETS: Readonly<Record<string, Asset>> = {
  '/': asset('index.html', 'text/html'),
  '/console.css': asset('console.css', 'text/css'),
  '/console.js': asset('console.js', 'text/javascript'),
};

/** Nothing from anywhere else, nothing inline, no frame around it. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects with the listen error. */
export async function startConsole(settings: {
  readonly port: number;
  readonly token: string;
  readonly feed: Feed;
  readonly limits?: DoorLimits;
}): Promise<ConsoleServer> {
  const { token, feed } = settings;
  const server = loopbackServer((request, response) => {
    const reply = answerOf(request);
    if (reply === 'live') feed.attach(response, SECURITY_HEADERS);
    else send(response, reply);
  }, settings.limits);

  /** `live` is the stream, which does not end. */
  function answerOf(request: IncomingMessage): Reply | 'live' {
    if (!isFromThisMachine(request)) return text(403, 'only this machine\n');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return text(405, 'method not allowed\n', { allow: 'GET, HEAD' });
    const path = pathOf(request);
    if (path === null) return text(400, 'bad request\n');
    if (path === '/healthz') return json({ ready: true });
    switch (accessOf(request, token)) {
      case 'refused':
        return text(401, 'open the link that `npm start` printed: it holds the token\n', {
          'www-authenticate': 'Bearer',
        });
      case 'by-link':
        // Without the token in it, so that it stays out of the history.
        return text(303, '', { 'set-cookie': cookieHeader(token), location: path });
      case 'granted':
        break;
    }
    if (path === '/state') return json(feed.state());
    if (path === '/events') return 'live';
    const found = Object.hasOwn(ASSETS, path) ? ASSETS[path] : undefined;
    return found === undefined
      ? text(404, 'not found\n')
      : { status: 200, headers: { 'content-type': found.type }, body: found.body };
  }

  const port = await listenOnLoopback(server, settings.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers hold the live stream open for good.
        server.closeAllConnections();
      }),
  };
}

type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

const text = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** `null` for another form than a path, and for two slashes in front: as a `location` they would lead to another host. */
function pathOf(request: IncomingMessage): string | null {
  const { url = '/' } = request;
  const path =
    url.startsWith('/') && URL.canParse(url, 'http://127.0.0.1') ? new URL(url, 'http://127.0.0.1').pathname : '//';
  return url.startsWith('//') || path.startsWith('//') ? null : path;
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
