/**
 * What an event costs with 100 rules against 10 (issue 4). In every family the same rules match, so only rules that do not
 * match are added; families differ in what tells their rules apart. Exits 1 when one costs twice as much or more.
 */
import { type IndexedEvent, indexPatterns } from '../../../local/aws/eventbridge/pattern-index.ts';

const FEW = 10;
const MANY = 100;
const LIMIT = 2;
const ROUNDS = 15;
const EVENTS_A_ROUND = 20_000;

type Pattern = Record<string, unknown>;

const live = { 'replay-name': [{ exists: false }] };
const named = (letter: string, n: number) => `${letter}${n}`;

/** The n-th rule of a family; of each ten the first two are the ones that events match. */
const FAMILIES: Readonly<Record<string, (n: number) => Pattern>> = {
  'detail types of live rules': (n) => ({ 'detail-type': [named('T', n)], ...live }),
  'detail types and replay twins': (n) =>
    n % 2 === 0
      ? { 'detail-type': [named('T', n)], ...live }
      : { 'detail-type': [named('T', n)], 'replay-name': [{ prefix: 'recovery-' }] },
  sources: (n) => ({ source: [named('s', n)], ...live }),
  'one detail type, exact values': (n) => ({ 'detail-type': ['T0'], detail: { data: { tier: [n] } } }),
  'one detail type, prefixes': (n) => ({
    'detail-type': ['T0'],
    detail: { data: { code: [{ prefix: `${named('c', n)}-` }] } },
  }),
  'one detail type, fields of their own': (n) => ({
    'detail-type': ['T0'],
    detail: { data: { [named('f', n)]: [{ 'anything-but': 'x' }] } },
  }),
  'one detail type, numeric ranges': (n) => ({
    'detail-type': ['T0'],
    detail: { data: { tier: [{ numeric: ['>', n - 1, '<', n + 1] }] } },
  }),
  alternatives: (n) => ({ $or: [{ source: [named('s', n)] }, { detail: { data: { tier: [n] } } }] }),
  'exact values in arrays': (n) => ({ detail: { tags: [named('tag', n)] } }),
  'all of these': (n) => {
    const family = Object.values(FAMILIES)[n % 9];
    return family === undefined ? {} : family(n);
  },
};

/** Events of the two first rules of every family, of live traffic and of a replay, and one that nobody hears. */
function eventsOf(): IndexedEvent[] {
  return [0, 1, 1_000].flatMap((n) =>
    [null, 'recovery-01'].map((replay) => ({
      version: '0',
      id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
      source: named('s', n),
      'detail-type': named('T', n),
      account: '000000000000',
      time: '2026-01-31T09:30:00Z',
      region: 'us-east-2',
      resources: [],
      detail: {
        metadata: { correlationId: 'cor_01', causationId: 'cau_01', producer: 'classify' },
        tags: [named('tag', n), 'other'],
        data: { tier: n, code: `${named('c', n)}-1`, [named('f', n)]: 'y', amount: 12.5 },
      },
      ...(replay === null ? {} : { 'replay-name': replay }),
    })),
  );
}

/** Milliseconds for the round's events; every sum of matches is returned, so that nothing is optimised away. */
function round(
  index: (event: IndexedEvent) => number[],
  events: readonly IndexedEvent[],
): { ms: number; matches: number } {
  const start = performance.now();
  let matches = 0;
  for (let n = 0; n < EVENTS_A_ROUND; n += 1) matches += index(events[n % events.length] as IndexedEvent).length;
  return { ms: performance.now() - start, matches };
}

function measure(family: (n: number) => Pattern): { few: number; many: number } {
  const indexOf = (count: number) =>
    indexPatterns(Array.from({ length: count }, (_, value) => ({ pattern: family(value), value })));
  const [few, many] = [indexOf(FEW), indexOf(MANY)];
  const events = eventsOf();
  const times = { few: [] as number[], many: [] as number[] };
  // In turns, so that a busy machine slows both.
  for (let n = 0; n < ROUNDS; n += 1) {
    const withFew = round(few, events);
    const withMany = round(many, events);
    if (withFew.matches !== withMany.matches) throw new Error('the added rules match');
    times.few.push(withFew.ms);
    times.many.push(withMany.ms);
  }
  const microseconds = (values: number[]) => (median(values) / EVENTS_A_ROUND) * 1_000;
  return { few: microseconds(times.few), many: microseconds(times.many) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const results = Object.entries(FAMILIES).map(([name, family]) => ({ name, ...measure(family) }));
for (const { name, few, many } of results) {
  process.stdout.write(`${name}: ${few.toFixed(2)} µs with ${FEW} rules, ${many.toFixed(2)} µs with ${MANY}\n`);
}
const worst = Math.max(...results.map(({ few, many }) => many / few));
process.stdout.write(
  `${MANY} rules cost at most ${worst.toFixed(2)}× of ${FEW} (${results.length} families of rules)\n`,
);
process.exitCode = worst < LIMIT ? 0 : 1;
