/** The JSON body of a request that changes something: of a small size, and of a type that no form can send. */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly cure: string;
    };

/** A policy file is some 20 KB. */
const MOST_BYTES = 256 * 1024;

export async function bodyOf(request: IncomingMessage): Promise<Body> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return { ok: false, status: 415, code: 'not_json', message: 'the body is not JSON', cure: 'send application/json' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      return { ok: false, status: 413, code: 'too_large', message: 'the body is too large', cure: 'send less' };
    chunks.push(chunk);
  }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { ok: false, status: 400, code: 'not_json', message: 'the body does not parse', cure: 'send JSON' };
  }
}
