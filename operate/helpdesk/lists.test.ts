import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { workspaceReader } from '../../local/workspace/reader.ts';
import { transportTo } from '../../local/workspace/settings.ts';
import { tagDrift, teamDrift } from './drift.ts';
import { listNames } from './lists.ts';
import { parseMacros } from './macro-export.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A helpdesk that answers each page as told. */
async function helpdesk(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const names = (origin: string) =>
  listNames(workspaceReader({ transport: transportTo({ baseUrl: `${origin}/v1` }), apiKey: 'k' }), 'tags');

describe('listNames', () => {
  it('reads all pages, an empty one among them, with the key and below /v1', async () => {
    const asked: (string | undefined)[] = [];
    const pages = [[{ id: '1', name: 'a' }], [], [{ id: '2', name: 'b' }, { id: 'nameless' }]];
    const origin = await helpdesk((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['x-richpanel-key']}`);
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
      response.end(JSON.stringify({ tag: pages[page - 1], next_page: page < 3 ? 'more' : null }));
    });
    expect(await names(origin)).toEqual({ state: 'listed', names: ['a', 'b'] });
    expect(asked).toEqual([1, 2, 3].map((page) => `GET /v1/tags?page=${page}&per_page=100 k`));
  });

  it.each([
    ['403', 403, '{}', 'not_allowed'],
    ['401', 401, '{}', 'not_allowed'],
    ['HTML', 200, '<html></html>', 'not_readable'],
    ['an empty body', 200, '', 'not_readable'],
    ['another wrapper', 200, '{"tags":[]}', 'not_readable'],
    ['null', 200, 'null', 'not_readable'],
    ['a failure', 500, '', 'not_readable'],
  ])('%s is no list', async (_what, status, body, state) => {
    const origin = await helpdesk((_request, response) => {
      response.statusCode = status;
      response.end(body);
    });
    expect(await names(origin)).toEqual({ state });
  });

  it('waits out one 429 for as long as it says', async () => {
    let calls = 0;
    const origin = await helpdesk((_request, response) => {
      calls += 1;
      if (calls === 1) {
        response.statusCode = 429;
        response.setHeader('retry-after', '0');
      }
      response.end(JSON.stringify({ tag: [{ id: '1', name: 'a' }], next_page: null }));
    });
    expect(await names(origin)).toEqual({ state: 'listed', names: ['a'] });
  });

  it('nobody there is no list', async () => {
    const origin = await helpdesk((_request, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    expect(await names(origin)).toEqual({ state: 'not_readable' });
  });
});

describe('drift (replies §9.1)', () => {
  const listed = (...all: string[]) => ({ state: 'listed', names: all }) as const;

  it('teams: missing ones, and those that the configuration leaves out', () => {
    const known = ['Email Support Team', 'Sales Team', 'Returns Admin'] as const;
    expect(
      teamDrift(
        listed('Email Support Team', 'Sales Team', 'Night Shift'),
        ['Email Support Team', 'Returns Admin'],
        known,
      ),
    ).toEqual({
      state: 'listed',
      missing: ['Returns Admin'],
      notConfigured: ['Sales Team'],
    });
    expect(teamDrift({ state: 'not_allowed' }, ['Email Support Team'], known).missing).toEqual([]);
  });

  it('tags: routes apart from the others, other spellings named', () => {
    const drift = tagDrift(listed('route-sales-team', 'Route-Backend-Team', 'mw-processed'));
    expect(drift.missingRoutes).toHaveLength(10);
    expect(drift.missingRoutes).toContain('route-backend-team');
    expect(drift.otherCase).toEqual(['route-backend-team']);
    expect(drift.missingControls).toContain('mw-auto-replied');
    expect(drift.missingControls).not.toContain('mw-processed');
  });
});

describe('an export of macros', () => {
  it('is an array of names and texts; more keys do not matter', () => {
    expect(parseMacros('\uFEFF[{"name":"A","text":"b","folder":"x"}]', 'm.json')).toEqual([{ name: 'A', text: 'b' }]);
  });

  it.each([
    ['nonsense', 'm.json is no JSON'],
    ['{}', 'm.json: the file is not as expected (array)'],
    ['[{"name":"A"}]', 'm.json: 0.text is not as expected (loose_object)'],
    ['[{"name":"","text":"secret"}]', 'm.json: 0.name is not as expected (min_length)'],
  ])('%s is refused without quoting it', (text, message) => {
    expect(() => parseMacros(text, 'm.json')).toThrow(message);
  });
});
