/** Bytes that are no proper HTTP, or not from this machine: none of them carries a proof, so none may be taken. */
import fc from 'fast-check';

export type Broken = {
  readonly name: string;
  readonly bytes: Buffer;
  /** The client ends the connection itself, in the middle. */
  readonly isCut: boolean;
};

const POST = 'POST /webhook HTTP/1.1\r\n';
const HOST = 'Host: 127.0.0.1\r\n';
const BODY = '{"ticket_id":"t-1","trigger":"customer_message"}';

/** What is sent, by a piece of noise and a number. */
const SHAPES: Readonly<Record<string, (noise: string, number: number) => string>> = {
  'no request line': (noise) => `${noise}\r\n\r\n`,
  'an unknown method': (noise) => `${noise.replace(/\W/g, '')}X /webhook HTTP/1.1\r\n${HOST}\r\n`,
  'an unknown version': (_, number) => `POST /webhook HTTP/${number % 10}.${number % 7}\r\n${HOST}\r\n`,
  'no version': () => 'POST /webhook\r\n\r\n',
  'no host': () => `${POST}Content-Length: 0\r\n\r\n`,
  'a foreign host': (noise) => `${POST}Host: ${noise.replace(/[^a-z]/gi, '')}.example\r\nContent-Length: 0\r\n\r\n`,
  'a foreign origin': () => `${POST}${HOST}Origin: https://evil.example\r\nContent-Length: 0\r\n\r\n`,
  'a request of another site': () => `${POST}${HOST}Sec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n`,
  'a blank in a header name': (noise) => `${POST}${HOST}X y: ${noise}\r\n\r\n`,
  'a zero byte in a header': () => `${POST}${HOST}X-Y: a\0b\r\n\r\n`,
  'a folded header': (noise) => `${POST}${HOST}X-Y: a\r\n ${noise}\r\nContent-Length: 0\r\n\r\n`,
  'a header of 20 KB': () => `${POST}${HOST}X-Y: ${'x'.repeat(20_000)}\r\n\r\n`,
  'a path of 20 KB': () => `POST /webhook/${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`,
  'thousands of headers': (_, number) => `${POST}${HOST}${'a: b\r\n'.repeat(2_000 + (number % 2_000))}\r\n`,
  'two lengths': (_, number) => `${POST}${HOST}Content-Length: 0\r\nContent-Length: ${number}\r\n\r\n`,
  'length and chunks': (_, number) =>
    `${POST}${HOST}Content-Length: ${number}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\n`,
  'chunks in two codings': () => `${POST}${HOST}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
  'a coding we do not know': (noise) => `${POST}${HOST}Transfer-Encoding: x${noise.replace(/\W/g, '')}\r\n\r\n`,
  'a negative length': (_, number) => `${POST}${HOST}Content-Length: -${number}\r\n\r\n`,
  'a length that is none': (noise) => `${POST}${HOST}Content-Length: ${noise}x\r\n\r\n`,
  'an endless length': () => `${POST}${HOST}Content-Length: ${'9'.repeat(40)}\r\n\r\n`,
  'a length of gigabytes': () => `${POST}${HOST}Content-Length: 9000000000\r\n\r\n${BODY}`,
  'a chunk size that is none': (noise) =>
    `${POST}${HOST}Transfer-Encoding: chunked\r\n\r\n${noise}z\r\n${BODY}\r\n0\r\n\r\n`,
  'an endless chunk size': () => `${POST}${HOST}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n`,
  'line feeds alone': () => `POST /webhook HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 0\n\n`,
  'an absolute address': () => `POST http://127.0.0.1/webhook HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`,
  'an asterisk': () => `OPTIONS * HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`,
  'a tunnel': () => `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n`,
  'an upgrade': () => `${POST}${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n`,
  'an expectation': (noise) => `${POST}${HOST}Expect: ${noise}\r\nContent-Length: 0\r\n\r\n`,
  'a hello of TLS': (_, number) => `\x16\x03\x01\x02${String.fromCharCode(number % 256)}\x01\x00`,
  'the preface of HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
};

/** Begins like a request and stops. */
const CUTS: readonly string[] = [
  'POST /webh',
  `${POST}Host: 127`,
  `${POST}${HOST}Content-Length: 500\r\n\r\n${BODY}`,
  `${POST}${HOST}Transfer-Encoding: chunked\r\n\r\n30\r\n${BODY.slice(0, 20)}`,
];

const noises = fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ''));

export const brokenRequests: fc.Arbitrary<Broken> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(SHAPES)), noises, fc.integer({ min: 1, max: 100_000 }))
      .map(([name, noise, number]) => ({
        name,
        bytes: Buffer.from(SHAPES[name]?.(noise, number) ?? '', 'latin1'),
        isCut: false,
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...CUTS).map((text) => ({ name: 'a cut', bytes: Buffer.from(text), isCut: true })),
  },
);
