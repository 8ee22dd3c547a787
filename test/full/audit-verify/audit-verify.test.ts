import { expect, it } from 'vitest';
import { tamperAtRandom } from './run.ts';
import { TAMPERS } from './tamper.ts';

it('audit verify finds every one of 76 tamperings, of every way, and nothing in trails that nobody touched', async () => {
  const tally = await tamperAtRandom('kept', 2 * Object.keys(TAMPERS).length, 22);
  expect(tally.missed).toEqual([]);
  expect(tally.falseAlarms).toEqual([]);
  expect([...tally.ways.keys()].sort()).toEqual(Object.keys(TAMPERS).sort());
  // Or nothing would have been told apart.
  for (const count of Object.values(tally.records)) expect(count).toBeGreaterThan(0);
});
