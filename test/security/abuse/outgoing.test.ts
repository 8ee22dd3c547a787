/** What goes out goes to two hosts: no link, redirect, spelling or name of anybody else's is followed (platform §4.6, T17). */
import { createServer } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { liveClock } from '../../../functions/shared/clock/live.ts';
import { liveHttpTransport } from '../../../functions/shared/helpdesk/live-http.ts';
import { readEnvironment } from '../../../functions/shared/live-environment.ts';
import { isInside, mustLeadOutside, outsideOnly } from '../../../functions/shared/live-outside.ts';
import { allowedBase } from '../../../functions/shared/openai/base-url.ts';
import { sdkTransport } from '../../../functions/shared/openai/live-sdk.ts';
import { choreography } from '../../choreography.ts';

type Lookup = NonNullable<Parameters<typeof outsideOnly>[0]>;
const leadsTo = (...addresses: string[]): Lookup =>
  ((_host: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as Lookup;

describe('an address of a vendor', () => {
  const SPELLINGS = [
    ...[
      'https://HOST@evil.example/',
      'https://evil.example/HOST',
      'https://HOST.evil.example/',
      'https://evil.example#HOST',
    ],
    ...['https://user@HOST/', 'https://user:key@HOST/', 'https://HOST:8443/', 'https://HOST./', 'http://HOST/'],
    ...['ftp://HOST/', 'file:///etc/passwd', 'https://169.254.169.254/', 'http://169.254.169.254/latest/meta-data/'],
    ...[
      'http://2130706434/',
      'http://0x7f000002/',
      'http://0177.0.0.2/',
      'http://[::ffff:169.254.169.254]/',
      'http://0.0.0.0/',
    ],
    ...[
      'http://[::]/',
      'http://127.0.0.2/',
      'http://localhost.evil.example/',
      'http://127.0.0.1@evil.example/',
      'https://127.0.0.1/',
    ],
    ...[
      'https://аpi.richpanel.com/',
      'https://api.openаi.com/',
      'https://xn--pi-7kc.richpanel.com/',
      '//HOST',
      'javascript:HOST',
    ],
  ];
  it.each([
    ['the helpdesk', 'api.richpanel.com', (url: string) => liveHttpTransport(url)],
    ['OpenAI', 'api.openai.com', (url: string) => allowedBase(url)],
  ] as const)('is that of %s in one spelling', (_, host, take) => {
    for (const spelling of SPELLINGS) expect(() => take(spelling.replace('HOST', host)), spelling).toThrow();
    expect(() => take(`https://${host}/v1`)).not.toThrow();
  });

  it.each(['dev', 'staging', 'prod'])('is never this machine in %s', (FRONTDESK_ENV) => {
    for (const RICHPANEL_BASE_URL of ['http://127.0.0.1:4403', 'http://localhost', 'http://[::1]:1/v1'])
      expect(() => readEnvironment({ FRONTDESK_ENV, RICHPANEL_BASE_URL })).toThrow('https');
    expect(readEnvironment({ FRONTDESK_ENV }).richpanelBaseUrl).toBe('https://api.richpanel.com/v1');
  });
});

describe('a name that leads inside', () => {
  const INSIDE = [
    ...[
      '127.0.0.1',
      '127.8.8.8',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...['100.64.0.1', '192.0.0.8', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
    ],
    ...['fec0::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1'],
  ];
  const OUTSIDE = [
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.255.255',
    '2606:4700::1111',
    '2a00:1450:4001:800::200e',
  ];
  const family = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 });

  it('is known by its address', () => {
    expect(INSIDE.filter((address) => !isInside(family(address)))).toEqual([]);
    expect(OUTSIDE.filter((address) => isInside(family(address)))).toEqual([]);
  });

  it.each([[['169.254.169.254']], [['8.8.8.8', '10.0.0.1']], [[]]])('is not connected to: %j', async (addresses) => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const code = await new Promise((resolve) => {
      httpsRequest({ host: 'api.richpanel.com', port, agent: false, lookup: outsideOnly(leadsTo(...addresses)) })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        .end();
    });
    expect([code, connections]).toEqual(['EINSIDE', 0]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('gets no request of the helpdesk’s client, for reading or for writing', async () => {
    const asked: string[] = [];
    const transport = liveHttpTransport('https://api.richpanel.com/v1', (host, _options, done) => {
      asked.push(host);
      outsideOnly(leadsTo('169.254.169.254'))(host, { all: true }, done);
    });
    const exchange = { path: '/tickets/1', headers: { 'x-richpanel-key': 'k' }, timeoutMs: 1_000 };
    const refusal = { kind: 'network', mayHaveWritten: false };
    await expect(transport({ ...exchange, method: 'GET', body: null })).rejects.toMatchObject(refusal);
    const write = { ...exchange, method: 'PUT', body: '{}', mayWrite: () => true } as const;
    await expect(transport(write)).rejects.toMatchObject(refusal);
    expect(asked).toEqual(['api.richpanel.com', 'api.richpanel.com']);
  });

  it('gets no message and no key for OpenAI', async () => {
    const asked: string[] = [];
    const lookup = ((host: string, options: object, done: never) => {
      asked.push(host);
      leadsTo('10.0.0.1')(host, options as { all: true }, done);
    }) as unknown as Lookup;
    const transport = sdkTransport('https://api.openai.com/v1', async () => 'sk-test', liveClock(), lookup);
    await expect(transport({ path: 'responses', body: {}, timeoutMs: 2_000 })).rejects.toMatchObject({
      kind: 'network',
    });
    expect(asked).toEqual(['api.openai.com']);
    await expect(mustLeadOutside('api.openai.com', leadsTo('8.8.8.8'))).resolves.toBeUndefined();
  });
});

/** Counts whoever comes, and answers what it is told to. */
async function listening(answer: (url: string) => { status: number; headers?: Record<string, string> }) {
  const seen: { url: string; headers: object }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    const { status, headers = {} } = answer(request.url ?? '');
    response.writeHead(status, headers).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) };
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'of %i is an answer like any other: nobody follows it, no key travels',
    async (status) => {
      const elsewhere = await listening(() => ({ status: 200 }));
      const vendor = await listening(() => ({ status, headers: { location: `${elsewhere.url}/taken` } }));
      const helpdesk = liveHttpTransport(`${vendor.url}/v1`);
      const exchange = { path: '/tickets/1', headers: { 'x-richpanel-key': 'k' }, timeoutMs: 2_000 };
      expect((await helpdesk({ ...exchange, method: 'GET', body: null })).status).toBe(status);
      expect((await helpdesk({ ...exchange, method: 'PUT', body: '{}' })).status).toBe(status);
      const model = sdkTransport(`${vendor.url}/v1`, async () => 'sk-test', liveClock());
      await expect(model({ path: 'responses', body: {}, timeoutMs: 2_000 })).rejects.toMatchObject({ status });
      expect([vendor.seen.length, elsewhere.seen.length]).toEqual([3, 0]);
      await Promise.all([elsewhere.close(), vendor.close()]);
    },
  );
});

it('a link that a customer wrote, or that the helpdesk hands on, is followed by nobody', async () => {
  const trap = await listening(() => ({ status: 200 }));
  const host = trap.url.replace('http://', '');
  const c = choreography();
  const texts = [
    `Where is my order? ${trap.url}/track?order=1042`,
    `<a href="${trap.url}/a">my parcel</a> <img src="${trap.url}/pixel.gif"> Where is my order #1042?`,
    `<link rel="stylesheet" href="${trap.url}/x.css"><script src="${trap.url}/x.js"></script>Where is it?`,
    `See //${host}/x or http://user:pass@${host}/ or HTTP://${host}/ – please read ${trap.url}/complaint.pdf`,
  ];
  for (const [index, text] of texts.entries()) {
    c.helpdesk.customerWrites({ conversationId: `t-${index}`, text, attachments: 1 });
    const ticketUrl = `${trap.url}/ticket/${index}`;
    await c.webhook({
      ticket_id: `t-${index}`,
      event_type: 'customer_message',
      ticket_url: ticketUrl,
      callback: ticketUrl,
    });
  }
  await c.pass(60_000, 5_000);
  expect(c.factsOf('MessageSettled')).toHaveLength(texts.length);
  expect(trap.seen).toEqual([]);
  await trap.close();
});
