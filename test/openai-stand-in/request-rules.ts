/** What a request to the model has to be like (decisions §3.1–3.2), looked at from the vendor's side. */
import type { IncomingMessage } from 'node:http';

const ALLOWED_KEYS = [
  'model',
  'store',
  'instructions',
  'input',
  'text',
  'max_output_tokens',
  'reasoning',
  'temperature',
];

/** One line for each rule that is broken. */
export function* objectionsTo(
  request: IncomingMessage,
  body: Record<string, unknown>,
  isModeration: boolean,
  key: string,
): Generator<string> {
  if (request.headers.authorization !== `Bearer ${key}`) yield 'not the key';
  if (request.headers['openai-organization'] !== undefined) yield 'names an organisation';
  if (isModeration) return;
  if (request.url !== '/v1/responses' || request.method !== 'POST') yield `${request.method} ${request.url}`;
  const strangers = Object.keys(body).filter((name) => !ALLOWED_KEYS.includes(name));
  if (strangers.length > 0) yield `asks for ${strangers.join(', ')}`;
  if (body.store !== false) yield 'is to be stored';
  const format = (body.text as { format?: Record<string, unknown> } | undefined)?.format;
  if (format?.type !== 'json_schema' || format.strict !== true) yield 'no strict schema';
  const cap = Number(body.max_output_tokens);
  if (!(cap > 0 && cap <= 600)) yield 'no cap on the output';
  if (String(body.instructions).length > 16_000) yield 'a prompt beyond measure';
  // The models of the shipped table take no temperature.
  if ('temperature' in body) yield 'a temperature';
}
