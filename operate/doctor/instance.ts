/** The running instance and its ports. */
import { createServer } from 'node:net';
import { portsFrom } from '../../local/platform/ports.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { findInstance, type Instance } from '../instance/instance.ts';
import { type Check, fail, ok, warn } from './check.ts';

const DEFAULT_BASE = 4400;

/** Not running is a fact, no fault. */
export async function checkInstance(
  context: Context,
): Promise<{ readonly found: Instance | null; readonly check: Check }> {
  const name = 'instance';
  try {
    const found = findInstance(context);
    if (found === null) return { found, check: ok(name, 'not running; start with `npm start`') };
    const parts = {
      console: new URL('/healthz', found.consoleUrl).href,
      endpoint: found.awsEndpoint,
      // A real workspace is no part of ours: `connect richpanel` looks at it.
      ...(found.sandbox && { sandbox: `${found.richpanelUrl}/__sandbox/options` }),
    };
    const silent = (
      await Promise.all(Object.entries(parts).map(async ([part, url]) => ((await answers(url)) ? [] : [part])))
    ).flat();
    if (silent.length > 0)
      return {
        found,
        check: fail(
          name,
          `process ${found.pid} runs, and does not answer: ${silent.join(', ')}`,
          'stop it and run `npm start` again',
        ),
      };
    return { found, check: ok(name, `process ${found.pid}, version ${found.version}, since ${found.startedAt}`) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { found: null, check: warn(name, error.message, error.cure) };
  }
}

/** Ports of `npm start`, where nothing runs yet; a running one has its own. */
export async function checkPorts(instance: Instance | null): Promise<readonly Check[]> {
  if (instance !== null) {
    const { consoleUrl, webhookUrl, awsEndpoint, richpanelUrl } = instance;
    const urls = [consoleUrl, webhookUrl, awsEndpoint, ...(instance.sandbox ? [richpanelUrl] : [])];
    return [ok('ports', `in use by the instance: ${urls.map((url) => new URL(url).port).join(', ')}`)];
  }
  const ports = Object.values(portsFrom(DEFAULT_BASE));
  const free = await Promise.all(ports.map(isFree));
  const taken = ports.filter((_, index) => free[index] !== true);
  if (taken.length === 0) return [ok('ports', `${ports.join(', ')} are free`)];
  return [
    warn(
      'ports',
      `in use: ${taken.join(', ')}`,
      'stop what uses them, or start with `npm start -- --port-base N` (0 takes free ones)',
    ),
  ];
}

/** Any answer at all is one. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  await response?.body?.cancel();
  return response !== null;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
