/** One meaning of the store, on DynamoDB's wire and in memory (protocols §1, platform §2.1). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import type { Store } from '../../functions/shared/ports.ts';
import { retryingStore } from '../../functions/shared/retrying.ts';
import {
  absent,
  all,
  any,
  type Condition,
  eq,
  firstWriter,
  ge,
  gt,
  type Item,
  le,
  lt,
  ne,
  present,
} from '../../functions/shared/store/language.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { OPEN_BY_SWEEP } from '../../functions/shared/store/tables.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { type Loss, losingAnswers } from './lost-answers.ts';

const NOW = Date.UTC(2026, 0, 31, 9, 30, 0);
const NOW_S = NOW / 1000;
const clock = memoryClock(NOW);

type Subject = { readonly store: Store; readonly loss: Loss };
let endpoint: Endpoint;
const subjects: Record<string, Subject> = {};
let serial = 0;
const freshKey = () => {
  serial += 1;
  return `evt:rp:t-${serial}:m-1`;
};

beforeAll(async () => {
  endpoint = await openEndpoint();
  subjects.dynamodb = { store: dynamoStore(endpoint.dynamo, 'local', clock), loss: losingAnswers(endpoint.dynamo) };
  subjects.memory = losingMemory();
});
afterAll(() => endpoint.close());

/** The memory store with the same kind of loss. */
function losingMemory(): Subject {
  const store = memoryStore(clock);
  let isArmed = false;
  const lossy = async <T>(run: () => Promise<T>): Promise<T> => {
    const answer = await run();
    if (!isArmed) return answer;
    isArmed = false;
    throw new VendorError('dynamodb', 'network', { applied: 'unknown' });
  };
  return {
    store: {
      get: (...call) => lossy(() => store.get(...call)),
      put: (...call) => lossy(() => store.put(...call)),
      update: (...call) => lossy(() => store.update(...call)),
      change: (...call) => lossy(() => store.change(...call)),
      remove: (...call) => lossy(() => store.remove(...call)),
      query: (...call) => lossy(() => store.query(...call)),
    },
    loss: {
      arm: () => {
        isArmed = true;
      },
    },
  };
}

describe.each(['dynamodb', 'memory'])('the store (%s)', (kind) => {
  const subject = (): Subject => subjects[kind] ?? raise();
  const store = (): Store => subject().store;

  it('gives back what was put, of every kind of value', async () => {
    const key = freshKey();
    const item: Item = {
      key,
      text: 'x',
      empty: '',
      number: 1.5,
      yes: true,
      nothing: null,
      list: ['a', 1, { deep: [] }],
      map: { a: { b: null } },
    };
    expect(await store().put('idempotency', item)).toBe(true);
    expect(await store().get('idempotency', { key })).toEqual(item);
    expect(await store().get('idempotency', { key: freshKey() })).toBeNull();
  });

  it('compares the instants of the sparse indexes as numbers', async () => {
    const key = freshKey();
    await store().put('idempotency', { key, open: 'other', received_at: NOW, next_sweep_at: NOW + 1 });
    expect(await store().get('idempotency', { key })).toMatchObject({ received_at: NOW, next_sweep_at: NOW + 1 });
    expect(
      await store().update('idempotency', { key }, { set: { next_sweep_at: NOW + 5 } }, le('next_sweep_at', NOW + 1)),
    ).toMatchObject({ next_sweep_at: NOW + 5 });
    expect(await store().update('idempotency', { key }, { set: { seen: 1 } }, le('next_sweep_at', NOW + 4))).toBeNull();
  });

  it('replaces the whole item on put', async () => {
    const key = freshKey();
    await store().put('idempotency', { key, old: 1 });
    await store().put('idempotency', { key, fresh: 2 });
    expect(await store().get('idempotency', { key })).toEqual({ key, fresh: 2 });
  });

  it('sets, sets if absent, adds and removes in one request, and answers with the item after it', async () => {
    const key = freshKey();
    const changes = { set: { status: 'A' }, setIfAbsent: { first: 1 }, add: { count: 2 }, remove: ['gone'] };
    await store().put('idempotency', { key, gone: true, count: 1 });
    expect(await store().update('idempotency', { key }, changes)).toEqual({ key, status: 'A', first: 1, count: 3 });
    expect(await store().update('idempotency', { key }, { ...changes, setIfAbsent: { first: 9 } })).toEqual({
      key,
      status: 'A',
      first: 1,
      count: 5,
    });
  });

  it('changes without telling the item, and says whether the condition held', async () => {
    const key = freshKey();
    expect(await store().change('idempotency', { key }, { set: { a: 1 } }, present('key'))).toBe(false);
    expect(await store().get('idempotency', { key })).toBeNull();
    expect(await store().change('idempotency', { key }, { set: { a: 1 }, add: { count: 2 } })).toBe(true);
    expect(await store().change('idempotency', { key }, { remove: ['a'] }, present('key'))).toBe(true);
    expect(await store().get('idempotency', { key })).toEqual({ key, count: 2 });
  });

  it('lets set win over setIfAbsent, and remove over both', async () => {
    const key = freshKey();
    expect(
      await store().update('idempotency', { key }, { set: { a: 1, b: 1 }, setIfAbsent: { a: 2, b: 2 }, remove: ['b'] }),
    ).toEqual({ key, a: 1 });
  });

  it('makes the item when an update finds none, even without changes', async () => {
    const key = freshKey();
    expect(await store().update('idempotency', { key }, {})).toEqual({ key });
    expect(await store().update('idempotency', { key: freshKey() }, { set: { a: 1 } }, present('key'))).toBeNull();
  });

  it('removes an item, and removing nothing is no error', async () => {
    const key = freshKey();
    await store().put('idempotency', { key });
    await store().remove('idempotency', { key });
    await store().remove('idempotency', { key });
    expect(await store().get('idempotency', { key })).toBeNull();
  });

  const held: Item = { status: 'A', count: 5, yes: true, tags: ['x', 'y'], nothing: null, word: 'xyz' };
  it.each<[string, Condition, boolean]>([
    ['absent, absent', absent('nowhere'), true],
    ['absent, present', absent('status'), false],
    ['a null is present', present('nothing'), true],
    ['eq', eq('status', 'A'), true],
    ['eq, another type', eq('count', '5'), false],
    ['eq, absent', eq('nowhere', 'A'), false],
    ['ne', ne('status', 'B'), true],
    ['ne, equal', ne('status', 'A'), false],
    ['ne, absent', ne('nowhere', 'A'), false],
    ['ne, another type', ne('count', '5'), true],
    ['lt', lt('count', 6), true],
    ['lt, equal', lt('count', 5), false],
    ['le, equal', le('count', 5), true],
    ['gt, equal', gt('count', 5), false],
    ['ge, equal', ge('count', 5), true],
    ['lt of strings', lt('status', 'B'), true],
    ['lt, absent', lt('nowhere', 6), false],
    ['lt, another type', lt('status', 6), false],
    ['holds', { op: 'holds', attribute: 'tags', value: 'y' }, true],
    ['holds, not there', { op: 'holds', attribute: 'tags', value: 'z' }, false],
    ['holds, no list', { op: 'holds', attribute: 'word', value: 'y' }, false],
    ['holds, absent', { op: 'holds', attribute: 'nowhere', value: 'y' }, false],
    ['all', all(eq('status', 'A'), gt('count', 4)), true],
    ['all, one fails', all(eq('status', 'A'), gt('count', 5)), false],
    ['any, one holds', any(eq('status', 'B'), gt('count', 4)), true],
    ['any within all', all(any(absent('nowhere'), eq('nowhere', 1)), ne('status', 'B')), true],
    ['one alone within another', any(all(eq('status', 'A'), gt('count', 4))), true],
    ['one alone, which fails', all(any(eq('status', 'B'))), false],
  ])('condition: %s', async (_name, condition, holds) => {
    const key = freshKey();
    await store().put('idempotency', { key, ...held });
    expect((await store().update('idempotency', { key }, { set: { touched: 1 } }, condition)) !== null).toBe(holds);
    expect((await store().get('idempotency', { key }))?.touched).toBe(holds ? 1 : undefined);
  });

  it('has one first writer, who is not outlived by an expired item', async () => {
    const key = freshKey();
    const first = (owner: string, expires_at: number) =>
      store().put('idempotency', { key, owner, expires_at }, firstWriter('key', NOW_S));
    expect(await first('one', NOW_S + 10)).toBe(true);
    expect(await first('two', NOW_S + 10)).toBe(false);
    await store().put('idempotency', { key, owner: 'old', expires_at: NOW_S - 1 });
    expect(await first('three', NOW_S + 10)).toBe(true);
    expect(await store().get('idempotency', { key })).toMatchObject({ owner: 'three' });
  });

  it('does not show what has expired: TTL deletes late (platform §2.1)', async () => {
    const key = freshKey();
    await store().put('idempotency', { key, expires_at: NOW_S });
    expect(await store().get('idempotency', { key })).toBeNull();
    await store().put('idempotency', { key, expires_at: NOW_S + 1 });
    expect(await store().get('idempotency', { key })).not.toBeNull();
  });

  describe('queries', () => {
    const at = (second: number) => NOW + second * 1000;
    const conversation = `q-${kind}`;
    beforeAll(async () => {
      for (const second of [3, 1, 2])
        await store().put('audit_trail', {
          conversation_id: conversation,
          ts_action_id: `2026-01-31T09:30:0${second}.000Z#e`,
          expires_at: NOW_S + 60,
        });
      await store().put('audit_trail', {
        conversation_id: conversation,
        ts_action_id: '2026-01-31T09:30:04.000Z#old',
        expires_at: NOW_S,
      });
      for (const second of [5, -5, 90])
        await store().put('idempotency', {
          key: `evt:rp:${kind}:${second}`,
          open: `x-${kind}`,
          next_sweep_at: at(second),
        });
      await store().put('idempotency', { key: `evt:rp:${kind}:settled`, next_sweep_at: at(0) });
    });
    const seconds = (items: readonly Item[]) => items.map((item) => String(item.ts_action_id).slice(17, 19));

    it('sorts, turns around and limits', async () => {
      expect(seconds(await store().query('audit_trail', { partition: conversation, limit: 10 }))).toEqual([
        '01',
        '02',
        '03',
      ]);
      expect(
        seconds(await store().query('audit_trail', { partition: conversation, limit: 2, newestFirst: true })),
      ).toEqual(['03', '02']);
    });

    it('takes both bounds, inclusive', async () => {
      const bound = (second: number) => `2026-01-31T09:30:0${second}.000Z#e`;
      const query = (bounds: object) => store().query('audit_trail', { partition: conversation, limit: 10, ...bounds });
      expect(seconds(await query({ from: bound(2) }))).toEqual(['02', '03']);
      expect(seconds(await query({ upTo: bound(2) }))).toEqual(['01', '02']);
      expect(seconds(await query({ from: bound(2), upTo: bound(2) }))).toEqual(['02']);
    });

    it('asks a sparse index for what is due', async () => {
      const due = await store().query('idempotency', {
        index: OPEN_BY_SWEEP,
        partition: `x-${kind}`,
        upTo: at(5),
        limit: 10,
      });
      expect(due.map((item) => item.next_sweep_at)).toEqual([at(-5), at(5)]);
    });
  });

  describe('apply, lose the answer, repeat', () => {
    const patient = () => retryingStore(store(), { clock, ids: liveIds });

    it('fails once, saying that the write may have happened', async () => {
      const key = freshKey();
      subject().loss.arm();
      await expect(store().put('idempotency', { key })).rejects.toMatchObject({ kind: 'network', applied: 'unknown' });
      expect(await store().get('idempotency', { key })).toEqual({ key });
    });

    it('succeeds when the condition excuses the own traces', async () => {
      const key = freshKey();
      const excused = any(firstWriter('key', NOW_S), eq('owner', 'me'));
      subject().loss.arm();
      expect(await patient().put('idempotency', { key, owner: 'me' }, excused)).toBe(true);
      subject().loss.arm();
      expect(
        await patient().update(
          'idempotency',
          { key },
          { set: { status: 'DONE' } },
          any(ne('status', 'DONE'), eq('owner', 'me')),
        ),
      ).toMatchObject({ status: 'DONE' });
    });

    it('answers no when it does not', async () => {
      const key = freshKey();
      subject().loss.arm();
      expect(await patient().put('idempotency', { key, owner: 'me' }, firstWriter('key', NOW_S))).toBe(false);
      expect(await store().get('idempotency', { key })).toMatchObject({ owner: 'me' });
    });
  });
});

it('names a table that does not exist', async () => {
  await expect(dynamoStore(endpoint.dynamo, 'nowhere', clock).get('vault', { ref: 'x' })).rejects.toMatchObject({
    vendor: 'dynamodb',
    kind: 'not_found',
  });
});

function raise(): never {
  throw new Error('no such subject');
}
