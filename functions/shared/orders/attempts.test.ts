import { describe, expect, it } from 'vitest';
import { testWorld } from '../testing.ts';
import { countAttempt } from './attempts.ts';

const HOUR = 3_600_000;

function setUp() {
  const world = testWorld();
  const container = world.container('order-lookup');
  return {
    ...world,
    count: (conversation: string, customer: string, id: string) => countAttempt(container, conversation, customer, id),
  };
}

describe('attempts to prove an order (replies §2.2)', () => {
  it('three in a conversation in 24 h', async () => {
    const { count, clock } = setUp();
    for (const id of ['d1', 'd2', 'd3']) expect(await count('t-1', 'h', id)).toBeNull();
    expect(await count('t-1', 'h', 'd4')).toBe('conversation');
    clock.advance(24 * HOUR);
    expect(await count('t-1', 'h', 'd5')).toBeNull();
  });

  it('five of a customer in 24 h, over all conversations', async () => {
    const { count } = setUp();
    for (const n of [1, 2, 3, 4, 5]) expect(await count(`t-${n}`, 'h', `d${n}`)).toBeNull();
    expect(await count('t-6', 'h', 'd6')).toBe('customer');
    expect(await count('t-6', 'other', 'd7')).toBeNull();
  });

  it('one that is made again counts once, and is still allowed when the cap is reached', async () => {
    const { count } = setUp();
    for (const id of ['d1', 'd2', 'd2', 'd2', 'd3']) expect(await count('t-1', 'h', id)).toBeNull();
    expect(await count('t-1', 'h', 'd3')).toBeNull();
    expect(await count('t-1', 'h', 'd4')).toBe('conversation');
  });

  it('at the same time no more than the cap', async () => {
    const { count } = setUp();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => count('t-1', 'h', id)));
    expect(answers.filter((answer) => answer === null).length).toBeLessThanOrEqual(3);
  });
});
