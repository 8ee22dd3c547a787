/** The bus alone, without wire or file: what many deliveries come to (architecture §4, at-least-once, lived). */
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { ACCOUNT, functionArn, queueArn, REGION, seededRandom, type VirtualTiming, virtualTiming } from '../testing.ts';
import { createEventBridge, type EventBridge } from './event-bridge.ts';

const EVENT = { Source: 's', DetailType: 't', Detail: '{}' };

let eventBridge: EventBridge;
let timing: VirtualTiming;
let delivered: string[];
afterEach(() => {
  eventBridge.stop();
  eventBridge.database.close();
});

/** A rule for every event, with these targets; the queue `silent` never answers. Asks for no share of duplicates. */
function open(...targets: string[]): void {
  timing = virtualTiming(0);
  delivered = [];
  eventBridge = createEventBridge({
    database: openDatabase(null),
    accountId: ACCOUNT,
    region: REGION,
    timing,
    random: seededRandom(20_260_131),
    enqueueInvocation: (request) => delivered.push(request.functionArn) > 0,
    sendToQueue: (queue) => (queue === 'silent' ? new Promise(() => {}) : void delivered.push(queueArn(queue))),
  });
  call('PutRule', { Name: 'r', EventPattern: '{"source":["s"]}' });
  call('PutTargets', { Rule: 'r', Targets: targets.map((Arn, index) => ({ Id: String(index), Arn })) });
}

const call = (operation: string, input: Record<string, unknown>) => eventBridge.service.operations[operation]?.(input);
const countOf = (arn: string) => delivered.filter((one) => one === arn).length;

describe('deliveries', () => {
  it.each([functionArn('verify'), queueArn('inbox')])('to %s happen twice in about one of a hundred', async (arn) => {
    open(arn);
    const Entries = Array.from({ length: 10 }, () => EVENT);
    await Promise.all(Array.from({ length: 1_000 }, () => call('PutEvents', { Entries })));
    await timing.advance(10_000);
    expect(eventBridge.pendingDeliveries()).toBe(0);
    // 10,000 draws at 0.01: five standard deviations (9.95) around 100.
    expect(countOf(arn) - 10_000).toBeGreaterThan(50);
    expect(countOf(arn) - 10_000).toBeLessThan(150);
  });

  it('to a target that never answers do not hold up the others', async () => {
    open(queueArn('silent'), queueArn('quick'), functionArn('verify'));
    for (let n = 0; n < 300; n += 1) await call('PutEvents', { Entries: [EVENT] });
    await timing.advance(10_000);
    expect(countOf(queueArn('quick'))).toBeGreaterThanOrEqual(300);
    expect(countOf(functionArn('verify'))).toBeGreaterThanOrEqual(300);
    expect(eventBridge.pendingDeliveries()).toBe(300);
  });
});
