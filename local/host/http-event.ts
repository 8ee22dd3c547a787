/** HTTP to what an API Gateway HTTP API hands to Lambda (payload format 2.0), and Lambda's answer back to HTTP. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export type HttpRequest = {
  readonly method: string;
  /** Path and query string as received. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
};

const TEXT_TYPE = /^(?:text\/|application\/(?:json|javascript|xml|[\w.+-]*\+json|[\w.+-]*\+xml)(?:;|$))/i;

export function httpEventOf(request: HttpRequest): APIGatewayProxyEventV2 {
  const [rawPath = '/', ...query] = request.url.split('?');
  const rawQueryString = query.join('?');
  const { cookie, ...headers } = request.headers;
  const routeKey = `${request.method} ${rawPath}`;
  // Bytes that are no text would be changed by decoding, and a signature over them could not match.
  const isText = TEXT_TYPE.test(request.headers['content-type'] ?? 'text/plain') && isUtf8(request.body);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(rawQueryString !== '' && { queryStringParameters: queryParameters(rawQueryString) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** An object with `statusCode` is the answer; anything else is a body for 200, as payload format 2.0 has it. */
export function httpAnswerOf(value: unknown): HttpAnswer {
  const answer: Record<string, unknown> = Object(value);
  const status = answer.statusCode;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    return jsonAnswer(200, value);
  }
  const body = answer.body ?? '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(Object(answer.headers)).map(([name, header]) => [name.toLowerCase(), String(header)]),
      ),
    },
    cookies: Array.isArray(answer.cookies) ? answer.cookies.map(String) : [],
    body: Buffer.from(text, answer.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Repeated parameters are joined with commas. */
function queryParameters(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** `25/Nov/2026:15:09:40 +0000` */
function commonLogTime(epochMs: number): string {
  const [, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
