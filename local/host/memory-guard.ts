/**
 * Ends a worker that outgrows its memory. V8's own limit comes too late for that: past it, a worker that allocates fast
 * often aborts the whole process (measured with Node 24.21: strings, big arrays and maps nearly always), and it does not
 * count buffers at all.
 */
import type { Worker } from 'node:worker_threads';

export type MemoryGuard = {
  /** To be called when work begins: an idle worker is looked at less often. */
  wake(): void;
  stop(): void;
};

const BUSY_CHECK_MS = 50;
const IDLE_CHECK_MS = 1_000;
const MB = 1024 * 1024;

/** Room between the guard's limit and V8's; only a single allocation beyond it can still end the process. */
const LEEWAY_MB = 1_024;

/** V8's limits for a worker under this guard. A small young generation keeps garbage from being taken for use. */
export function resourceLimitsOf(memoryMb: number): {
  maxOldGenerationSizeMb: number;
  maxYoungGenerationSizeMb: number;
} {
  return { maxOldGenerationSizeMb: memoryMb + LEEWAY_MB, maxYoungGenerationSizeMb: 16 };
}

/** Calls `onExceeded` once when heap and buffers together are larger than `memoryMb`; works on a blocked thread too. */
export function guardMemory(
  worker: Worker,
  memoryMb: number,
  isBusy: () => boolean,
  onExceeded: () => void,
): MemoryGuard {
  let timer = setTimeout(check, IDLE_CHECK_MS);
  // Set only while the next look is a long way off, so that a stream of wake-ups cannot put it off.
  let isIdle = true;
  let isStopped = false;

  async function check(): Promise<void> {
    isIdle = false;
    // Rejects when the worker has ended, which its 'exit' event says as well.
    const usage = await worker.getHeapStatistics().catch(() => null);
    if (isStopped) return;
    if (usage !== null && usage.used_heap_size + usage.external_memory > memoryMb * MB) {
      isStopped = true;
      onExceeded();
      return;
    }
    isIdle = !isBusy();
    timer = setTimeout(check, isIdle ? IDLE_CHECK_MS : BUSY_CHECK_MS);
  }

  return {
    wake() {
      if (!isIdle || isStopped) return;
      isIdle = false;
      clearTimeout(timer);
      timer = setTimeout(check, BUSY_CHECK_MS);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
