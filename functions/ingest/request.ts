/** The request as it comes: what platform §3.3 checks before and after the sender is known, without reading the body. Pure. */
import * as v from 'valibot';
import type { AuthMethod } from '../../events/auth-methods.ts';
import type { IngressResult } from '../shared/telemetry/metrics.ts';

/** Subset of API Gateway's HTTP event, payload 2.0. */
export const HttpEvent = v.object({
  rawPath: v.string(),
  rawQueryString: v.optional(v.string(), ''),
  headers: v.record(v.string(), v.optional(v.string())),
  body: v.optional(v.nullable(v.string())),
  isBase64Encoded: v.optional(v.boolean(), false),
  requestContext: v.object({ http: v.object({ method: v.string() }) }),
});
export type HttpEvent = v.InferOutput<typeof HttpEvent>;

const PATHS: readonly string[] = ['/webhook', '/richpanel/inbound'];
/** 32 KB, platform §3.3. */
const MAX_BODY_BYTES = 32 * 1024;
const MAX_BASE64_CHARACTERS = Math.ceil(MAX_BODY_BYTES / 3) * 4;

export type Refusal = { readonly status: number; readonly error: IngressResult };

/** Below `/webhook/` there is something only where the URL carries the token. */
export function isDoor(path: string, method: AuthMethod): boolean {
  return PATHS.includes(path) || (method === 'url_token' && /^\/webhook\/[^/]+$/.test(path));
}

/** Path, method and size: before anything is believed, and before anything is decoded. */
export function admit(event: HttpEvent, method: AuthMethod): Refusal | null {
  if (!isDoor(event.rawPath, method)) return { status: 404, error: 'not_found' };
  if (event.requestContext.http.method !== 'POST') return { status: 405, error: 'method_not_allowed' };
  return declaresTooMuch(event.headers['content-length']) || holdsTooMuch(event)
    ? { status: 413, error: 'payload_too_large' }
    : null;
}

/** A length that cannot be read is none that we would trust. */
function declaresTooMuch(length: string | undefined): boolean {
  return length !== undefined && !(/^\d{1,9}$/.test(length) && Number(length) <= MAX_BODY_BYTES);
}

function holdsTooMuch({ body, isBase64Encoded }: HttpEvent): boolean {
  const text = body ?? '';
  if (isBase64Encoded && text.length > MAX_BASE64_CHARACTERS) return true;
  return Buffer.byteLength(text, isBase64Encoded ? 'base64' : 'utf8') > MAX_BODY_BYTES;
}

/** The raw bytes; what is called base64 and is not, is no body at all. */
export function bytesOf({ body, isBase64Encoded }: HttpEvent): Buffer {
  const text = body ?? '';
  const bytes = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
  return isBase64Encoded && bytes.toString('base64') !== text ? Buffer.alloc(0) : bytes;
}

/** Ruling 19: refused only when a type is given and is neither JSON nor plain text. */
export function contentTypeIsAccepted(event: HttpEvent): boolean {
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (
    type === undefined || type === '' || type === 'text/plain' || type === 'application/json' || type.endsWith('+json')
  );
}
