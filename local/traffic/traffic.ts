/** Invented customers who write into the sandbox while it runs (`npm start --traffic N`). */
import { setTimeout as delay } from 'node:timers/promises';
import { createVisits } from './visits.ts';

export type TrafficSettings = {
  /** Origin of the sandbox. */
  readonly sandboxUrl: string;
  /** Messages per minute; 0 for silence. */
  readonly perMinute: number;
  /** A seed gives the same people and questions again; give a new one at each start for new people. */
  readonly seed: string | number;
};

export type Traffic = {
  /** Messages the sandbox took in, and those it did not. */
  readonly counts: () => { readonly sent: number; readonly failed: number };
  /** Resolves when nobody writes any more. */
  readonly stop: () => Promise<void>;
};

/** Starts writing at once, then at an even pace. A sandbox that does not answer is tried again with the next message. */
export function startTraffic(settings: TrafficSettings): Traffic {
  const { sandboxUrl, perMinute, seed } = settings;
  const over = new AbortController();
  const counts = { sent: 0, failed: 0 };
  const conversations = new Set<Promise<void>>();
  const nextVisit = createVisits(seed);

  async function write(message: unknown): Promise<void> {
    try {
      const response = await fetch(`${sandboxUrl}/__sandbox/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: over.signal,
      });
      await response.arrayBuffer();
      counts[response.ok ? 'sent' : 'failed'] += 1;
    } catch {
      if (!over.signal.aborted) counts.failed += 1;
    }
  }

  async function converse(messages: readonly unknown[], gapMs: number): Promise<void> {
    for (const [index, message] of messages.entries()) {
      if (index > 0) await wait(gapMs, over.signal);
      if (over.signal.aborted) return;
      await write(message);
    }
  }

  async function run(): Promise<void> {
    while (perMinute > 0 && !over.signal.aborted) {
      const visit = nextVisit(Date.now());
      const conversation = converse(visit.messages, visit.gapMs);
      conversations.add(conversation);
      void conversation.finally(() => conversations.delete(conversation));
      await wait((60_000 / perMinute) * visit.messages.length, over.signal);
    }
  }

  const running = run();
  return {
    counts: () => ({ ...counts }),
    stop: async () => {
      over.abort();
      await running;
      await Promise.all(conversations);
    },
  };
}

/** Waits, or until it is over. */
async function wait(ms: number, over: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: over }).catch(() => undefined);
}
