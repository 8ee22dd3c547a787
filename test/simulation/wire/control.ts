/** The sandbox's control calls (interfaces §9). */
import type { ReadyObject } from '../../../local/platform/ready-file.ts';

const TIMEOUT_MS = 20_000;

/** The answer's JSON; throws when there is none, or when the call was refused. */
export async function control<T>(
  { richpanelUrl }: Pick<ReadyObject, 'richpanelUrl'>,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  call: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${richpanelUrl}/__sandbox/${call}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${method} ${call}`);
  return (await response.json()) as T;
}
