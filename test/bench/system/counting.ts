/** Counts requests by what they ask for, at the HTTP servers of this process. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Starts to count; answers the counts so far, e.g. `DynamoDB_20120810.GetItem` or `helpdesk PUT`. */
export function countRequests(): () => Record<string, number> {
  const counts = new Map<string, number>();
  subscribe('http.server.request.start', (message) => {
    const name = nameOf((message as { request: IncomingMessage }).request);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return () => Object.fromEntries(counts);
}

function nameOf({ method, url, headers }: IncomingMessage): string | null {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target;
  return url?.startsWith('/v1/') ? `helpdesk ${method}` : null;
}
