/** The console's port: the built page, the commands behind it as JSON, and the live stream. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { isFromThisMachine } from '../../../local/host/loopback.ts';
import { type DoorLimits, listenOnLoopback, loopbackServer } from '../../../local/host/loopback-server.ts';
import { actionNamed } from '../actions.ts';
import type { Desk, Outcome } from '../desk/desk.ts';
import type { Jobs } from '../desk/jobs.ts';
import { accessOf, cookieHeader } from './access.ts';
import type { Assets } from './assets.ts';
import { bodyOf } from './body.ts';
import type { Downloads } from './downloads.ts';
import { json, type Reply, refusal, SECURITY_HEADERS, send, text } from './replies.ts';
import { entrantOf, type SignIn } from './sign-in.ts';
import type { Stream } from './stream.ts';

export type ConsoleServer = { readonly url: string; readonly port: number; close(): Promise<void> };

export type ConsoleParts = {
  readonly token: string;
  /** Where the organisation's sign-in stands in front: then the token opens nothing. */
  readonly signIn?: SignIn;
  readonly assets: Assets;
  readonly docs: Assets;
  readonly downloads: Downloads;
  readonly desk: Desk;
  readonly jobs: Jobs;
  readonly stream: Stream;
  /** Everything that goes on now, for a program that asks once. */
  readonly state: () => object;
  /** What a page that opens is told first, each under its name. */
  readonly opening: () => readonly (readonly [event: string, value: unknown])[];
};

/** @property operator  as the sign-in names who asks; `null` for the account that the console runs under */
type Entry = { readonly turnedAway: Reply } | { readonly operator: string | null };

/** Where the documentation stands. */
const DOCS = '/docs/';

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects with the listen error. */
export async function startConsole(
  parts: ConsoleParts,
  { port: wanted, limits }: { readonly port: number; readonly limits?: DoorLimits },
): Promise<ConsoleServer> {
  const server = loopbackServer((request, response) => {
    void answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else send(response, refusal(500, 'unexpected', 'the console failed at this', 'run `npx frontdesk doctor`'));
    });
  }, limits);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = addressOf(request);
    const entry = doorOf(request, at);
    if ('turnedAway' in entry) return send(response, entry.turnedAway);
    const { pathname: path, searchParams } = at ?? new URL('http://127.0.0.1/');
    if (path === '/state') return send(response, json(200, JSON.stringify(parts.state())));
    if (path === '/stream') {
      // Whoever opens a page asks something soon.
      parts.desk.open();
      return parts.stream.attach(response, SECURITY_HEADERS, parts.opening());
    }
    if (path.startsWith(DOCS)) return send(response, await parts.docs.find(path.slice(DOCS.length - 1)));
    if (path.startsWith('/downloads/')) return parts.downloads.send(response, path.slice('/downloads/'.length));
    if (path.startsWith('/api/')) {
      const name = path.slice('/api/'.length);
      return send(response, await apiOf(request, name, searchParams, entry.operator));
    }
    send(response, await parts.assets.find(path));
  }

  /** The answer to whoever does not get in, or has only brought the token; else who may go on. */
  function doorOf(request: IncomingMessage, at: URL | null): Entry {
    const away = (turnedAway: Reply): Entry => ({ turnedAway });
    const { signIn } = parts;
    // With a sign-in in front the proxy's public name stands in `Host`, and its secret says that it is the proxy.
    if (signIn === undefined && !isFromThisMachine(request)) return away(text(403, 'only this machine\n'));
    if (at === null) return away(text(400, 'bad request\n'));
    const isApi = at.pathname.startsWith('/api/');
    const methods = isApi ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
    if (!methods.includes(request.method ?? ''))
      return away(text(405, 'method not allowed\n', { allow: methods.join(', ') }));
    if (at.pathname === '/healthz') return away(json(200, '{"ready":true}'));
    if (signIn !== undefined) {
      const entrant = entrantOf(request, signIn);
      return entrant.state === 'signed-in' ? entrant : away(text(entrant.status, entrant.why));
    }
    const key = { token: parts.token, port: request.socket.localPort ?? wanted };
    switch (accessOf(request, key)) {
      case 'refused':
        return away(
          text(401, 'open the link that `npm start` printed: it holds the token\n', { 'www-authenticate': 'Bearer' }),
        );
      case 'by-link':
        // Without the token in it, so that it stays out of the history.
        return away(text(303, '', { 'set-cookie': cookieHeader(key), location: at.pathname }));
      case 'granted':
        return { operator: null };
    }
  }

  /** Reads take their input from the query, as words; all else takes a JSON body, which no form of another page can send. */
  async function apiOf(
    request: IncomingMessage,
    name: string,
    query: URLSearchParams,
    operator: string | null,
  ): Promise<Reply> {
    if (name === 'jobs') return json(200, JSON.stringify(parts.jobs.all()));
    const action = actionNamed(name);
    if (action === undefined) return refusal(404, 'unknown_action', 'there is no such action', 'reload the page');
    const isRead = request.method !== 'POST';
    if (isRead !== (action.kind === 'read')) {
      const method = action.kind === 'read' ? 'GET' : 'POST';
      return { ...refusal(405, 'wrong_method', `this wants ${method}`, 'reload the page'), headers: { allow: method } };
    }
    const given = isRead ? { ok: true as const, value: Object.fromEntries(query) } : await bodyOf(request);
    if (!given.ok) return refusal(given.status, given.code, given.message, given.cure);
    const input = v.safeParse(action.input, given.value);
    if (!input.success) {
      // The issue would quote what was typed.
      const field = v.getDotPath(input.issues[0]) ?? 'the input';
      return refusal(400, 'invalid_input', `${field} is missing or wrong`, `correct ${field}`);
    }
    if (action.kind === 'job') {
      const id = parts.jobs.start(name, action.about?.(input.output) ?? {}, (onLine) =>
        parts.desk.ask(name, input.output, { operator, onLine }),
      );
      return json(202, JSON.stringify({ job: id }));
    }
    const outcome = await parts.desk.ask(name, input.output, { operator });
    if (outcome.ok) return json(200, outcome.json);
    return json(statusOf(outcome), JSON.stringify({ error: outcome.refused }));
  }

  const port = await listenOnLoopback(server, wanted);
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

/** What a command says no to: wrongly asked, about something that is not there, or not to be done as things stand. */
function statusOf({ isMisuse, refused }: Extract<Outcome, { ok: false }>): 400 | 404 | 409 {
  if (isMisuse) return 400;
  return refused.code.startsWith('unknown_') ? 404 : 409;
}

/** `null` for another form than a path, and for two slashes in front: as a `location` they would lead to another host. */
function addressOf({ url = '/' }: IncomingMessage): URL | null {
  if (!url.startsWith('/') || url.startsWith('//') || !URL.canParse(url, 'http://127.0.0.1')) return null;
  const address = new URL(url, 'http://127.0.0.1');
  return address.pathname.startsWith('//') ? null : address;
}
