/** A generation takes the place of another, whoever dies on the way. */
import { expect, it } from 'vitest';
import { currentGeneration, modelIn, writeTo } from '../../functions/auditor/generations.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { completeTaken, takePlace } from './take-place.ts';

const NEXT = '01KJSGVV00JBNSSM41Y3P1';
const row = (key: string) => ({ model: 'timeline#conv_1', key, event_name: 'TicketRouted' });

it('completes what was written to the former one while the pointer moved, although the one that moved it died', async () => {
  const store = memoryStore({ now: Date.now });
  const rows = () => [...(store.tables.get('read_models')?.values() ?? [])].filter(({ key }) => key !== 'pointer');
  let scans = 0;
  const tables = {
    async *scan() {
      scans += 1;
      if (scans === 2) throw new Error('dead');
      yield* rows();
    },
  };
  await writeTo({ store }, '', row('1'));
  await writeTo({ store }, NEXT, row('1'));
  const update: typeof store.update = async (...call) => {
    // As a live function, right before the pointer moves.
    await writeTo({ store }, '', row('2'));
    return store.update(...call);
  };
  await expect(takePlace({ store: { ...store, update }, tables }, '', NEXT)).rejects.toThrow('dead');
  const inForce = () => rows().flatMap(({ model, key }) => (model === modelIn(NEXT, 'timeline#conv_1') ? [key] : []));
  expect([await currentGeneration({ store }), inForce()]).toEqual([NEXT, ['1']]);
  await completeTaken({ store, tables }, NEXT);
  expect(inForce().sort()).toEqual(['1', '2']);
});
