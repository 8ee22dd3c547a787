/** One exchange with OpenAI, as values: the adapters say what is asked, the transport only carries. */

export type OpenAiCall = {
  readonly path: 'responses' | 'moderations';
  readonly body: Readonly<Record<string, unknown>>;
  /** For the whole exchange, reading the answer included; milliseconds as they pass. */
  readonly timeoutMs: number;
};

/** The parsed body of a 2xx. Throws `VendorError` of `openai`; `parse` where the body was no JSON. */
export type OpenAiTransport = (call: OpenAiCall) => Promise<unknown>;
