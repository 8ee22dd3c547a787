/**
 * What DynamoDB's documentation says, on our engine and on dynalite. No expectation was taken from an engine's output; where
 * dynalite does something else, the case says why, and this test makes sure that it still does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import type { Item } from '../values/attribute-value.ts';
import { type Case, TABLES, type TableKind } from './case.ts';
import { CONDITION_ERRORS } from './condition-errors.ts';
import { CONDITIONS, NAMED_CONDITIONS } from './conditions.ts';
import { type Answer, ask, createTable, ENGINES, type EngineName } from './engines.ts';
import { ITEMS } from './items.ts';
import { PROJECTIONS } from './projections.ts';
import { QUERIES } from './queries.ts';
import { TABLES_AND_BATCHES } from './tables-and-batches.ts';
import { UPDATE_ERRORS } from './update-errors.ts';
import { UPDATES } from './updates.ts';

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  conditions: [...CONDITIONS, ...NAMED_CONDITIONS],
  'condition errors': CONDITION_ERRORS,
  updates: UPDATES,
  'update errors': UPDATE_ERRORS,
  projections: PROJECTIONS,
  items: ITEMS,
  queries: QUERIES,
  'tables and batches': TABLES_AND_BATCHES,
};

describe.each(Object.keys(ENGINES) as EngineName[])('%s', (engineName) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await ENGINES[engineName]();
    for (const [TableName, input] of Object.entries(TABLES)) await createTable(engine, { TableName, ...input });
  });
  afterAll(() => engine.close());

  describe.each(Object.entries(GROUPS))('%s', (_group, cases) => {
    it.each(cases)('$name', async (one) => {
      const answer = await outcomeOf(engine, one);
      if (engineName === 'dynalite' && one.dynalite !== undefined) {
        expect(() => expectFits(answer, one)).toThrow();
      } else {
        expectFits(answer, one);
      }
    });
  });
});

it('are enough', () => {
  expect(Object.values(GROUPS).flat().length).toBeGreaterThanOrEqual(250);
});

type Outcome = { readonly answer: Answer | { readonly bug: unknown }; readonly left: readonly Item[] };

/** Asks, looks at what is left, and clears the table. */
async function outcomeOf(engine: Engine, { table = 'plain', given = [], operation, input }: Case): Promise<Outcome> {
  for (const Item of given) await engine.run('PutItem', { TableName: table, Item: structuredClone(Item) });
  const answer = await ask(engine, operation, { TableName: table, ...input }).catch((bug: unknown) => ({ bug }));
  const { Items } = await engine.run('Scan', { TableName: table });
  const left = JSON.parse(JSON.stringify(Items));
  for (const item of left) await engine.run('DeleteItem', { TableName: table, Key: keyOf(item, table) });
  return { answer, left };
}

function expectFits({ answer, left }: Outcome, { expected, left: wanted }: Case): void {
  if ('output' in expected) expect(answer).toEqual({ output: expected.output });
  else expect(answer).toMatchObject({ error: expected.error, message: textLike(expected.message) });
  if (wanted !== undefined) expect(sorted(left)).toEqual(sorted(wanted));
}

function textLike(message: string | RegExp) {
  return typeof message === 'string' ? message : expect.stringMatching(message);
}

function sorted(items: readonly Item[]): readonly Item[] {
  const text = (item: Item) => JSON.stringify(Object.entries(item).sort());
  return [...items].sort((one, two) => (text(one) < text(two) ? -1 : 1));
}

function keyOf(item: Item, table: TableKind): Item {
  const names = TABLES[table].KeySchema.map(({ AttributeName }) => AttributeName);
  return Object.fromEntries(names.map((name) => [name, item[name] ?? {}]));
}
