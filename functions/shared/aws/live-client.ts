/** What every AWS client of a function has in common: one attempt, a short wait, and errors without a body. */
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { VendorError, type VendorKind, type VendorName } from '../errors.ts';

/** DynamoDB, EventBridge and SSM answer within it or not at all (platform §5.4). Never scaled: the network is as slow as it is. */
export const REQUEST_TIMEOUT_MS = 1_000;

/** Retries are ours, through the clock port; the SDK's own are off (architecture §7). */
export const CLIENT_OPTIONS = {
  maxAttempts: 1,
  /** Middleware is resolved once a command, not once a request. */
  cacheMiddleware: true,
  requestHandler: {
    connectionTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  },
} as const;

/** What a stage may have otherwise. */
export type ClientOptions = Pick<DynamoDBClientConfig, 'requestHandler' | 'signer'>;

/** Runs one SDK call; whatever it throws becomes a `VendorError` that says whether a write may have happened. */
export async function asking<T>(vendor: VendorName, access: 'read' | 'write', run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw vendorErrorOf(vendor, access, error);
  }
}

export function vendorErrorOf(vendor: VendorName, access: 'read' | 'write', error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  const { name, code, status } = facts(error);
  const kind = kindOf(name, code, status);
  const isRefusal = kind === 'rate_limited' || kind === 'auth' || kind === 'invalid' || kind === 'not_found';
  const isUnsent = code !== undefined && UNSENT_CODES.has(code);
  return new VendorError(vendor, kind, {
    status,
    applied: access === 'read' || isRefusal || isUnsent ? 'no' : 'unknown',
  });
}

/** The connection never stood, so nothing can have been written. */
const UNSENT_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const THROTTLES = /Throttl|TooManyRequests|ProvisionedThroughputExceeded|RequestLimitExceeded|SlowDown/;
const REFUSED_IDENTITY =
  /AccessDenied|UnrecognizedClient|ExpiredToken|InvalidSignature|InvalidClientTokenId|NotAuthorized/;
const MISSING = /NotFound|NonExistent|DoesNotExist/;

function kindOf(name: string, code: string | undefined, status: number | undefined): VendorKind {
  if (THROTTLES.test(name) || status === 429) return 'rate_limited';
  if (REFUSED_IDENTITY.test(name) || name === 'CredentialsProviderError') return 'auth';
  if (MISSING.test(name)) return 'not_found';
  if (name === 'TimeoutError' || name === 'RequestTimeout' || name === 'AbortError') return 'timeout';
  if (code !== undefined) return code === 'ETIMEDOUT' ? 'timeout' : 'network';
  if (status === undefined) return name === 'SyntaxError' ? 'parse' : 'network';
  if (status >= 500) return 'server';
  return status === 401 || status === 403 ? 'auth' : 'invalid';
}

function facts(error: unknown): { name: string; code: string | undefined; status: number | undefined } {
  const { name, code, $metadata }: { name?: unknown; code?: unknown; $metadata?: { httpStatusCode?: unknown } } =
    Object(error);
  const status = $metadata?.httpStatusCode;
  return {
    name: typeof name === 'string' ? name : '',
    // Sockets have codes such as ECONNRESET; services repeat their error's name here.
    code: typeof code === 'string' && /^E[A-Z_]+$|^EPIPE$/.test(code) ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
  };
}
