import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { auditor } from '../auditor/handler.ts';
import { entryOf, leafOf } from '../shared/audit/leaves.ts';
import { merkleRoot } from '../shared/audit/merkle.ts';
import { BEGINNING, entriesOf, leavesOf, placeAfter, SEALS, type Seal } from '../shared/audit/seals.ts';
import type { Base } from '../shared/container.ts';
import { canonicalJson } from '../shared/envelopes.ts';
import { memoryTelemetry } from '../shared/telemetry/memory.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { sealer } from './handler.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** It is noon; the hour from twelve is sealed from a quarter past one. */
function setUp() {
  const world = testWorld();
  const record = auditor(world.container('auditor'));
  let recorded = 0;
  const base = world.container('sealer');
  return {
    ...world,
    base,
    seal: (ports: Partial<Base> = {}) => sealer({ ...base, ...ports })({}),
    /** Records facts of different conversations. */
    async record(count: number): Promise<void> {
      for (let index = 0; index < count; index += 1) {
        recorded += 1;
        const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(recorded).padStart(12, '0')}`;
        const about = { eventId, conversationId: `conv_${recorded % 3}` };
        await record(delivered(exampleOf('TicketRouted', world.clock.now(), about)));
      }
    },
    stated: (): AnyEvent[] => world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent),
    seals: async (): Promise<Seal[]> =>
      (await world.store.query('audit_trail', { partition: SEALS, limit: 100, from: placeAfter(BEGINNING) })).map(
        ({ fact }) => (JSON.parse(String(fact)) as AnyEvent).data as Seal,
      ),
    sealedLeaves: async (seal: Seal | undefined): Promise<string[]> =>
      entriesOf(await world.store.query('audit_trail', { partition: leavesOf(seal?.sealId ?? ''), limit: 100 })),
    leaves: async (): Promise<string[]> => {
      const rows = [];
      for (const partition of ['conv_0', 'conv_1', 'conv_2'])
        rows.push(...(await world.store.query('audit_trail', { partition, limit: 100 })));
      return rows.map((row) => entryOf(leafOf(row)));
    },
  };
}

describe('an hour that is over', () => {
  it('is sealed once, over all its leaves, and stated', async () => {
    const { record, seal, clock, seals, leaves, sealedLeaves, stated } = setUp();
    await record(5);
    clock.advance(HOUR + 15 * MINUTE);
    expect(await seal()).toEqual({ sealed: 1 });
    expect(await seal()).toEqual({ sealed: 0 });
    const [made] = await seals();
    expect((await sealedLeaves(made)).sort()).toEqual((await leaves()).sort());
    expect(made).toMatchObject({
      from: '2026-01-15T12:00:00.000Z',
      to: '2026-01-15T13:00:00.000Z',
      leafCount: 5,
      rootHash: merkleRoot(await sealedLeaves(made)),
      previousRootHash: null,
    });
    expect(stated().map(({ data }) => data)).toEqual([made]);
  });

  it('is left alone until whoever began to record in it has ended', async () => {
    const { record, seal, clock } = setUp();
    await record(1);
    clock.advance(HOUR + 14 * MINUTE);
    expect(await seal()).toEqual({ sealed: 0 });
  });

  it('and hours that were missed are sealed one after the other, each chained to the one before; empty ones are passed over', async () => {
    const { record, seal, clock, seals } = setUp();
    for (const hours of [1, 1, 5]) {
      await record(3);
      clock.advance(hours * HOUR);
    }
    clock.advance(15 * MINUTE);
    expect(await seal()).toEqual({ sealed: 3 });
    const made = await seals();
    expect(made.map(({ from, to }) => [from.slice(11, 13), to.slice(11, 13)])).toEqual([
      ['12', '13'],
      ['13', '14'],
      ['14', '15'],
    ]);
    expect(made.map(({ previousRootHash }) => previousRootHash)).toEqual([null, made[0]?.rootHash, made[1]?.rootHash]);
  });

  it('that gets a leaf after it was sealed has it in the next seal', async () => {
    const { record, seal, clock, seals, store, leaves, sealedLeaves } = setUp();
    await record(2);
    // An index that does not show it yet.
    const [late] = await store.query('audit_trail', { partition: 'conv_2', limit: 1 });
    await store.remove('audit_trail', { conversation_id: 'conv_2', ts_action_id: String(late?.ts_action_id) });
    clock.advance(HOUR + 15 * MINUTE);
    await seal();
    await store.put('audit_trail', late ?? {});
    await record(1);
    clock.advance(HOUR);
    await seal();
    const [first, second] = await seals();
    expect([first?.leafCount, second?.leafCount]).toEqual([1, 2]);
    const sealed = [...(await sealedLeaves(first)), ...(await sealedLeaves(second))];
    expect(sealed.sort()).toEqual((await leaves()).sort());
  });

  it('is found however long nobody ran, from the first run on', async () => {
    const { record, seal, clock, seals } = setUp();
    expect(await seal()).toEqual({ sealed: 0 });
    await record(1);
    clock.advance(50 * 24 * HOUR);
    expect(await seal()).toEqual({ sealed: 1 });
    expect((await seals())[0]?.to).toBe('2026-01-15T13:00:00.000Z');
  });

  it('says nothing of the records: neither salt nor content is in a seal', async () => {
    const { record, seal, clock, store, stated } = setUp();
    await record(1);
    const [row] = await store.query('audit_trail', { partition: 'conv_1', limit: 1 });
    clock.advance(HOUR + 15 * MINUTE);
    await seal();
    const told = JSON.stringify([stated(), [...(store.tables.get('audit_trail')?.values() ?? [])].slice(1)]);
    expect(told).not.toContain(String(row?.leaf_salt));
    expect(told).not.toContain('conv_1');
  });
});

describe('a seal at the end that waits to be published', () => {
  async function leftOver() {
    const world = setUp();
    await world.record(3);
    world.clock.advance(HOUR + 15 * MINUTE);
    const deaf = { putEvents: () => Promise.reject(new Error('killed')) };
    await world.seal({ bus: deaf }).catch(() => {});
    const [made] = await world.seals();
    const [page] = await world.store.query('audit_trail', { partition: leavesOf(made?.sealId ?? ''), limit: 1 });
    const [row] = await world.store.query('audit_trail', { partition: SEALS, limit: 1, newestFirst: true });
    if (made === undefined || page === undefined || row === undefined) throw new Error('not sealed');
    /** Lists these instead, under a root that fits. */
    async function relisted(entries: readonly string[], leafCount = entries.length): Promise<void> {
      const fact = JSON.parse(String(row?.fact)) as AnyEvent;
      const data = { ...fact.data, leafCount, rootHash: merkleRoot(entries) };
      await world.store.put('audit_trail', { ...page, entries });
      await world.store.put('audit_trail', { ...row, fact: canonicalJson({ ...fact, data }) });
    }
    return { ...world, page, entries: entriesOf([page]), relisted };
  }

  it('is published when it is over its leaves, whose time may be over by then', async () => {
    for (const days of [0, 62]) {
      const { seal, stated, clock, store } = await leftOver();
      expect(stated()).toEqual([]);
      clock.advance(days * 24 * HOUR);
      if (days > 0)
        for (const [key, { leaf }] of store.tables.get('audit_trail') ?? [])
          if (leaf !== undefined) store.tables.get('audit_trail')?.delete(key);
      await seal();
      expect(stated(), `${days} days`).toHaveLength(1);
    }
  });

  it.each([
    [
      'lists what is in no table',
      (entries: readonly string[]) => [...entries, `${'e'.repeat(36)} 1999999999 ${'a'.repeat(64)}`],
    ],
    ['lists a leaf as another', ([first = '', ...rest]: readonly string[]) => [`${first.slice(0, -4)}0000`, ...rest]],
  ])('is refused when it %s, and nothing goes on behind it', async (_, forged) => {
    const { seal, stated, entries, relisted, record, clock, seals, container } = await leftOver();
    await relisted(forged(entries));
    await record(1);
    clock.advance(2 * HOUR);
    const telemetry = memoryTelemetry('sealer');
    await expect(seal({ ...container('sealer'), ...telemetry })).rejects.toThrow('seal_not_of_its_leaves');
    expect(telemetry.lines).toMatchObject([{ level: 'ERROR', fields: { error_code: 'seal_not_of_its_leaves' } }]);
    expect(stated()).toEqual([]);
    expect(await seals()).toHaveLength(1);
  });

  it('is refused when its root is not that of the leaves it lists', async () => {
    const { seal, stated, page, store } = await leftOver();
    await store.put('audit_trail', { ...page, entries: [] });
    await expect(seal()).rejects.toThrow('seal_not_of_its_leaves');
    expect(stated()).toEqual([]);
  });
});

describe('whoever dies on the way', () => {
  /** Fails at the n-th call, before or after its effect, as a process that is killed there. */
  function dying(base: Base, atCall: number, isAfter: boolean): Partial<Base> {
    let calls = 0;
    const guarded = <P extends object>(target: P): P =>
      new Proxy(target, {
        get: (port, name) => {
          const method: unknown = Reflect.get(port, name);
          if (typeof method !== 'function') return method;
          return async (...given: unknown[]) => {
            calls += 1;
            if (calls === atCall && !isAfter) throw new Error('killed');
            const answer = await method.apply(port, given);
            if (calls === atCall && isAfter) throw new Error('killed');
            return answer;
          };
        },
      });
    return { store: guarded(base.store), bus: guarded(base.bus) };
  }

  it.each([true, false])(
    'at any call leaves what the next run completes: the same seals, stated (after the effect: %s)',
    async (isAfter) => {
      for (let atCall = 1; atCall <= 12; atCall += 1) {
        const { record, seal, clock, seals, stated, base, sealedLeaves } = setUp();
        for (let hour = 0; hour < 2; hour += 1) {
          await record(3);
          clock.advance(HOUR);
        }
        clock.advance(15 * MINUTE);
        // Of 60 days of empty hours before the first seal nobody needs the calls counted.
        await seal({ clock: { ...clock, now: () => clock.now() - HOUR } });
        await seal(dying(base, atCall, isAfter)).catch(() => {});
        await seal();
        const made = await seals();
        expect(made, `call ${atCall}`).toHaveLength(2);
        for (const one of made) expect(merkleRoot(await sealedLeaves(one))).toBe(one.rootHash);
        expect(made[1]?.previousRootHash).toBe(made[0]?.rootHash);
        const byId = new Map(stated().map(({ metadata, data }) => [metadata.eventId, data]));
        expect([...byId.values()]).toEqual(made);
      }
    },
  );

  it('or wakes up late, with what it has read before, changes no seal that stands', async () => {
    const { record, seal, clock, seals, stated, base, store } = setUp();
    await record(3);
    clock.advance(HOUR + 15 * MINUTE);
    await seal({ clock: { ...clock, now: () => clock.now() - HOUR } });
    const chain = await store.query('audit_trail', { partition: SEALS, limit: 1, newestFirst: true });
    await seal();
    const [made] = await seals();
    let isFirst = true;
    const asleep: Base['store'] = {
      ...base.store,
      async query(table, question) {
        if (question.index !== undefined) return (await store.query(table, question)).slice(1);
        if (question.partition !== SEALS || !isFirst) return store.query(table, question);
        isFirst = false;
        return chain;
      },
    };
    await seal({ store: asleep });
    expect(await seals()).toEqual([made]);
    expect(stated().map(({ data }) => data)).toEqual([made]);
  });

  it('and a second one beside it make one chain', async () => {
    const { record, seal, clock, seals, stated } = setUp();
    await record(3);
    clock.advance(HOUR);
    await record(3);
    clock.advance(HOUR + 15 * MINUTE);
    await Promise.all([seal(), seal(), seal()]);
    const made = await seals();
    expect(made.map(({ previousRootHash }) => previousRootHash)).toEqual([null, made[0]?.rootHash]);
    expect([...new Set(stated().map(({ data }) => JSON.stringify(data)))]).toEqual(
      made.map((one) => JSON.stringify(one)),
    );
  });
});
