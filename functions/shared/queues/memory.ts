/** A function's own queues in memory. */
import type { Clock, Queues } from '../ports.ts';
import { delayOf } from './names.ts';

export type WaitingMessage = { readonly body: string; readonly dueAt: number };
export type FailedMessage = { readonly body: string; readonly cause: string };

/** @param onLater  told of every parked message, so that a scheduler can bring it back when it is due. */
export function memoryQueues(
  clock: Pick<Clock, 'now'>,
  onLater: (message: WaitingMessage) => void = () => {},
): Queues & { readonly waiting: readonly WaitingMessage[]; readonly failed: readonly FailedMessage[] } {
  const waiting: WaitingMessage[] = [];
  const failed: FailedMessage[] = [];
  return {
    waiting,
    failed,
    async later(body, delayMs) {
      const message = { body, dueAt: clock.now() + delayOf(delayMs / 1000) * 1000 };
      waiting.push(message);
      onLater(message);
    },
    async failure(body, cause) {
      failed.push({ body, cause });
    },
  };
}
