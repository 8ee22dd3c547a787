/** HTTP between a function and the sandbox in the simulated world: bytes take time, get lost, and arrive after their sender gave up. */
import {
  type HttpRequest,
  type HttpResponse,
  type HttpTransport,
  TransportError,
} from '../../../functions/shared/helpdesk/transport.ts';
import type { SandboxResponse } from '../../../local/sandbox/http-types.ts';
import type { Sandbox } from '../../../local/sandbox/sandbox.ts';
import type { Random } from '../../simulation/kernel/random.ts';
import type { Process, Scheduler } from '../../simulation/kernel/scheduler.ts';

/** One exchange as the shop saw it, for the judges. */
export type Exchange = {
  readonly by: string;
  readonly method: string;
  readonly path: string;
  /** When it left, when it arrived, by the world's clock. */
  readonly leftAt: number;
  readonly arrivedAt: number;
  readonly status: number;
  readonly retryAfter: string | null;
  /** Of the request, when a fault switch hit it. */
  readonly fault: string | null;
};

const LONGEST_WAY_MS = 120;
/** Share of writes that arrive long after they left; their sender may have given up. */
const LATE = 0.01;
const LATEST_MS = 29_000;

export function wireOf(parts: {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly sandbox: Sandbox;
  readonly onExchange: (exchange: Exchange) => void;
}): (process: Process) => HttpTransport {
  const { scheduler, random, sandbox, onExchange } = parts;
  const network = scheduler.process('network');

  function wayOf({ method, isOnce, timeoutMs }: HttpRequest): number {
    if (method === 'GET' || !random.chance(LATE)) return random.integer(1, LONGEST_WAY_MS);
    // What is sent once is aborted with its connection (protocols §6).
    return random.integer(1, isOnce ? Math.min(timeoutMs, LATEST_MS) : LATEST_MS);
  }

  async function arrive(request: HttpRequest, by: string, leftAt: number): Promise<HttpResponse> {
    await network.clock.sleep(wayOf(request));
    const arrivedAt = scheduler.clock.now();
    const before = sandbox.journal().at(-1)?.seq ?? 0;
    const response = await sandbox.handle({
      method: request.method,
      path: `/v1${request.path}`,
      headers: request.headers,
      ...(request.body === null ? {} : { body: request.body }),
    });
    const fault = sandbox.journal(before).at(-1)?.fault ?? null;
    const retryAfter = response.headers['retry-after'] ?? null;
    onExchange({
      by,
      method: request.method,
      path: request.path,
      leftAt,
      arrivedAt,
      status: response.status,
      retryAfter,
      fault,
    });
    await network.clock.sleep(random.integer(1, LONGEST_WAY_MS));
    return transmitted(response);
  }

  async function transmitted({ status, headers, body, wire = {} }: SandboxResponse): Promise<HttpResponse> {
    if (wire.reset) throw new TransportError('network', true);
    if (wire.holdMs !== undefined) {
      await network.clock.sleep(wire.holdMs);
      throw new TransportError('network', true);
    }
    await network.clock.sleep((wire.delayMs ?? 0) + (wire.bodyDelayMs ?? 0));
    return { status, headers, body };
  }

  return (process) => (request) => {
    if (request.mayWrite && !request.mayWrite()) return Promise.reject(new TransportError('window_passed', false));
    const answered = arrive(request, process.id, scheduler.clock.now());
    // Whoever gave up hears no more of it.
    answered.catch(() => undefined);
    const givenUp = network.clock.sleep(request.timeoutMs).then((): never => {
      throw new TransportError('timeout', true);
    });
    givenUp.catch(() => undefined);
    return Promise.race([answered, givenUp]);
  };
}
