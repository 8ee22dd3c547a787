/** A bus in this process whose deliveries are never due: what is measured is accepting and matching, not the dispatcher. */
import type { DatabaseSync } from 'node:sqlite';
import { createEventBridge, type EventBridge } from '../../../local/aws/eventbridge/event-bridge.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-2:000000000000:function:measured';

export type MeasuredBus = {
  readonly eventBridge: EventBridge;
  call(operation: string, input: Record<string, unknown>): Promise<unknown>;
  /** A rule of the default bus with one function behind it. */
  rule(name: string, pattern: object): Promise<void>;
};

export function measuredBus(database: DatabaseSync): MeasuredBus {
  const eventBridge = createEventBridge({
    database,
    accountId: '000000000000',
    region: 'us-east-2',
    timing: { now: Date.now, setTimer: () => () => {}, timeScale: 1 },
    enqueueInvocation: () => true,
    sendToQueue: () => {},
  });
  const call: MeasuredBus['call'] = async (operation, input) => eventBridge.service.operations[operation]?.(input);
  return {
    eventBridge,
    call,
    async rule(name, pattern) {
      await call('PutRule', { Name: name, EventPattern: JSON.stringify(pattern) });
      await call('PutTargets', { Rule: name, Targets: [{ Id: '1', Arn: FUNCTION_ARN }] });
    },
  };
}
