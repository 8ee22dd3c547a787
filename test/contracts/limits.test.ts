/** The budget shared by all functions, on DynamoDB's wire and in memory (platform §5.5). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import type { Limits, Store } from '../../functions/shared/ports.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint();
});
afterAll(() => endpoint.close());

describe.each(['DynamoDB', 'memory'])('the shared budget (%s)', (kind) => {
  // The wire keeps its items over tests: every test has a day of its own.
  let clock: ReturnType<typeof memoryClock>;
  let store: Store;
  let day = 0;
  const container = (): Limits => windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET });
  const takeAll = async (limits: Limits, operationClass: string, attempts: number): Promise<number> => {
    let taken = 0;
    for (let attempt = 0; attempt < attempts; attempt += 1)
      if (await limits.take('richpanel', operationClass)) taken += 1;
    return taken;
  };
  beforeEach(() => {
    day += 1;
    clock = memoryClock(Date.UTC(2026, 0, 1 + 3 * day));
    store = kind === 'memory' ? memoryStore(clock) : dynamoStore(endpoint.dynamo, 'local', clock);
  });

  it('gives reads 15 and orders 10 in a window, and never lends them to each other', async () => {
    expect(await takeAll(container(), 'reads', 20)).toBe(15);
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
    expect(await takeAll(container(), 'reads', 5)).toBe(0);
  });

  it('gives writes 20 of their own and what the others left, 45 in all', async () => {
    expect(await takeAll(container(), 'reads', 3)).toBe(3);
    expect(await takeAll(container(), 'writes', 60)).toBe(42);
    expect(await takeAll(container(), 'reads', 5)).toBe(0);
    expect(await takeAll(container(), 'orders', 5)).toBe(0);
  });

  it('gives four fifths of it all while a backlog drains', async () => {
    let isCatchingUp = true;
    const limits = windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET }, async () => isCatchingUp);
    expect(await takeAll(limits, 'reads', 20)).toBe(12);
    expect(await takeAll(limits, 'orders', 20)).toBe(8);
    expect(await takeAll(limits, 'writes', 20)).toBe(16);
    isCatchingUp = false;
    clock.advance(31_000);
    expect(await takeAll(limits, 'reads', 20)).toBe(15);
  });

  it('holds no more than 45 in any window of 30 s, though each call be up to a second on its way', async () => {
    const limits = container();
    const at: number[] = [];
    for (let second = 0; second < 90; second += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1)
        if (await limits.take('richpanel', 'writes')) at.push(clock.now());
      clock.advance(1000);
    }
    const most = Math.max(
      ...at.map((start) => at.filter((time) => time >= start && time < start + 30_000 + 1_000).length),
    );
    expect(most).toBe(45);
    expect(at).toHaveLength(3 * 45);
  });

  it('gives a place back exactly when the window has passed over it', async () => {
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
    clock.advance(RICHPANEL_BUDGET.windowMs - 1);
    expect(await takeAll(container(), 'orders', 20)).toBe(0);
    clock.advance(1);
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
  });

  it('shares one budget between containers', async () => {
    const two = [container(), container()];
    let taken = 0;
    for (let round = 0; round < 12; round += 1)
      for (const limits of two) if (await limits.take('richpanel', 'reads')) taken += 1;
    expect(taken).toBe(15);
  });

  it('never gives one place twice when two ask at once', async () => {
    await takeAll(container(), 'orders', 9);
    const answers = await Promise.all([1, 2, 3, 4].map(() => container().take('richpanel', 'orders')));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('is closed for everybody until the vendor said, and open from then on', async () => {
    const [told, other] = [container(), container()];
    expect(await told.take('richpanel', 'reads', clock.now() + 7_000)).toBe(false);
    clock.advance(6_999);
    expect(await takeAll(other, 'writes', 3)).toBe(0);
    expect(await takeAll(told, 'reads', 3)).toBe(0);
    clock.advance(1);
    expect(await container().take('richpanel', 'writes')).toBe(true);
    expect(await told.take('richpanel', 'reads')).toBe(true);
  });

  it('does not shorten a closing', async () => {
    const limits = container();
    await limits.take('richpanel', 'reads', clock.now() + 9_000);
    await container().take('richpanel', 'reads', clock.now() + 2_000);
    clock.advance(5_000);
    expect(await container().take('richpanel', 'reads')).toBe(false);
  });

  it('polling has a fifth of the whole, out of what reads have', async () => {
    expect(await takeAll(container(), 'polls', 20)).toBe(9);
    expect(await takeAll(container(), 'reads', 20)).toBe(6);
    clock.advance(RICHPANEL_BUDGET.windowMs);
    expect(await takeAll(container(), 'reads', 12)).toBe(12);
    expect(await takeAll(container(), 'polls', 20)).toBe(3);
  });

  it('halves the places of a class that was refused five times in 15 minutes', async () => {
    const limits = container();
    for (let refusal = 0; refusal < 4; refusal += 1) {
      await limits.take('richpanel', 'orders', clock.now() + 1_000);
      clock.advance(60_000);
    }
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
    await limits.take('richpanel', 'orders', clock.now() + 1_000);
    clock.advance(60_000);
    expect(await takeAll(container(), 'orders', 20)).toBe(5);
    expect(await takeAll(container(), 'reads', 20)).toBe(15);
    // The first of the five is 15 minutes old.
    clock.advance(15 * 60_000 - 5 * 60_000);
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
  });

  it('begins anew after the item expired, deleted or not', async () => {
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
    clock.advance(2 * 86_400_000);
    expect(await takeAll(container(), 'orders', 20)).toBe(10);
  });
});
