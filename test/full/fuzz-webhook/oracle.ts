/**
 * Says what a request must be answered, from the documents alone (docs/webhooks.md): shares no code with `functions/ingest`. Its JSON
 * reader is a grammar of its own, its ids are reckoned, not encoded.
 */
import { createHmac } from 'node:crypto';
import type { AuthMethod } from '../../../events/auth-methods.ts';
import { type Json, readJson } from './grammar.ts';
import { NOW, secretsOf } from './stage.ts';

export type Judged = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `null`: what was said to be base64 is none. */
  readonly body: Uint8Array | null;
  /** Bytes of the body as they count against the limit. */
  readonly size: number;
};

export type Verdict =
  | { readonly status: 200; readonly says: 'taken' | 'ignored'; readonly id: string }
  | { readonly status: 400 | 401 | 404 | 405 | 413 | 415; readonly says: string };

const LIMIT = 32_768;

export function judge(stage: AuthMethod, request: Judged): Verdict {
  if (!hasDoor(stage, request.path)) return { status: 404, says: 'not_found' };
  if (request.method !== 'POST') return { status: 405, says: 'method_not_allowed' };
  const declared = request.headers['content-length'];
  if (declared !== undefined && !isLength(declared)) return { status: 413, says: 'payload_too_large' };
  if (request.size > LIMIT) return { status: 413, says: 'payload_too_large' };
  const body = request.body ?? new Uint8Array();
  if (!isProven(stage, request, body)) return { status: 401, says: 'unauthorized' };
  if (!isJsonType(request.headers['content-type'])) return { status: 415, says: 'unsupported_media_type' };
  const read = readJson(body);
  if (!(read instanceof Map)) return { status: 400, says: 'invalid_json' };
  return judgeFields(read);
}

function hasDoor(stage: AuthMethod, path: string): boolean {
  if (path === '/webhook' || path === '/richpanel/inbound') return true;
  const [empty, first, token, ...rest] = path.split('/');
  return stage === 'url_token' && empty === '' && first === 'webhook' && Boolean(token) && rest.length === 0;
}

function isLength(text: string): boolean {
  const isDigits = text !== '' && text.length <= 9 && [...text].every((digit) => digit >= '0' && digit <= '9');
  return isDigits && BigInt(text) <= BigInt(LIMIT);
}

function isProven(stage: AuthMethod, { path, query, headers }: Judged, body: Uint8Array): boolean {
  const { newest, previous } = secretsOf(stage);
  const live = [newest, previous];
  switch (stage) {
    case 'header_token': {
      const first = headers['x-richpanel-webhook-token'] ?? '';
      return live.includes(first === '' ? (headers['x-middleware-token'] ?? '') : first);
    }
    case 'body_token': {
      const read = readJson(body);
      const token = read instanceof Map ? read.get('token') : undefined;
      return typeof token === 'string' && live.includes(token);
    }
    case 'url_token': {
      const inPath = path.startsWith('/webhook/') ? [path.slice(9)] : [];
      const tokens = [...inPath, ...new URLSearchParams(query).getAll('token')];
      return tokens.length === 1 && live.includes(tokens[0] ?? '');
    }
    case 'hmac': {
      const { 'x-timestamp': timestamp = '', 'x-signature': signature = '' } = headers;
      const own = live.map((secret) => macOf(secret, [`${timestamp}.`, body]).toString('hex'));
      return isInTime(timestamp) && own.includes(signature.toLowerCase());
    }
    case 'standard_webhooks': {
      const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': given = '' } = headers;
      const isId = id.length >= 1 && id.length <= 256 && [...id].every((one) => one > ' ' && one <= '~' && one !== '.');
      const own = live.map((secret) => {
        const key = Buffer.from(secret.slice(6), 'base64');
        return `v1,${macOf(key, [`${id}.${timestamp}.`, body]).toString('base64')}`;
      });
      return isId && isInTime(timestamp) && given.split(' ').some((signature) => own.includes(signature));
    }
    default:
      return stage satisfies never;
  }
}

function macOf(key: string | Buffer, parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function isInTime(timestamp: string): boolean {
  if (timestamp.length < 1 || timestamp.length > 12) return false;
  if (![...timestamp].every((digit) => digit >= '0' && digit <= '9')) return false;
  const ahead = BigInt(timestamp) * 1000n - BigInt(NOW);
  return ahead >= -300_000n && ahead <= 60_000n;
}

function isJsonType(header: string | undefined): boolean {
  const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return ['', 'text/plain', 'application/json'].includes(type) || type.endsWith('+json');
}

const TEXTS = ['event_type', 'trigger', 'sent_at', 'channel', 'message'];
const IDS = ['ticket_id', 'conversation_id', 'message_id'];

function judgeFields(fields: ReadonlyMap<string, Json>): Verdict {
  const refused: Verdict = { status: 400, says: 'invalid_payload' };
  const value = (name: string): Json => fields.get(name) ?? null;
  if (TEXTS.some((name) => value(name) !== null && typeof value(name) !== 'string')) return refused;
  const isId = (one: Json): boolean => one === null || typeof one === 'string' || Number.isSafeInteger(one);
  if (IDS.some((name) => !isId(value(name)))) return refused;
  const id = usableId(value('ticket_id')) ?? usableId(value('conversation_id'));
  const trigger = String(value('event_type') ?? value('trigger') ?? '').trim();
  if (id === null || trigger === '') return refused;
  return { status: 200, says: /^(customer_message|conversation_created)$/.test(trigger) ? 'taken' : 'ignored', id };
}

const NAMED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** The id as the helpdesk knows it; `null` where it is none. */
function usableId(value: Json): string | null {
  if (value === null || value === 'null') return null;
  const text = String(value)
    .replace(/&(?:lt|gt|amp|quot|apos);|&#\d{1,7};|&#[xX][0-9a-fA-F]{1,6};/g, (entity) => {
      const point = entity.startsWith('&#') ? Number(entity.slice(2, -1).replace(/^[xX]/, '0x')) : 0;
      return NAMED[entity] ?? (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity);
    })
    .trim();
  if (text === '' || text.includes('{{') || /[\ud800-\udfff]/u.test(text)) return null;
  const isPlain = [...text].every((one) => /[A-Za-z0-9_:.-]/.test(one)) && !text.startsWith('b64u.');
  const carried = isPlain ? text.length : 5 + Math.ceil((Buffer.byteLength(text) * 4) / 3);
  return carried <= 512 ? text : null;
}
