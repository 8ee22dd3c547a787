/** Slow, huge, torn and doubled requests against every loopback port (platform §3.3, §4.2 T1, T2, T4). */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DOOR_LIMITS } from '../../../local/host/loopback-server.ts';
import { DOOR_NAMES, type Door, openDoor, webhookDoor } from './doors.ts';
import { exchange, goodRequest, head } from './raw.ts';

const HASTY = { ...DOOR_LIMITS, headersMs: 150, requestMs: 300, checkEveryMs: 30 };

const open: Pick<Door, 'close'>[] = [];
afterEach(async () => {
  for (const door of open.splice(0)) await door.close();
});
async function opened<D extends Pick<Door, 'close'>>(door: Promise<D>): Promise<D> {
  open.push(await door);
  return door;
}

describe.each(DOOR_NAMES)('%s', (name) => {
  it('does what is asked in the right way', async () => {
    const door = await opened(openDoor(name));
    const { statuses, text } = await exchange(door.port, goodRequest(door));
    expect(statuses).toEqual([door.goodStatus]);
    if (door.good.method === 'GET') expect(text).toContain(door.secret);
    else expect(door.effects()).toBeGreaterThan(0);
  });

  it('ends headers that never end, however busily they come', async () => {
    const door = await opened(openDoor(name, HASTY));
    const { statuses, isClosed } = await exchange(door.port, head('POST', door.good.path), 'a');
    expect([isClosed, statuses, door.effects()]).toEqual([true, [408], 0]);
  });

  it('ends a body that never ends, and does nothing for it', async () => {
    const door = await opened(openDoor(name, HASTY));
    const { method, path, headers } = door.good;
    const { statuses, isClosed } = await exchange(
      door.port,
      `${head(method, path, { ...headers, 'content-length': 9_000 })}\r\n{`,
      ' ',
    );
    expect(isClosed).toBe(true);
    expect(statuses.filter((status) => status !== 408)).toEqual([]);
    expect(door.effects()).toBe(0);
  });

  it.each([
    ['11 kB of one header', { 'x-filler': 'x'.repeat(11 * 1024) }],
    ['a path of 11 kB', {}],
    ['101 headers', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1']))],
  ] as const)('refuses %s with 431', async (what, more) => {
    const door = await opened(openDoor(name));
    const { method, path, headers, body } = door.good;
    const asked = what.startsWith('a path') ? `${path}?${'x'.repeat(11 * 1024)}` : path;
    const { statuses } = await exchange(
      door.port,
      `${head(method, asked, { ...headers, ...more, 'content-length': body.length })}\r\n${body}`,
    );
    expect([statuses, door.effects()]).toEqual([[431], 0]);
  });

  const BODY = '0\r\n\r\n';
  const smuggled = (door: Door) => `${BODY}${goodRequest(door)}`;
  it.each<[string, (door: Door) => string]>([
    ['two lengths', (door) => `content-length: ${BODY.length}\r\ncontent-length: 0\r\n\r\n${smuggled(door)}`],
    ['two lengths in one', (door) => `content-length: 5, 0\r\n\r\n${smuggled(door)}`],
    ['a length beside chunks', (door) => `content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${smuggled(door)}`],
    ['chunks beside a length', (door) => `transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n${smuggled(door)}`],
    ['chunks that are not the last coding', (door) => `transfer-encoding: chunked, gzip\r\n\r\n${smuggled(door)}`],
    ['a space before the colon', (door) => `transfer-encoding : chunked\r\n\r\n${smuggled(door)}`],
    ['a folded header', (door) => `transfer-encoding:\r\n chunked\r\n\r\n${smuggled(door)}`],
    ['a length of letters', (door) => `content-length: 0x5\r\n\r\n${smuggled(door)}`],
    ['a length below nothing', (door) => `content-length: -5\r\n\r\n${smuggled(door)}`],
    ['a chunk of letters', (door) => `transfer-encoding: chunked\r\n\r\nzz\r\n${smuggled(door)}`],
    ['a NUL in a header', (door) => `x-a: \u0000\r\n\r\n${smuggled(door)}`],
    ['a header without a colon', (door) => `chunked\r\n\r\n${smuggled(door)}`],
    ['a lone carriage return', (door) => `x-a: b\rtransfer-encoding: chunked\r\n\r\n${smuggled(door)}`],
  ])('makes no second request out of %s', async (_, rest) => {
    const door = await opened(openDoor(name));
    const { statuses } = await exchange(door.port, `${head('POST', door.good.path)}${rest(door)}`);
    // The console turns a stranger away before it meets the bad chunk, and closes.
    expect(statuses.at(-1)).toBeOneOf(name === 'console' ? [400, 401] : [400]);
    expect(statuses.filter((status) => status < 300)).toEqual([]);
    expect(door.effects()).toBe(0);
  });

  // The receiver hears probes on every path: a tunnel may put its own in front.
  it.each(name === 'probe receiver' ? ['GET'] : ['GET', 'POST'])('refuses odd paths (%s)', async (method) => {
    const door = await opened(openDoor(name));
    for (const path of ODD_PATHS) {
      const { statuses } = await exchange(door.port, `${head(method, path, { connection: 'close' })}\r\n`);
      expect([path, statuses.filter((status) => status < 300 || status >= 500)]).toEqual([path, []]);
    }
    expect(door.effects()).toBe(0);
  });

  it('closes what is beyond its connections, and serves again when some are gone', async () => {
    const door = await opened(openDoor(name, { ...DOOR_LIMITS, connections: 3 }));
    const held = Array.from({ length: 3 }, () => connect(door.port, '127.0.0.1').on('error', () => {}));
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    for (let tries = 0; (await exchange(door.port, goodRequest(door))).statuses.length > 0; tries += 1)
      expect(tries, 'the server counts a connection once it has accepted it').toBeLessThan(50);
    for (const socket of held) socket.destroy();
    let answered = await exchange(door.port, goodRequest(door));
    while (answered.statuses.length === 0) answered = await exchange(door.port, goodRequest(door));
    expect(answered.statuses).toEqual([door.goodStatus]);
  });
});

const ODD_PATHS = [
  '/%00',
  '/%',
  '/%zz',
  '/%c0%af',
  '/%ff',
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/..\\..\\etc\\passwd',
  '//evil.example/state',
  '/.//evil.example',
  'http://evil.example/state',
  'http://127.0.0.1/state',
  '*',
  '/__proto__',
  '/constructor/prototype',
  '/__sandbox/__proto__',
  '/__sandbox/..',
  '/v1/__proto__',
] as const;

describe('the webhook door', () => {
  it.each([
    '/webhook/',
    '/webhook/..',
    '/webhook/../webhook',
    '/./webhook',
    '/x/../webhook',
    '//webhook',
    '/%77ebhook',
    '/webhook%00',
    '/webhook%2f',
    '/webhook;a=b',
    '/WEBHOOK',
    '\\webhook',
    '/webhook\\',
    'http://127.0.0.1/webhook',
    'http://evil.example/webhook',
    '/richpanel/inbound/',
    '/richpanel%2finbound',
    '/richpanel//inbound',
  ])('takes no event by %s', async (path) => {
    const door = await opened(webhookDoor());
    const bytes = goodRequest({ ...door, good: { ...door.good, path: path as '/webhook' } });
    const { statuses } = await exchange(door.port, bytes);
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
    expect(door.effects()).toBe(0);
  });

  it('makes one event of a request that comes 100 times', async () => {
    const door = await opened(webhookDoor());
    const answers = await Promise.all(Array.from({ length: 100 }, () => exchange(door.port, goodRequest(door))));
    const bodies = answers.map(({ text }) => JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { status: string });
    expect(new Set(answers.flatMap(({ statuses }) => statuses))).toEqual(new Set([200]));
    expect(bodies.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(bodies.filter(({ status }) => status === 'duplicate')).toHaveLength(99);
    expect(door.effects()).toBe(1);
  });

  it('holds a flood to its rate, says when to come back, and takes the next one then', async () => {
    const began = performance.now();
    const door = await opened(webhookDoor(DOOR_LIMITS, { ratePerSecond: 20, burst: 50 }));
    const answers = await Promise.all(Array.from({ length: 300 }, () => exchange(door.port, goodRequest(door))));
    const taken = answers.filter(({ statuses }) => statuses[0] === 200).length;
    const refused = answers.filter(({ statuses }) => statuses[0] === 429);
    expect(taken + refused.length).toBe(300);
    expect(taken).toBeGreaterThanOrEqual(50);
    expect(taken).toBeLessThanOrEqual(50 + (20 * (performance.now() - began)) / 1_000);
    for (const { text } of refused) expect(text).toContain('retry-after: 1\r\n');
    while ((await exchange(door.port, goodRequest(door))).statuses[0] === 429);
    expect(door.effects()).toBe(1);
  });

  it('tells who guesses tokens nothing, and counts every guess', async () => {
    const door = await opened(webhookDoor());
    const right = door.secret;
    const guesses = [
      ...['', ' ', right.slice(0, -1), `${right}x`, right.toUpperCase(), ` ${right} x`, `${right}, ${right}`],
      ...Array.from({ length: 93 }, (_, index) => right.replace(/.$/, String.fromCharCode(33 + index))),
    ].filter((guess) => guess !== right);
    const answers = new Set<string>();
    for (const guess of guesses) {
      const { text } = await exchange(door.port, goodRequest(door, { 'x-richpanel-webhook-token': guess }));
      answers.add(text.replace(/^Date: .*\r\n/im, ''));
    }
    expect([...answers]).toEqual([expect.stringMatching(/^HTTP\/1\.1 401 [\s\S]*\r\n\r\n\{"error":"unauthorized"\}$/)]);
    const counted = door.telemetry.counts.get('ingress.auth_invalid_total');
    expect([counted, door.effects()]).toEqual([guesses.length, 0]);
  });
});
