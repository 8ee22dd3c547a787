/** Posts what begins and what ends to `--alert-url`: in order, with patience for a slow listener and none for a dead one. */
import type { Transition } from './standing.ts';

export type Poster = {
  /** Never waits and never throws. */
  post(transition: Transition): void;
  /** Gives up what is still on its way. */
  stop(): void;
};

/** How long a listener may take to answer. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 2_000;
/** So many may wait for a listener that is slow; the oldest go first. */
const MOST_WAITING = 100;

type Options = {
  /** What was told in vain, in one line; the URL may hold a secret and is not in it. */
  readonly onTrouble: (what: string) => void;
  readonly retryMs?: number;
};

/** @param url  http or https */
export function createPoster(url: URL, { onTrouble, retryMs = RETRY_MS }: Options): Poster {
  const ended = new AbortController();
  let waiting: Transition[] = [];
  let isPosting = false;

  async function attempt(transition: Transition): Promise<string | null> {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(transition),
        // An address that was given is the one that is told, and no other.
        redirect: 'error',
        signal,
      });
      await answer.body?.cancel();
      return answer.ok ? null : `status ${answer.status}`;
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'no connection';
    }
  }

  async function work(): Promise<void> {
    isPosting = true;
    for (let next = waiting.shift(); next !== undefined && !ended.signal.aborted; next = waiting.shift()) {
      let failure = await attempt(next);
      if (failure !== null && !ended.signal.aborted) {
        await pause(retryMs, ended.signal);
        failure = await attempt(next);
      }
      if (failure !== null && !ended.signal.aborted)
        onTrouble(`alarm ${next.id} (${next.state}) could not be posted to --alert-url: ${failure}`);
    }
    isPosting = false;
  }

  return {
    post(transition) {
      if (ended.signal.aborted) return;
      waiting.push(transition);
      if (waiting.length > MOST_WAITING) {
        onTrouble(`--alert-url is too slow: the oldest of ${waiting.length} alarms was dropped`);
        waiting = waiting.slice(-MOST_WAITING);
      }
      if (!isPosting) void work();
    },
    stop() {
      ended.abort();
    },
  };
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      until.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    until.addEventListener('abort', end);
  });
}
