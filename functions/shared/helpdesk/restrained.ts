/** What may leave for the helpdesk, decided below every flag: a transport that cannot carry the rest. */
import { VendorError } from '../errors.ts';
import type { HttpRequest, HttpTransport } from './transport.ts';

/**
 * `none`: nothing but GET; `routing`: tags, assignment and status, never a word to a customer; `all`: no restraint.
 */
export const HELPDESK_WRITES = ['none', 'routing', 'all'] as const;
export type HelpdeskWrites = (typeof HELPDESK_WRITES)[number];

/** Throws `VendorError` `read_only` before a connection is opened. */
export function restrained(transport: HttpTransport, writes: HelpdeskWrites): HttpTransport {
  if (writes === 'all') return transport;
  return async (request) => {
    const isAllowed = request.method === 'GET' || (writes === 'routing' && isRouting(request));
    if (!isAllowed) throw new VendorError('richpanel', 'read_only');
    return transport(request);
  };
}

const TAGS = /^\/tickets\/[^/?]+\/(add|remove)-tags$/;
const TICKET = /^\/tickets\/[^/?]+$/;

/** A ticket update may carry a message: only one without any comment counts as routing. */
function isRouting({ method, path, body }: HttpRequest): boolean {
  if (method !== 'PUT') return false;
  return TAGS.test(path) || (TICKET.test(path) && !hasComment(body));
}

function hasComment(body: string | null): boolean {
  try {
    const { ticket }: { ticket?: unknown } = Object(JSON.parse(body ?? '{}'));
    return Object.hasOwn(Object(ticket), 'comment');
  } catch {
    return true;
  }
}
