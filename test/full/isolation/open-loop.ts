/** Open-loop load: the schedule is fixed, and latency counts from the instant a request was meant to be sent. */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export type Answer = { readonly status: number; readonly body: string };

const kept = new Agent({ keepAlive: true });
/** A connection for each request: none is met by one that the server is just closing. */
export const EACH_ITS_OWN = new Agent({ keepAlive: false });

/** Rejects when nobody answers. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  agent = kept,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/**
 * Calls `fire` at an even pace for `seconds`, whether or not earlier calls have ended.
 *
 * @param fire  gets the number of the call and its instant on `performance.now()`
 */
export async function openLoop<T>(
  perSecond: number,
  seconds: number,
  fire: (index: number, intendedAt: number) => Promise<T>,
): Promise<T[]> {
  const began = performance.now();
  const calls: Promise<T>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const intendedAt = began + (index * 1_000) / perSecond;
    const wait = intendedAt - performance.now();
    if (wait > 0) await delay(wait);
    calls.push(fire(index, intendedAt));
  }
  return Promise.all(calls);
}

/** The smallest value that so large a share of all does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
