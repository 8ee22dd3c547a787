/** Expectations: architecture §4 (time): every wait is scaled. What is waited for here takes 2 to 15 minutes unscaled. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { parseFaultRule } from '../sandbox/faults/rules.ts';
import { type Platform, startPlatform } from './platform.ts';

// The first message of a container loads the weights within its scaled timeout.
const TIME_SCALE = 0.03;
const DISPUTE = 'I filed a chargeback with my bank, you will hear from my lawyer';
const PATIENCE_MS = 60_000;

let platform: Platform;
const facts: AnyEvent[] = [];

beforeAll(async () => {
  platform = await startPlatform({
    folder: null,
    timeScale: TIME_SCALE,
    limits: 'unlimited',
    // Nobody looks for further messages, so no other reads are among those that fail.
    sandbox: { webhookBody: 'with-message-id' },
  });
  platform.endpoint.tap.listen((fact) => facts.push(fact));
}, PATIENCE_MS);
afterAll(() => platform.stop());

function fail(rule: object): void {
  const parsed = parseFaultRule(rule);
  if (typeof parsed === 'string') throw new Error(parsed);
  platform.sandbox.addFaults([parsed]);
}

/** Writes, and answers after how many milliseconds the message settled. */
async function settledAfter(conversationId: string, channel: 'email' | 'livechat'): Promise<number> {
  const began = performance.now();
  await platform.sandbox.customerWrites({ conversationId, channel, text: DISPUTE });
  await expect
    .poll(() => stated('MessageSettled', conversationId), { timeout: PATIENCE_MS, interval: 20 })
    .not.toHaveLength(0);
  return performance.now() - began;
}

function stated(name: string, conversationId: string): AnyEvent[] {
  return facts.filter(({ metadata }) => metadata.eventName === name && metadata.conversationId === conversationId);
}

it.concurrent('a message that is parked again and again comes back', { timeout: 2 * PATIENCE_MS }, async () => {
  // Each run reads twice; then it waits 5 s, 30 s and 2 min. A delivery that happens twice may take the last of these.
  fail({ match: { ticketId: 'parked', method: 'GET' }, times: 6, fault: 'status', code: 503 });
  const ms = await settledAfter('parked', 'email');
  expect(ms).toBeGreaterThan(35_000 * TIME_SCALE);
  expect(ms).toBeLessThan(155_000 / 3);
  expect(stated('MessageStalled', 'parked')).toEqual([]);
});

it.concurrent('a lease whose owner was ended at its timeout is taken over', { timeout: 2 * PATIENCE_MS }, async () => {
  // Longer than `responder-route` may run; then Lambda waits a minute, and the lease as long.
  fail({ match: { ticketId: 'lease', method: 'PUT' }, times: 1, fault: 'slow', ms: 8_000 });
  expect(await settledAfter('lease', 'email')).toBeLessThan(120_000 / 3);
  expect(stated('MessageStalled', 'lease')).toEqual([]);
});

it('a message that nobody routes stalls after 15 minutes', { timeout: 2 * PATIENCE_MS }, async () => {
  const { DisableRule } = platform.endpoint.eventBridge.service.operations;
  await DisableRule?.({ Name: 'responder-route', EventBusName: platform.busName });
  const ms = await settledAfter('stalled', 'livechat');
  expect(stated('MessageStalled', 'stalled')).not.toEqual([]);
  expect(ms).toBeGreaterThan(900_000 * TIME_SCALE);
  expect(ms).toBeLessThan(900_000 / 4);
});
