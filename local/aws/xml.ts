/** The few bits of XML that the query protocol needs. */
import { randomUUID } from 'node:crypto';
import type { AwsError, RawRequest, RawResponse } from './service.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Parsers turn a bare carriage return into a line feed, which would break checksums.
  '\r': '&#13;',
};

export function element(name: string, text: string): string {
  return `<${name}>${text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)}</${name}>`;
}

export function xmlDocument(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0"?><${root} xmlns="${namespace}">${content}</${root}>`;
}

/** True for a request of the query protocol. */
export function isForm(request: RawRequest): boolean {
  return (
    request.method === 'POST' && (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  );
}

/** An error as clients of the query protocol read it; `code` where it differs from the error's own name. */
export function queryFailure(error: AwsError, namespace = '', code = error.type): RawResponse {
  const content = `<Error>${element('Type', 'Sender')}${element('Code', code)}${element('Message', error.message)}</Error>`;
  const body = xmlDocument('ErrorResponse', namespace, `${content}${element('RequestId', randomUUID())}`);
  return { status: error.status, headers: { 'content-type': 'text/xml' }, body };
}
