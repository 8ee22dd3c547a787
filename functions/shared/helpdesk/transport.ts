/** One HTTP exchange with a vendor, as values: the client decides, the transport only carries. */

type Exchange = {
  /** Below the base URL, percent-encoded, with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the whole exchange, connecting and reading the answer included. Not scaled: the network is as slow as it is. */
  readonly timeoutMs: number;
};

export type ReadRequest = Exchange & { readonly method: 'GET'; readonly body: null };
export type HttpRequest =
  | (ReadRequest & { readonly mayWrite?: undefined; readonly isOnce?: undefined })
  | (Exchange & {
      readonly method: 'PUT';
      readonly body: string;
      /** Asked right before the first byte is written; `false` ends the attempt. */
      readonly mayWrite?: (() => boolean) | undefined;
      /** It must not be sent twice: on a connection of its own, and within `timeoutMs` from when it was asked for. */
      readonly isOnce?: boolean | undefined;
    });

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Throws `TransportError` when there is no answer. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;
/** Carries nothing but GET. Every transport is one; none of them is a transport for writes. */
export type ReadTransport = (request: ReadRequest) => Promise<HttpResponse>;

/** No answer came. Holds no address, no header and no body. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'network' | 'timeout' | 'window_passed' | 'read_only';
  /** `false` only when provably not a byte was written: name look-up, connecting or TLS failed, or it was not begun. */
  readonly mayHaveWritten: boolean;
  constructor(kind: TransportError['kind'], mayHaveWritten: boolean) {
    super(kind);
    this.kind = kind;
    this.mayHaveWritten = mayHaveWritten;
  }
}

/** The same wire for reading only: what a cast might smuggle past the type ends here, before any socket. */
export function readingOnly(transport: ReadTransport): ReadTransport {
  return async (request) => {
    if (request.method !== 'GET' || request.body !== null) throw new TransportError('read_only', false);
    const { path, headers, timeoutMs } = request;
    return transport({ method: 'GET', path, headers, timeoutMs, body: null });
  };
}
