/** Names of a function's own queues (platform §5.3). */
import type { FunctionName } from '../../../events/words.ts';

export const laterQueueName = (env: string, name: FunctionName): string => `frontdesk-${env}-${name}-later`;
export const failureQueueName = (env: string, name: FunctionName): string => `frontdesk-${env}-${name}-failures`;

/** SQS carries no longer delay. */
const MAX_DELAY_SECONDS = 900;

/** Whole seconds between 0 and what SQS carries. */
export function delayOf(seconds: number): number {
  return Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil(seconds)));
}
