/** Invented customers who write at an even pace, whatever the answers; remembers whose webhook got a 200. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createVisits } from '../../../local/traffic/visits.ts';

/** A message whose webhook was answered 200. */
export type Accepted = { readonly conversationId: string; readonly messageId: string };

export type Load = {
  readonly accepted: readonly Accepted[];
  /** Written so far, whatever became of it. */
  readonly written: () => number;
  /** Resolves when nobody writes and nobody waits for an answer. */
  stop(): Promise<void>;
};

type Receipt = Accepted & { readonly webhooks: readonly { readonly status: number }[] };

/** Open loop: visits start at `perSecond` messages a second, each message when it is due. */
export function startLoad(richpanelUrl: string, perSecond: number, seed: string): Load {
  const nextVisit = createVisits(seed);
  const over = new AbortController();
  const visits = new Set<Promise<void>>();
  const accepted: Accepted[] = [];
  let written = 0;

  async function write(message: unknown): Promise<void> {
    written += 1;
    try {
      const response = await fetch(`${richpanelUrl}/__sandbox/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      });
      const { conversationId, messageId, webhooks } = (await response.json()) as Receipt;
      if (webhooks.some(({ status }) => status === 200)) accepted.push({ conversationId, messageId });
    } catch {
      // The product died before it answered: nothing was promised.
    }
  }

  async function visit(messages: readonly unknown[], gapMs: number): Promise<void> {
    const writing: Promise<void>[] = [];
    for (const [index, message] of messages.entries()) {
      if (index > 0) await wait(gapMs);
      if (over.signal.aborted) break;
      writing.push(write(message));
    }
    await Promise.all(writing);
  }

  const wait = (ms: number) => sleep(ms, undefined, { signal: over.signal }).catch(() => {});

  async function run(): Promise<void> {
    const began = performance.now();
    let planned = 0;
    while (!over.signal.aborted) {
      const { messages, gapMs } = nextVisit(Date.now());
      const one = visit(messages, gapMs);
      visits.add(one);
      void one.finally(() => visits.delete(one));
      planned += (1_000 / perSecond) * messages.length;
      await wait(Math.max(0, began + planned - performance.now()));
    }
  }

  const running = run();
  return {
    accepted,
    written: () => written,
    async stop() {
      over.abort();
      await running;
      await Promise.all(visits);
    },
  };
}
