/** What every emulated AWS service is to the one HTTP endpoint: a name, a protocol and its operations. */

/** An error as the SDKs expect it: `type` is the service's error name, e.g. `ResourceNotFoundException`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly type: string;
  readonly status: number;
  /** What the service says beside the message, e.g. `Item` of a failed condition. */
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(type: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.type = type;
    this.status = status;
    this.fields = fields;
  }
}

export type AwsOperation = (input: Record<string, unknown>) => unknown | Promise<unknown>;

export type AwsService = {
  /** Left part of `X-Amz-Target`, e.g. `AWSEvents`, `DynamoDB_20120810`, `AmazonSQS`. */
  readonly targetPrefix: string;
  /** JSON protocol of the service; decides the content type of answers. */
  readonly jsonVersion: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, AwsOperation>>;
};

export type RawRequest = {
  readonly method: string;
  /** Path with query string, as received. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type RawResponse = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** What does not fit `AwsService`: the query protocol of older clients, or an engine with its own HTTP door. */
export type RawHandler = {
  matches(request: RawRequest): boolean;
  handle(request: RawRequest): Promise<RawResponse>;
};
