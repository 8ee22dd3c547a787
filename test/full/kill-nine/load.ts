/** Invented customers who write at an even pace, whatever the answers; remembers whose webhook got a 200. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../local/sandbox/model/random.ts';
import { FOLLOW_UPS } from '../../../local/traffic/phrases.ts';
import { between, pick } from '../../../local/traffic/random.ts';
import { createVisits, type Visit } from '../../../local/traffic/visits.ts';
import type { Accepted } from '../../processes/states.ts';

export type Load = {
  readonly accepted: readonly Accepted[];
  /** Written so far, whatever became of it. */
  readonly written: () => number;
  /** While the product is frozen nobody writes either: what it cannot take would only pile up before it. */
  pause(): void;
  resume(): void;
  /** Resolves when nobody writes and nobody waits for an answer. */
  stop(): Promise<void>;
};

type Receipt = Accepted & { readonly webhooks: readonly { readonly status: number }[] };

const TICK_MS = 10;
/** Beside the visits that have several messages anyway: these come while the first is under way. */
const WRITES_AGAIN_SHARE = 0.15;
const WRITES_AGAIN_MS = [100, 2_500] as const;

/** Open loop: visits start at `perSecond` messages a second, each message when it is due. */
export function startLoad(richpanelUrl: string, perSecond: number, seed: string): Load {
  const nextVisit = createVisits(seed);
  const chance = createRandom(`load|${seed}`);
  const over = new AbortController();
  const visits = new Set<Promise<void>>();
  const accepted: Accepted[] = [];
  let written = 0;
  /** Time spent writing: what was gathered before the last pause, and since when it runs again. */
  let gatheredMs = 0;
  let runsSince: number | null = performance.now();
  const activeMs = () => gatheredMs + (runsSince === null ? 0 : performance.now() - runsSince);

  function invent(): Pick<Visit, 'messages' | 'gapMs'> {
    const { messages, gapMs } = nextVisit(Date.now());
    const [first] = messages;
    if (first === undefined || messages.length > 1 || chance() >= WRITES_AGAIN_SHARE) return { messages, gapMs };
    const { conversationId, channel } = first;
    const again = {
      text: pick(chance, FOLLOW_UPS),
      ...(conversationId && { conversationId }),
      ...(channel && { channel }),
    };
    return { messages: [first, again], gapMs: between(chance, ...WRITES_AGAIN_MS) };
  }

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
    let plannedMs = 0;
    while (!over.signal.aborted) {
      while (runsSince !== null && plannedMs <= activeMs()) {
        const { messages, gapMs } = invent();
        const one = visit(messages, gapMs);
        visits.add(one);
        void one.finally(() => visits.delete(one));
        plannedMs += (1_000 / perSecond) * messages.length;
      }
      await wait(TICK_MS);
    }
  }

  const running = run();
  return {
    accepted,
    written: () => written,
    pause: () => {
      gatheredMs = activeMs();
      runsSince = null;
    },
    resume: () => {
      runsSince = performance.now();
    },
    async stop() {
      over.abort();
      await running;
      await Promise.all(visits);
    },
  };
}
