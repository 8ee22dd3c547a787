/** The four ports of an instance (interfaces §1). */
import { createServer } from 'node:net';
import { StartProblem } from './problem.ts';

export type Ports = {
  readonly console: number;
  readonly webhook: number;
  readonly aws: number;
  readonly richpanel: number;
};

/** `base` and the three after it; 0 lets the system choose each. */
export function portsFrom(base: number): Ports {
  if (base === 0) return { console: 0, webhook: 0, aws: 0, richpanel: 0 };
  return { console: base, webhook: base + 1, aws: base + 2, richpanel: base + 3 };
}

/** Looks before anything is written or started; throws `StartProblem` naming the port. */
export async function assertFree(ports: Ports): Promise<void> {
  for (const port of Object.values(ports)) if (port !== 0) await tryToListen(port);
}

/** One line for a port that was taken after the look; rethrows anything else. */
export function explainListenError(error: unknown): never {
  if (error instanceof Error && 'code' in error && 'port' in error && error.code === 'EADDRINUSE')
    throw inUse(Number(error.port));
  throw error;
}

function tryToListen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? inUse(port)
          : new StartProblem(`port ${port} cannot be opened (${error.code}): choose others with --port-base N.`),
      );
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

function inUse(port: number): StartProblem {
  return new StartProblem(
    `port ${port} is in use: stop what uses it, or choose others with --port-base N (0 takes free ones).`,
  );
}
