/** Whatever is done to both engines in whatever order, both hold and find the same. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineOperation } from '../engine.ts';
import { type Answer, ask, createTable, ENGINES } from './engines.ts';

const KEYS = { p: ['a', 'b', 'é'], s: ['-12.5', '-1', '0', '3', '3.25', '1000000'] } as const;
const INDEX = 'by-group';

const attribute = fc.oneof(
  fc.record({ S: fc.string({ maxLength: 5 }) }),
  fc.record({ N: fc.integer({ min: -1000, max: 1000 }).map(String) }),
  fc.record({ BOOL: fc.boolean() }),
  fc.record({ SS: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }) }),
  fc.record({ L: fc.array(fc.record({ N: fc.nat(9).map(String) }), { maxLength: 3 }) }),
);
const key = fc.record({
  p: fc.constantFrom(...KEYS.p).map((S) => ({ S })),
  s: fc.constantFrom(...KEYS.s).map((N) => ({ N })),
});
const group = fc.record({
  g: fc.constantFrom('1', '2').map((S) => ({ S })),
  at: fc.nat(5).map((N) => ({ N: String(N) })),
});
const item = fc
  .tuple(key, fc.option(group), fc.record({ v: attribute, w: attribute }, { requiredKeys: [] }))
  .map(([keys, grouped, rest]) => ({ ...rest, ...grouped, ...keys }));

type Step = { readonly operation: EngineOperation; readonly input: object };

const put = item.map((Item): Step => ({ operation: 'PutItem', input: { Item, ReturnValues: 'ALL_OLD' } }));
const claim = item.map(
  (Item): Step => ({ operation: 'PutItem', input: { Item, ConditionExpression: 'attribute_not_exists(p)' } }),
);
const remove = key.map((Key): Step => ({ operation: 'DeleteItem', input: { Key, ReturnValues: 'ALL_OLD' } }));
const get = key.map((Key): Step => ({ operation: 'GetItem', input: { Key, ConsistentRead: true } }));
const count = fc.tuple(key, fc.integer({ min: -5, max: 5 })).map(
  ([Key, by]): Step => ({
    operation: 'UpdateItem',
    input: {
      Key,
      UpdateExpression: 'SET v = if_not_exists(n, :zero) + :by ADD n :by',
      ConditionExpression: 'attribute_not_exists(n) OR n < :most',
      ExpressionAttributeValues: { ':by': { N: String(by) }, ':zero': { N: '0' }, ':most': { N: '8' } },
      ReturnValues: 'ALL_NEW',
    },
  }),
);
const regroup = fc.tuple(key, group).map(
  ([Key, { g, at }]): Step => ({
    operation: 'UpdateItem',
    input: {
      Key,
      UpdateExpression: 'SET g = :g, #at = :at REMOVE w',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':g': g, ':at': at },
      ReturnValues: 'UPDATED_OLD',
    },
  }),
);
const ungroup = key.map((Key): Step => ({ operation: 'UpdateItem', input: { Key, UpdateExpression: 'REMOVE g' } }));
const query = fc
  .tuple(
    fc.constantFrom(...KEYS.p),
    fc.constantFrom('<', '<=', '=', '>=', '>'),
    fc.constantFrom(...KEYS.s),
    fc.boolean(),
    fc.option(fc.integer({ min: 1, max: 3 })),
  )
  .map(
    ([p, operator, s, forward, limit]): Step => ({
      operation: 'Query',
      input: {
        KeyConditionExpression: `p = :p AND s ${operator} :s`,
        ExpressionAttributeValues: { ':p': { S: p }, ':s': { N: s } },
        ScanIndexForward: forward,
        ...(limit !== null && { Limit: limit }),
      },
    }),
  );

let engines: Record<'own' | 'dynalite', Engine>;
let tables = 0;

beforeAll(async () => {
  engines = { own: await ENGINES.own(), dynalite: await ENGINES.dynalite() };
});
afterAll(async () => {
  await engines.own.close();
  await engines.dynalite.close();
});

/** A table of its own for every run, so that nothing is left from the one before. */
async function freshTable(): Promise<string> {
  tables += 1;
  const TableName = `equivalence-${tables}`;
  const input = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'p', AttributeType: 'S' },
      { AttributeName: 's', AttributeType: 'N' },
      { AttributeName: 'g', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'p', KeyType: 'HASH' },
      { AttributeName: 's', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: INDEX,
        KeySchema: [
          { AttributeName: 'g', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
  await createTable(engines.own, input);
  await createTable(engines.dynalite, input);
  return TableName;
}

async function everything(engine: Engine, TableName: string) {
  const scanned = await engine.run('Scan', { TableName });
  const grouped = await Promise.all(
    ['1', '2'].map((group) =>
      engine.run('Query', {
        TableName,
        IndexName: INDEX,
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': { S: group } },
      }),
    ),
  );
  // Items with the same index key, and of a scan, come in no order that AWS would promise.
  const sorted = (items: unknown) =>
    (items as object[]).map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  return { scanned: sorted(scanned.Items), grouped: grouped.map(({ Items }) => sorted(Items)) };
}

/** Where an update returns no attribute at all, dynalite returns an empty map of them. */
function withoutNothing(answer: Answer): Answer {
  if (!('output' in answer) || Object.keys(Object(answer.output.Attributes ?? { some: 1 })).length > 0) return answer;
  const { Attributes: _, ...output } = answer.output;
  return { output };
}

describe('our engine and dynalite', () => {
  it('answer the same, and hold the same afterwards, whatever comes in whatever order', async () => {
    const steps = fc.array(fc.oneof(put, put, claim, remove, get, count, regroup, ungroup, query), {
      minLength: 20,
      maxLength: 60,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const TableName = await freshTable();
        for (const { operation, input } of sequence) {
          const own = await ask(engines.own, operation, { TableName, ...input });
          expect(own).toEqual(withoutNothing(await ask(engines.dynalite, operation, { TableName, ...input })));
        }
        expect(await everything(engines.own, TableName)).toEqual(await everything(engines.dynalite, TableName));
      }),
      { numRuns: 60 },
    );
  });
});
