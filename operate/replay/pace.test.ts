import { describe, expect, it } from 'vitest';
import type { Item } from '../../functions/shared/store/language.ts';
import { mustWait, tellsWaiting } from './pace.ts';
import { compare } from './swap.ts';

const NOW = 1_700_000_000_000;

async function* each(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** So many open messages, and so many calls and refusals of the last half minute, in two of the helpdesk's buckets. */
const why = async (open: number, calls: number, refused: number, at = NOW) => {
  const times = (count: number) => Array<number>(count).fill(at);
  const tables = {
    query: () => each(Array.from({ length: open }, () => ({ received_at: NOW }))),
    scan: () =>
      each([
        { bucket: 'richpanel#reads', taken: times(calls) },
        { bucket: 'richpanel#writes', taken: [], refused: times(refused) },
        { bucket: 'richpanel#breaker', slots: [] },
        { bucket: 'openai#calls', taken: [], refused: times(50) },
      ]),
  };
  return (await mustWait(tables, { from: NOW - 1, to: NOW }, NOW, 'recovery'))?.why ?? 'go';
};

describe('the next window waits', () => {
  it.each([
    [0, 45, 0, 'go'],
    [19, 45, 0, 'go'],
    [20, 45, 0, 'in_flight'],
    [0, 101, 1, 'go'],
    [0, 100, 1, 'rate_limited'],
    [0, 0, 1, 'rate_limited'],
  ])('%i under way, %i calls, %i refused: %s', async (open, calls, refused, expected) => {
    expect(await why(open, calls, refused)).toBe(expected);
  });
  it.each([
    { purpose: 'recovery', status: 'RECEIVED', expected: 'in_flight' },
    { purpose: 'rebuild', status: 'RECEIVED', expected: 'go' },
    { purpose: 'rebuild', status: 'CLASSIFIED', expected: 'in_flight' },
    { purpose: 'recovery', status: 'DEAD', expected: 'go' },
  ] as const)('a $purpose beside twenty that are $status: $expected', async ({ purpose, status, expected }) => {
    const leftOut = (values: Readonly<Record<string, { S?: string }>>) =>
      Object.entries(values).some(([name, { S }]) => name !== ':evt' && S === status);
    const tables = {
      query: (_table: string, { ExpressionAttributeValues }: { ExpressionAttributeValues: never }) =>
        each(leftOut(ExpressionAttributeValues) ? [] : Array.from({ length: 20 }, () => ({ received_at: NOW }))),
      scan: () => each([]),
    };
    const wait = await mustWait(tables as never, { from: NOW - 1, to: NOW }, NOW, purpose);
    expect(wait?.why ?? 'go').toBe(expected);
  });
  it('for no refusal of a minute ago', async () => expect(await why(0, 1, 1, NOW - 60_000)).toBe('go'));
});

describe('two generations', () => {
  const at = (minute: number) => `timeline#c\n2026-01-15T12:${String(minute).padStart(2, '0')}:00.000Z#id`;
  const period = { from: Date.parse('2026-01-15T12:10:00Z'), to: Date.parse('2026-01-15T12:50:00Z') };
  const judged = (inForce: Record<string, string>, rebuilt: Record<string, string>) =>
    Object.values(compare(new Map(Object.entries(inForce)), new Map(Object.entries(rebuilt)), period));
  it('are compared row by row; what lies outside the period, or at its very edge, is not missing', () => {
    expect(judged({ [at(20)]: 'a', [at(30)]: 'b' }, { [at(20)]: 'a', [at(30)]: 'b' })).toEqual([2, 0, 0, 0]);
    expect(judged({ [at(20)]: 'a', [at(30)]: 'b' }, { [at(20)]: 'x' })).toEqual([0, 1, 1, 0]);
    expect(judged({ [at(9)]: 'a', [at(10)]: 'a', [at(50)]: 'a', [at(55)]: 'a' }, {})).toEqual([0, 0, 0, 0]);
    expect(judged({}, { [at(20)]: 'a' })).toEqual([0, 0, 0, 1]);
  });
});

it('says again every half minute for how long it has waited, and what can be done', () => {
  const lines: string[] = [];
  const tell = tellsWaiting((line) => lines.push(line));
  const wait = { why: 'in_flight', text: '20 or more messages are under way' } as const;
  for (const at of [1_000, 1_500, 30_999, 31_000, 31_500, 61_000]) tell(wait, at);
  tell({ why: 'rate_limited', text: 'the helpdesk refuses 2 % of the calls' }, 61_500);
  expect(lines).toEqual([
    'waiting: 20 or more messages are under way',
    expect.stringMatching(/^waiting for 30\.0 s: 20 or more messages are under way; .*`npx frontdesk status`/),
    expect.stringMatching(/^waiting for 1 min 0 s: 20 or more/),
    'waiting: the helpdesk refuses 2 % of the calls',
  ]);
});
