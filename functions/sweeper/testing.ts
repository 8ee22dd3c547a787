/** For tests: the sweeper on memory ports, open messages and claims to sweep, and what it told and observed. */
import type { Item } from '../shared/store/language.ts';
import { exampleOf, testWorld } from '../shared/testing.ts';
import { sweeper } from './handler.ts';

export const MINUTE = 60_000;
export const START = Date.parse('2026-01-15T12:00:00.000Z');

export function setUp() {
  const world = testWorld();
  const container = world.container('sweeper');
  const rule = { isEnabled: async () => true };
  const observed: [string, number, string | undefined][] = [];
  const observe = (name: string, value: number, channel?: string) => void observed.push([name, value, channel]);
  Object.assign(container, { metrics: { ...container.metrics, observe } });
  Object.assign(container, { intakeRule: { isEnabled: () => rule.isEnabled() } });
  const handler = sweeper(container);
  const put = (item: Item) => world.store.put('idempotency', item);
  const root = (number: number, channel: 'email' | 'livechat' = 'email') => {
    const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(number).padStart(12, '0')}`;
    return exampleOf('MessageReceived', START, { eventId, rootEventId: eventId, hops: 0, channel });
  };
  const message = (number: number, more: Item = {}) =>
    put({
      key: `evt:rp:conv_1:cmt_${number}`,
      status: 'RECEIVED',
      event_id: root(number).metadata.eventId,
      root: JSON.stringify(root(number)),
      open: 'evt',
      received_at: START,
      next_sweep_at: START + MINUTE,
      sweeps: 0,
      parked_ms: 0,
      deadline_ms: 120 * MINUTE,
      generation: 1,
      ...more,
    });
  const claim = (number: number, more: Item = {}) =>
    put({
      key: `act:rp_reply:conv_1:cmt_${number}`,
      status: 'CLAIMED',
      owner: 'sender',
      approval: JSON.stringify(exampleOf('ReplyApproved', START)),
      claimed_at: START,
      open: 'act',
      received_at: START,
      next_sweep_at: START + 120_000,
      sweeps: 0,
      generation: 1,
      ...more,
    });
  return {
    ...world,
    observed,
    rule,
    message,
    claim,
    root,
    sweep: () => handler({}),
    told: () => world.bus.published.map(({ detail }) => JSON.parse(detail) as ReturnType<typeof exampleOf>),
    names: () => world.bus.published.map(({ detailType }) => detailType),
    nextSweep: async (key: string) => (await world.store.get('idempotency', { key }))?.next_sweep_at,
  };
}
