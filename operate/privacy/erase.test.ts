import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { FACTS } from '../../events/facts.ts';
import { auditor } from '../../functions/auditor/handler.ts';
import { sealer } from '../../functions/sealer/handler.ts';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { delivered, exampleOf, testWorld } from '../../functions/shared/testing.ts';
import { factCollector } from '../audit/archive.ts';
import { verifyTrail } from '../audit/verify.ts';
import { Failure } from '../failure.ts';
import { type Erasing, erase } from './erase.ts';
import type { Customer } from './holdings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HASH = 'h_1_00000000000000000000000000000001';
const CUSTOMER: Customer = { conversationIds: ['conv_1', 'conv_2'], hashes: [HASH] };

async function setUp() {
  const world = testWorld();
  const { store, bus, clock } = world;
  const record = auditor(world.container('auditor'));
  const archived: AnyEvent[] = [];
  let heard = 0;
  async function state(fact: AnyEvent): Promise<void> {
    archived.push(fact);
    await record(delivered(fact));
  }
  let next = 0;
  for (const conversationId of ['conv_1', 'conv_2', 'conv_3'])
    for (const name of ['MessageReceived', 'MessageClassified', 'TicketRouted', 'MessageSettled'] as const) {
      next += 1;
      const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(next).padStart(12, '0')}`;
      await state(exampleOf(name, clock.now(), { eventId, conversationId }));
      clock.advance(1_000);
    }
  for (const id of ['conv_1', 'conv_3']) {
    await store.put('conversation_state', { conversation_id: id, version: 1 });
    await store.put('vault', { ref: `ord:${id}:cmt_1:aa`, sealed: 'x' });
    await store.put('vault', { ref: `txt:${id}:cmt_1`, sealed: 'x' });
  }
  await store.put('idempotency', { key: `cust:${HASH}`, slots: [] });
  await store.put('idempotency', { key: 'cust:h_1_00000000000000000000000000000002', slots: [] });
  async function* rowsOf(table: TableName): AsyncGenerator<Item> {
    yield* [...(store.tables.get(table)?.values() ?? [])];
  }
  const parts: Erasing = {
    store,
    bus,
    clock,
    tables: { scan: (table) => rowsOf(table), query: (table) => rowsOf(table) },
    ids: world.container('auditor').ids,
    origin: { env: 'local', release: '0.1.0', brandId: 'main' },
    tell: () => {},
  };
  return {
    ...world,
    parts,
    state,
    seal: () => sealer(world.container('sealer'))({}),
    /** What the commands have published reaches archive and auditor. */
    async hear(): Promise<void> {
      for (const { detail } of bus.published.slice(heard)) {
        heard += 1;
        await state(JSON.parse(detail) as AnyEvent);
      }
    },
    /** Every archived fact again. */
    async rebuild(name: string): Promise<void> {
      for (const fact of archived)
        if ((FACTS as readonly string[]).includes(fact.metadata.eventName)) await record(delivered(fact, name));
    },
    rows: (table: TableName): Item[] => [...(store.tables.get(table)?.values() ?? [])],
    verify() {
      const { facts, add } = factCollector();
      for (const fact of archived) add(fact.metadata.eventName, fact);
      const archive = { facts, holdsAllSince: 0, holdsFactsSince: 0 };
      return verifyTrail({
        rows: [...(store.tables.get('audit_trail')?.values() ?? [])],
        archive,
        underWay: new Set(),
        now: clock.now(),
      });
    },
    deletions: () => bus.published.filter(({ detailType }) => detailType === 'RecordsDeleted'),
  };
}

const ofCustomer = (row: Item): boolean => ['conv_1', 'conv_2'].some((id) => JSON.stringify(row).includes(`"${id}"`));

describe('a customer is deleted', () => {
  it('everywhere, and nobody else; what is left of a record is its place and its leaf', async () => {
    const { parts, rows } = await setUp();
    const before = rows('audit_trail').filter(({ conversation_id }) => conversation_id === 'conv_1');
    const erased = await erase(parts, CUSTOMER);
    expect(erased).toMatchObject({
      customerHash: HASH,
      conversations: 2,
      deleted: { conversation_state: 1, vault: 2, read_models: 6, idempotency: 1 },
      tombstones: 8,
      verifiedRemaining: 0,
    });
    for (const table of ['conversation_state', 'vault', 'read_models'] as const) {
      expect(
        rows(table).filter((row) => JSON.stringify(row).match(/conv_[12]/)),
        table,
      ).toEqual([]);
      expect(rows(table).length, table).toBeGreaterThan(0);
    }
    expect(rows('idempotency').filter(({ key }) => String(key).startsWith('cust:'))).toHaveLength(1);
    const told = JSON.stringify(rows('audit_trail').filter(ofCustomer));
    for (const { leaf_salt, leaf } of before) {
      expect(told).not.toContain(String(leaf_salt));
      expect(told).toContain(String(leaf));
    }
    expect(told).not.toContain('envelope');
  });

  it.each(['before its hour is sealed', 'after'])('and the trail is whole: %s', async (when) => {
    const { parts, clock, seal, hear, verify } = await setUp();
    const toSeal = async () => {
      clock.advance(HOUR_MS + 900_000);
      await seal();
      await hear();
    };
    if (when === 'after') await toSeal();
    await erase(parts, CUSTOMER);
    await hear();
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 8 });
    await toSeal();
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 8 });
    clock.advance(61 * DAY_MS);
    expect(verify()).toMatchObject({ broken: 0 });
  });

  it('once: again there is nothing to do, and nothing is stated', async () => {
    const { parts, deletions } = await setUp();
    await erase(parts, CUSTOMER);
    expect(await erase(parts, CUSTOMER)).toBeNull();
    expect(deletions()).toHaveLength(1);
  });

  it.each(['a rebuild at once', 'a rebuild when the trail has forgotten the rest'])(
    'and does not come back by %s',
    async (when) => {
      const { parts, clock, rebuild, hear, rows, verify } = await setUp();
      await erase(parts, CUSTOMER);
      await hear();
      if (when !== 'a rebuild at once') clock.advance(100 * DAY_MS);
      await rebuild('rebuild-01JQ8Z5M9H3V6T2K4N7P0R0000');
      expect(JSON.stringify(rows('audit_trail').filter(ofCustomer))).not.toContain('envelope');
      expect(rows('read_models').filter(({ model }) => /conv_[12]/.test(String(model)))).toEqual([]);
      expect(rows('read_models').some(({ model }) => String(model).includes('conv_3'))).toBe(true);
      expect(verify()).toMatchObject({ broken: 0 });
    },
  );

  it('but may write again, and is recorded then', async () => {
    const { parts, clock, container, rows } = await setUp();
    await erase(parts, CUSTOMER);
    clock.advance(HOUR_MS);
    const eventId = '0194b8a0-3c1e-7d2a-8f00-00000000ffff';
    const fact = exampleOf('TicketRouted', clock.now(), { eventId });
    await auditor(container('auditor'))(delivered(fact));
    expect(rows('audit_trail').some((row) => row.event_id === eventId && row.envelope !== undefined)).toBe(true);
  });

  it('with what was stated just before and is recorded late, although nothing recent was recorded', async () => {
    const { parts, clock, state, hear, rows, verify } = await setUp();
    clock.advance(HOUR_MS);
    const eventId = '0194b8a0-3c1e-7d2a-8f00-00000000ffff';
    const fact = exampleOf('MessageSettled', clock.now(), { eventId });
    clock.advance(2_000);
    // The auditor comes to it while, or after, the deletion runs.
    let isRecorded = false;
    const record = async () => {
      if (!isRecorded) await state(fact);
      isRecorded = true;
    };
    const told: string[] = [];
    const sleep = async (ms: number) => {
      await record();
      await clock.sleep(ms);
    };
    const erased = await erase({ ...parts, clock: { ...clock, sleep }, tell: (line) => told.push(line) }, CUSTOMER);
    await record();
    await hear();
    expect(erased).toMatchObject({ tombstones: 9, verifiedRemaining: 0 });
    expect(told).toEqual(['waiting 25 s until what was stated last is recorded']);
    expect(JSON.stringify(rows('audit_trail').filter(ofCustomer))).not.toContain('envelope');
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 9 });
  });

  it('not while one of their messages is under way', async () => {
    const { parts, store, deletions, rows } = await setUp();
    await store.put('idempotency', { key: 'evt:rp:conv_2:m', open: 'evt', conversation_id: 'conv_2', received_at: 1 });
    await expect(erase(parts, CUSTOMER)).rejects.toBeInstanceOf(Failure);
    expect(deletions()).toEqual([]);
    expect(rows('conversation_state')).toHaveLength(2);
  });
});

describe('two runs of one deletion', () => {
  it('state one thing, whoever stores it first', async () => {
    const { parts, clock, store, hear, verify, deletions } = await setUp();
    let isSecondRun = false;
    const late: Erasing['store'] = {
      ...store,
      // It has looked whether the fact stands, and falls asleep before it writes its own.
      async change(table, key, changes, condition) {
        if (changes.set?.fact !== undefined && !isSecondRun) {
          isSecondRun = true;
          clock.advance(1_000);
          await erase(parts, CUSTOMER);
        }
        return store.change(table, key, changes, condition);
      },
    };
    await erase({ ...parts, store: late }, CUSTOMER);
    await hear();
    expect(new Set(deletions().map(({ detail }) => (JSON.parse(detail) as AnyEvent).metadata.eventId)).size).toBe(1);
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 8 });
  });

  it('make no tombstone of a request that has stated them all: what is found then is for another', async () => {
    const { parts, clock, store, state, hear, verify, deletions } = await setUp();
    clock.advance(HOUR_MS);
    const eventId = '0194b8a0-3c1e-7d2a-8f00-00000000ffff';
    const fact = exampleOf('MessageSettled', clock.now() - 1_000, { eventId });
    const dying = { putEvents: () => Promise.reject(new Error('killed')) };
    await erase({ ...parts, bus: dying }, CUSTOMER).catch(() => {});
    // Its time of recording was missed: without what would have refused it.
    const barrier = { conversation_id: 'erased#', ts_action_id: 'conv_1' };
    const standing = await store.get('audit_trail', barrier);
    await store.remove('audit_trail', barrier);
    await state(fact);
    await store.put('audit_trail', standing ?? {});
    await erase(parts, CUSTOMER);
    await hear();
    expect(deletions().map(({ detail }) => (JSON.parse(detail) as AnyEvent).data.tombstones)).toEqual([8, 1]);
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 9 });
  });

  it('keep what the later one says of a conversation', async () => {
    const { parts, store, clock } = await setUp();
    const later = new Date(clock.now() + HOUR_MS).toISOString();
    const row = {
      conversation_id: 'erased#',
      ts_action_id: 'conv_1',
      request_id: 'r',
      erased_at: later,
      expires_at: 9e9,
    };
    await store.put('audit_trail', row);
    await erase(parts, CUSTOMER);
    expect(await store.get('audit_trail', { conversation_id: 'erased#', ts_action_id: 'conv_1' })).toEqual(row);
  });
});

describe('a deletion that was interrupted', () => {
  const OTHER = 'h_2_00000000000000000000000000000009';
  /** Dies when it states what it did. */
  async function interrupted() {
    const world = await setUp();
    const dying = { putEvents: () => Promise.reject(new Error('killed')) };
    await erase({ ...world.parts, bus: dying }, CUSTOMER).catch(() => {});
    return world;
  }

  it.each<[string, Customer]>([
    ['another form first', { conversationIds: [], hashes: [OTHER, HASH] }],
    ['one of their tickets alone', { conversationIds: ['conv_2'], hashes: [OTHER] }],
  ])('is found again by %s', async (_, customer) => {
    const { parts, hear, verify, deletions } = await interrupted();
    expect(await erase(parts, customer)).toMatchObject({ customerHash: HASH, conversations: 2, tombstones: 8 });
    await hear();
    expect(deletions()).toHaveLength(1);
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 8, deletionUnderWay: 0 });
  });

  it('is none of another customer', async () => {
    const { parts, deletions } = await interrupted();
    expect(await erase(parts, { conversationIds: ['conv_9'], hashes: [OTHER] })).toBeNull();
    expect(deletions()).toEqual([]);
  });

  it('is under way for a day to whoever verifies, and broken then', async () => {
    const { clock, verify } = await interrupted();
    expect(verify()).toMatchObject({ broken: 0, deletedOnRequest: 0, deletionUnderWay: 8 });
    clock.advance(DAY_MS);
    expect(verify()).toMatchObject({ deletionUnderWay: 0, firstBroken: { why: 'no published deletion proves it' } });
  });
});

describe('whoever dies on the way', () => {
  it('leaves what the next run completes: one request, one statement, a whole trail', async () => {
    let isOver = false;
    for (let atCall = 1; !isOver; atCall += 1) {
      const { parts, hear, verify, deletions } = await setUp();
      let calls = 0;
      const dying = <P extends object>(port: P): P =>
        new Proxy(port, {
          get: (target, name) => {
            const method: unknown = Reflect.get(target, name);
            if (typeof method !== 'function') return method;
            return async (...given: unknown[]) => {
              calls += 1;
              if (calls === atCall) throw new Error('killed');
              return method.apply(target, given);
            };
          },
        });
      await erase({ ...parts, store: dying(parts.store), bus: dying(parts.bus) }, CUSTOMER).catch(() => {});
      isOver = calls < atCall;
      await hear();
      expect(verify(), `killed at call ${atCall}`).toMatchObject({ broken: 0 });
      await erase(parts, CUSTOMER);
      await hear();
      const ids = new Set(deletions().map(({ detail }) => (JSON.parse(detail) as AnyEvent).metadata.eventId));
      expect(ids.size, `call ${atCall}`).toBe(1);
      expect(verify(), `call ${atCall}`).toMatchObject({ broken: 0, deletedOnRequest: 8 });
    }
  });
});
