/** One HTTP exchange with a vendor, as values: the client decides, the transport only carries. */

export type HttpRequest = {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the base URL, percent-encoded, with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole exchange, connecting and reading the answer included. Not scaled: the network is as slow as it is. */
  readonly timeoutMs: number;
  /** Asked right before the first byte is written; `false` ends the attempt. */
  readonly mayWrite?: () => boolean;
};

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Throws `TransportError` when there is no answer. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;

/** No answer came. Holds no address, no header and no body. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'network' | 'timeout' | 'window_passed';
  /** `false` only when provably not a byte was written: name look-up, connecting or TLS failed, or the window had passed. */
  readonly mayHaveWritten: boolean;
  constructor(kind: TransportError['kind'], mayHaveWritten: boolean) {
    super(kind);
    this.kind = kind;
    this.mayHaveWritten = mayHaveWritten;
  }
}
