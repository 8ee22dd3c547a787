/** Puts what the console is asked to its worker, which starts with the first question and is replaced when it dies. */
import { Worker } from 'node:worker_threads';
import type { DeskSettings, Refused, Told } from './messages.ts';

export type Outcome =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly refused: Refused; readonly isMisuse: boolean };

export type Desk = {
  /** Starts the worker, so that the first question does not wait for it. */
  open(): void;
  /** @param onLine  hears of progress; a line for people. Never rejects. */
  ask(
    name: string,
    input: unknown,
    about?: { operator?: string | null; onLine?: (line: string) => void },
  ): Promise<Outcome>;
  close(): Promise<void>;
};

type Waiting = { readonly onLine: (line: string) => void; readonly end: (outcome: Outcome) => void };

const DIED: Outcome = {
  ok: false,
  isMisuse: false,
  refused: { code: 'desk_died', message: 'the console’s worker ended while it was at this', cure: 'ask again' },
};
/** Of the worker's heap: a trail of 60 days is read in pieces, and what is beyond this is a fault. */
const HEAP_MB = 1024;

export function createDesk(settings: DeskSettings): Desk {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let asked = 0;

  function start(): Worker {
    const fresh = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    fresh.on('message', (told: Told) => {
      const one = waiting.get(told.id);
      if (one === undefined) return;
      if ('line' in told) return one.onLine(told.line);
      waiting.delete(told.id);
      one.end('json' in told ? { ok: true, json: told.json } : { ok: false, ...told });
    });
    fresh.on('error', () => {});
    fresh.on('exit', () => {
      if (worker !== fresh) return;
      worker = null;
      for (const [id, one] of waiting) {
        waiting.delete(id);
        one.end(DIED);
      }
    });
    fresh.unref();
    return fresh;
  }

  return {
    open() {
      worker ??= start();
    },
    ask(name, input, { operator = null, onLine = () => {} } = {}) {
      asked += 1;
      const id = asked;
      worker ??= start();
      const answer = new Promise<Outcome>((end) => waiting.set(id, { onLine, end }));
      worker.postMessage({ id, name, input, operator });
      return answer;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
