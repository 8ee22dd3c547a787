/** A page in the operator's browser against every loopback port: it changes nothing and reads nothing (architecture §4). */
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { consolePosts, type Post } from './console-posts.ts';
import { DOOR_NAMES, type Door, openDoor } from './doors.ts';
import { exchange, goodRequest, head } from './raw.ts';

const open: Door[] = [];
afterEach(async () => {
  for (const door of open.splice(0)) await door.close();
});
async function opened(name: (typeof DOOR_NAMES)[number]): Promise<Door> {
  const door = await openDoor(name);
  open.push(door);
  return door;
}

type Sent = (port: number) => Readonly<Record<string, string>>;
/** What browsers put beside a request that a page makes; no page can leave these out or change them. */
const PAGES: readonly (readonly [string, Sent])[] = [
  ['a form of another site', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })],
  ['a script of another site in an older browser', () => ({ origin: 'https://evil.example' })],
  ['a frame without an origin', () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' })],
  ['a file on the disk', () => ({ origin: 'null' })],
  ['a picture, a script or a link of another site', () => ({ 'sec-fetch-site': 'cross-site' })],
  [
    'a page on another port of this machine',
    () => ({ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' }),
  ],
  ['a picture on another port of this machine', () => ({ 'sec-fetch-site': 'same-site' })],
  ['another name of this machine', (port) => ({ origin: `http://localhost:${port}`, 'sec-fetch-site': 'cross-site' })],
  ['an origin that only begins like ours', (port) => ({ origin: `http://127.0.0.1:${port}.evil.example` })],
  ['our address over TLS', (port) => ({ origin: `https://127.0.0.1:${port}` })],
];
/** The page's own name leads to this machine by now (DNS rebinding): for the browser it is one site. */
const REBOUND: typeof PAGES = [
  ...[
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'localhost.',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
  ],
  ...['127.1', '2130706433', '0x7f.0.0.1', 'evil.example#127.0.0.1', '127.0.0.1@evil.example'],
].flatMap((name) => [
  [`${name} rebound`, (port: number) => ({ host: `${name}:${port}`, 'sec-fetch-site': 'same-origin' })] as const,
  [`${name} rebound in an older browser`, (port: number) => ({ host: `${name}:${port}` })] as const,
]);
/** What a page may send without being asked first. */
const SIMPLE_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'] as const;

describe.each(DOOR_NAMES)('%s', (name) => {
  // The receiver stands behind a tunnel, whose name it cannot know; it shows nothing and takes no browser.
  const cases = name === 'probe receiver' ? PAGES : [...PAGES, ...REBOUND];

  it.each(cases)('refuses %s', async (_, sent) => {
    const door = await opened(name);
    const { headers } = door.good;
    for (const type of [headers['content-type'] ?? 'text/plain', ...SIMPLE_TYPES]) {
      const { text, statuses } = await exchange(
        door.port,
        goodRequest(door, { ...headers, 'content-type': type, ...sent(door.port) }),
      );
      expect(statuses).toEqual([403]);
      expect(text.toLowerCase()).not.toContain('access-control-');
      expect(text).not.toContain(door.secret);
    }
    expect(door.effects()).toBe(0);
  });

  it('gives no page leave to ask more than it may', async () => {
    const door = await opened(name);
    const asked = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type, x-amz-target, x-richpanel-webhook-token',
      'access-control-request-private-network': 'true',
      connection: 'close',
    };
    for (const more of [{}, { 'sec-fetch-site': 'cross-site' }]) {
      const { text, statuses } = await exchange(
        door.port,
        `${head('OPTIONS', door.good.path, { ...asked, ...more })}\r\n`,
      );
      expect(statuses).toEqual([403]);
      expect(text.toLowerCase()).not.toContain('access-control-');
    }
  });

  it('lets no GET change anything: an older browser says nothing about who asks', async () => {
    const door = await opened(name);
    const { path, headers, body } = door.good;
    const query = new URLSearchParams({ ...headers, Action: 'SendMessage', MessageBody: 'x', body }).toString();
    for (const target of [path, `${path}?${query}`, '/__sandbox/reset', '/__sandbox/faults', '/?Action=PurgeQueue']) {
      await exchange(door.port, `${head('GET', target, { ...headers, connection: 'close' })}\r\n`);
    }
    expect(door.effects()).toBe(0);
  });
});

describe('everything that the console can be told', () => {
  const posts = consolePosts();
  /** With these headers and no others. */
  const asked = (door: Door, { path, body }: Post, headers: Readonly<Record<string, string>>) =>
    exchange(door.port, goodRequest({ ...door, good: { ...door.good, path, body, headers } }));

  it('is told by its own page', async () => {
    const door = await opened('console');
    const host = `127.0.0.1:${door.port}`;
    const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    for (const post of posts) {
      const { statuses } = await asked(door, post, { ...door.good.headers, ...own });
      expect([post.path, statuses]).toEqual([post.path, [expect.toBeOneOf([200, 202])]]);
    }
    expect(door.effects()).toBe(posts.length);
  });

  it.each([...PAGES, ...REBOUND])('is not told by %s', async (_, sent) => {
    const door = await opened('console');
    const { cookie, ...unknown } = door.good.headers as Readonly<Record<string, string>>;
    for (const post of posts)
      for (const headers of [{ ...unknown, cookie: cookie ?? '' }, unknown]) {
        const { text, statuses } = await asked(door, post, { ...headers, ...sent(door.port) });
        expect([post.path, statuses]).toEqual([post.path, [403]]);
        expect(text).not.toContain(door.secret);
      }
    expect(door.effects()).toBe(0);
  });

  it('is not told without the cookie, nor by a form, whose types are no JSON', async () => {
    const door = await opened('console');
    const { cookie, ...unknown } = door.good.headers as Readonly<Record<string, string>>;
    for (const post of posts) {
      expect((await asked(door, post, unknown)).statuses).toEqual([401]);
      for (const type of SIMPLE_TYPES)
        expect((await asked(door, post, { cookie: cookie ?? '', 'content-type': type })).statuses).toEqual([415]);
    }
    expect(door.effects()).toBe(0);
  });
});

it('programs still get in: the SDK at the AWS endpoint, which sends neither header', async () => {
  const door = await opened('aws');
  const endpoint = `http://127.0.0.1:${door.port}`;
  const client = new SQSClient({
    endpoint,
    region: 'us-east-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const { QueueUrls } = await client.send(new ListQueuesCommand({}));
  await client.send(new SendMessageCommand({ QueueUrl: QueueUrls?.[0], MessageBody: 'from a program' }));
  client.destroy();
  expect(door.effects()).toBe(1);
});
