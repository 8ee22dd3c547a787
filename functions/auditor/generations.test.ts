import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { FACTS } from '../../events/facts.ts';
import type { Item } from '../shared/store/language.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { FIRST_GENERATION, generationOf, modelIn, POINTER, splitModel, writeInForce } from './generations.ts';
import { auditor } from './handler.ts';

const AT = Date.parse('2026-01-15T12:00:00.000Z');
const RUN = 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R';
const GENERATION = '01JQ8Z5M9H3V6T2K4N7P0R';

const FACTS_OF_CONVERSATION = FACTS.map((name, index) =>
  exampleOf(name, AT + (index % 5) * 1_000, {
    eventId: `0194b8a0-3c1e-7d2a-8f00-${String(index).padStart(12, '0')}`,
  }),
);

function setUp() {
  const world = testWorld();
  const handler = auditor(world.container('auditor'));
  const rows = async (generation: string): Promise<Item[]> => {
    const partition = modelIn(generation, 'timeline#conv_1');
    const found = await world.store.query('read_models', { partition, limit: 1_000 });
    return found.map((row) => ({ ...row, model: splitModel(String(row.model)).model }));
  };
  const trail = () => world.store.query('audit_trail', { partition: 'conv_1', limit: 1_000 });
  return { ...world, handler, rows, trail };
}

describe('a rebuild', () => {
  it('writes its own generation, equal to the byte, whatever the order, the doubles and the windows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(FACTS_OF_CONVERSATION, { minLength: FACTS_OF_CONVERSATION.length }),
        fc.array(fc.nat(FACTS_OF_CONVERSATION.length - 1), { maxLength: 10 }),
        async (order, twice) => {
          const { handler, rows, clock } = setUp();
          for (const fact of FACTS_OF_CONVERSATION) await handler(delivered(fact));
          const original = await rows(FIRST_GENERATION);
          clock.advance(40 * 86_400_000);
          const again = [...order, ...twice.flatMap((index) => order[index] ?? [])];
          for (const [index, fact] of again.entries()) {
            const copy = { ...fact, metadata: { ...fact.metadata, publishedAt: new Date(AT + index).toISOString() } };
            await handler(delivered(copy, `${RUN}000${index % 10}`));
          }
          expect(await rows(GENERATION)).toEqual(original);
          expect(await rows(FIRST_GENERATION)).toEqual(original);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('records no fact twice in the trail, and again what was lost with the ledger, as it was stated', async () => {
    const { handler, trail, store } = setUp();
    const fact = exampleOf('TicketRouted', AT);
    await handler(delivered(fact));
    const before = await trail();
    await handler(delivered(fact, `${RUN}0000`));
    expect(await trail()).toEqual(before);
    const [record] = before;
    await store.remove('audit_trail', { conversation_id: 'conv_1', ts_action_id: String(record?.ts_action_id) });
    await store.remove('idempotency', { key: `csm:auditor:auditor:${fact.metadata.eventId}` });
    for (const name of ['rebuild-01JQ8Z5M9H3V6T2K4N7P0S0000', 'rebuild-01JQ8Z5M9H3V6T2K4N7P0T0000'])
      await handler(delivered(fact, name));
    expect((await trail()).map(({ envelope }) => envelope)).toEqual([record?.envelope]);
  });

  it.each(['the rebuild first', 'the live copy first'])(
    'and live traffic record a fact once between them: %s',
    async (order) => {
      const { handler, trail, store } = setUp();
      const fact = exampleOf('TicketRouted', AT);
      const copies = [delivered(fact, `${RUN}0000`), delivered(fact)];
      for (const copy of order === 'the rebuild first' ? copies : copies.toReversed()) {
        await handler(copy);
        // The ledger may be lost in between, and the trail not.
        await store.remove('idempotency', { key: `csm:auditor:auditor:${fact.metadata.eventId}` });
      }
      expect(await trail()).toHaveLength(1);
    },
  );

  it('brings back what is older than the trail keeps, for a week', async () => {
    const { handler, trail, clock } = setUp();
    const fact = exampleOf('TicketRouted', AT);
    clock.advance(100 * 86_400_000);
    await handler(delivered(fact, `${RUN}0000`));
    expect((await trail()).map(({ expires_at }) => expires_at)).toEqual([Math.floor(clock.now() / 1000) + 7 * 86_400]);
    clock.advance(8 * 86_400_000);
    expect(await trail()).toEqual([]);
  });

  it('keeps the mark of a fact that a recovery led to', async () => {
    const { handler, trail, store } = setUp();
    const replay = {
      name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
      purpose: 'recovery',
      originalEventId: '0194b8a0-3c1e-7d2a-8f00-00000000000f',
    } as const;
    const fact = exampleOf('TicketRouted', AT, { replay });
    await handler(delivered(fact, `${RUN}0000`));
    expect(await store.query('read_models', { partition: `${GENERATION}/timeline#conv_1`, limit: 9 })).toHaveLength(1);
    expect((await trail()).map(({ envelope }) => (JSON.parse(String(envelope)) as AnyEvent).metadata.replay)).toEqual([
      replay,
    ]);
  });

  it('started for anything else is none', () => {
    expect([null, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000', 'backfill-1', 'rebuild-'].map(generationOf)).toEqual(
      Array(4).fill(null),
    );
    expect(generationOf(`${RUN}000Z`)).toBe(GENERATION);
  });
});

describe('the generation in force', () => {
  it('takes live facts, and the one before no more', async () => {
    const { handler, rows, store } = setUp();
    await store.put('read_models', { ...POINTER, current: GENERATION });
    await handler(delivered(exampleOf('TicketRouted', AT)));
    expect([(await rows(GENERATION)).length, (await rows(FIRST_GENERATION)).length]).toEqual([1, 0]);
  });

  it('a row written while the pointer moves is in the new one as well', async () => {
    const { store, rows } = setUp();
    const racing: typeof store = {
      ...store,
      async put(table, item, condition) {
        const isFirst = item.model === 'timeline#conv_1';
        const done = await store.put(table, item, condition);
        if (isFirst) await store.put('read_models', { ...POINTER, current: GENERATION });
        return done;
      },
    };
    await writeInForce({ store: racing }, { model: 'timeline#conv_1', key: 'k' });
    expect(await rows(GENERATION)).toEqual([{ model: 'timeline#conv_1', key: 'k' }]);
  });
});
