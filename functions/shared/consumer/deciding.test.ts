import { describe, expect, it, vi } from 'vitest';
import { SafeError, VendorError } from '../errors.ts';
import { flagsFrom } from '../flags/flags.ts';
import { uuidV5 } from '../ids.ts';
import { decidedTurn } from '../ledger/claims.ts';
import { delivered } from '../testing.ts';
import { decided, NOTHING } from './definition.ts';
import { CLAIM, MINUTE, say, setUp, skipped, wait } from './testing.ts';

describe('the ledger generation', () => {
  it('that cannot be read is none that a lost ledger had: after the loss the same event is stated under another id', async () => {
    const { container, record, event, published, store, clock, handler } = setUp(say);
    const lose = () => store.remove('idempotency', { key: CLAIM });
    await handler(delivered(event));
    const blind = flagsFrom(
      { read: () => Promise.reject(new VendorError('ssm', 'server')) },
      clock,
      container.telemetry,
      { cacheMs: 0, writesPhrase: null },
    );
    Object.assign(container, { flags: blind });
    await lose();
    await handler(delivered(event));
    // The record keeps it, so whoever repeats it says the same.
    expect((await record())?.generation).toBe(clock.now());
    clock.advance(1);
    await lose();
    await handler(delivered(event));
    const ids = published().map(({ metadata }) => metadata.eventId);
    expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  });
});

describe('deciding once (protocols §4)', () => {
  it('stores what was decided, publishes it, and is done; a second delivery has no effect', async () => {
    const { handler, event, published, record } = setUp(say);
    await handler(delivered(event));
    expect(published().map(({ metadata }) => [metadata.eventName, metadata.eventId, metadata.hops])).toEqual([
      ['RoutingSkipped', uuidV5(event.metadata.eventId, 'RoutingSkipped', 1), 2],
    ]);
    expect(await record()).toMatchObject({ status: 'DONE', generation: 1 });
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
  });

  it('what is DECIDED is published again, the same bytes but for publishedAt, and never decided again', async () => {
    let decisions = 0;
    const { handler, another, event, clock, store, published } = setUp(async (context) => {
      decisions += 1;
      return decided([skipped(context)]);
    });
    const change = store.change.bind(store);
    const dies = vi.spyOn(store, 'change').mockImplementation(async (table, key, changes, condition) => {
      if (changes.set?.status === 'DONE') throw new Error('the process ends before DONE');
      return change(table, key, changes, condition);
    });
    await expect(handler(delivered(event))).rejects.toThrow();
    dies.mockRestore();
    clock.advance(5 * MINUTE);
    await another()(delivered(event));
    const [first, second] = published();
    expect(decisions).toBe(1);
    expect(second?.metadata.publishedAt).not.toBe(first?.metadata.publishedAt);
    expect({ ...second, metadata: { ...second?.metadata, publishedAt: '' } }).toEqual({
      ...first,
      metadata: { ...first?.metadata, publishedAt: '' },
    });
  });

  it('DONE keeps the notes and lets the envelopes go: nobody publishes from it again', async () => {
    const { handler, event, store, container } = setUp(async (context) =>
      decided([skipped(context)], { turn: ['c1'] }),
    );
    await handler(delivered(event));
    const record = await store.get('idempotency', { key: CLAIM });
    expect(JSON.parse(String(record?.decided))).toEqual({ facts: [], notes: { turn: ['c1'] } });
    expect(await decidedTurn(container, CLAIM)).toEqual(['c1']);
  });

  it('who ended without deciding has no turn', async () => {
    const { handler, event, container } = setUp(async () => NOTHING);
    await handler(delivered(event));
    expect(await decidedTurn(container, CLAIM)).toBeNull();
  });

  it('who lost the lease loses at the update, publishes what the other stored, and adds nothing', async () => {
    let isFirst = true;
    const { handler, another, event, clock, published, container } = setUp(async (context) => {
      const told = skipped(context);
      if (isFirst) {
        isFirst = false;
        // The lease is the timeout and 15 s (platform §2.5); another attempt takes the event meanwhile.
        clock.advance(60_000 + 15_001);
        await another()(delivered(event));
      }
      return decided([told]);
    });
    await handler(delivered(event));
    expect(new Set(published().map(({ metadata }) => metadata.occurredAt)).size).toBe(1);
    expect(container.queues.waiting).toEqual([]);
  });

  it('an event that another attempt holds is parked, never swallowed', async () => {
    const { handler, event, store, container, clock } = setUp(say);
    await store.put('idempotency', {
      key: CLAIM,
      status: 'IN_PROGRESS',
      owner: 'another',
      generation: 1,
      lease_until: clock.now() + MINUTE,
    });
    await handler(delivered(event));
    expect(container.queues.waiting).toHaveLength(1);
    expect(container.queues.waiting[0]?.dueAt).toBe(clock.now() + 5_000);
  });

  it('ids end in the generation that the claim stored, though it was raised since', async () => {
    let turn = 0;
    const { handler, event, parameters, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event));
    parameters.values.set('ledger_generation', '2');
    await comeBack(handler);
    expect(published()[0]?.metadata.eventId).toBe(uuidV5(event.metadata.eventId, 'RoutingSkipped', 1));
  });

  it('a fact that breaks its schema is a bug: nothing is stored, and the next attempt finds the event free', async () => {
    let isBroken = true;
    const { handler, event, published, record } = setUp(async (context) => {
      const fact = skipped(context);
      return decided([isBroken ? { ...fact, data: { ...fact.data, words: 'My name is Nora.' } } : fact]);
    });
    const thrown = await handler(delivered(event)).catch((error: unknown) => error);
    expect(thrown).toEqual(new SafeError('bug'));
    expect((await record())?.decided).toBeUndefined();
    isBroken = false;
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
  });

  it('only a code leaves the function when the code is wrong', async () => {
    const { handler, event, container } = setUp(async () => {
      throw new Error('Nora Quill, order 1042');
    });
    const thrown = await handler(delivered(event)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SafeError);
    expect(String(thrown instanceof Error && `${thrown.message}${thrown.stack}${thrown.cause}`)).not.toContain('Nora');
    expect(JSON.stringify(container.telemetry)).not.toContain('Nora');
  });
});

describe('nothing to state', () => {
  it('is done in one step, without a decision on record', async () => {
    const { handler, event, record, published } = setUp(async () => NOTHING);
    await handler(delivered(event));
    expect(await record()).toMatchObject({ status: 'DONE' });
    expect((await record())?.decided).toBeUndefined();
    expect(published()).toEqual([]);
  });
});
