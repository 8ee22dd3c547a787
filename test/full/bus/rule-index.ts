/**
 * What an event costs with 100 rules against 10 (issue 4): in the index alone, and accepted by the bus as a whole. In every
 * family the same rules match, so only rules that do not match are added; families differ in what tells their rules apart.
 * Exits 1 when one costs twice as much or more.
 */
import { openDatabase } from '../../../local/aws/database.ts';
import { type IndexedEvent, indexPatterns } from '../../../local/aws/eventbridge/pattern-index.ts';
import { measuredBus } from './bus.ts';

const FEW = 10;
const MANY = 100;
const LIMIT = 2;
const ROUNDS = 15;
const EVENTS_A_ROUND = 50_000;
const PUTS_A_ROUND = 2_000;

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
  alternatives: (n) => ({ $or: [{ source: [named('s', n)] }, { detail: { data: { tier: [n] } } }] }),
  'exact values in arrays': (n) => ({ detail: { tags: [named('tag', n)] } }),
  'all of these': (n) => {
    const family = Object.values(FAMILIES)[n % 8];
    return family === undefined ? {} : family(n);
  },
};

/** Tests that no table can look up, all of one field: the index tries each of them, some 8 ns a rule. */
const ranges = (n: number): Pattern => ({
  'detail-type': ['T0'],
  detail: { data: { tier: [{ numeric: ['>', n - 1, '<', n + 1] }] } },
});

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

type Cost = { readonly name: string; readonly few: number; readonly many: number };

/** In turns, so that a busy machine slows both; medians of microseconds an event. */
async function compare(name: string, events: number, few: () => unknown, many: () => unknown): Promise<Cost> {
  const times = { few: [] as number[], many: [] as number[] };
  for (let n = 0; n < ROUNDS; n += 1) {
    times.few.push(await timed(few));
    times.many.push(await timed(many));
  }
  const microseconds = (values: number[]) => (median(values) / events) * 1_000;
  return { name, few: microseconds(times.few), many: microseconds(times.many) };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function inTheIndex(name: string, family: (n: number) => Pattern): Promise<Cost> {
  const events = eventsOf();
  const indexOf = (count: number) =>
    indexPatterns(Array.from({ length: count }, (_, value) => ({ pattern: family(value), value })));
  const [few, many] = [indexOf(FEW), indexOf(MANY)];
  if (events.some((event) => few(event).length !== many(event).length)) throw new Error('the added rules match');
  const round = (index: typeof few) => () => {
    let matches = 0;
    for (let n = 0; n < EVENTS_A_ROUND; n += 1) matches += index(events[n % events.length] as IndexedEvent).length;
    // Read, so that nothing is optimised away.
    if (matches < 0) throw new Error('impossible');
  };
  return compare(name, EVENTS_A_ROUND, round(few), round(many));
}

async function onTheBus(name: string, family: (n: number) => Pattern): Promise<Cost> {
  const buses = await Promise.all([FEW, MANY].map((count) => busWith(count, family)));
  const [few, many] = buses as [Bus, Bus];
  const cost = await compare(name, PUTS_A_ROUND, few.put, many.put);
  for (const bus of buses) bus.close();
  return cost;
}

type Bus = { put(): Promise<void>; close(): void };

async function busWith(count: number, family: (n: number) => Pattern): Promise<Bus> {
  const database = openDatabase(null);
  const { eventBridge, call, rule } = measuredBus(database);
  for (let n = 0; n < count; n += 1) await rule(`r${n}`, family(n));
  const events = eventsOf().filter((event) => !('replay-name' in event)) as (IndexedEvent & { detail: unknown })[];
  const entries = events.map(({ source, 'detail-type': DetailType, detail }) => ({
    Source: source,
    DetailType,
    Detail: JSON.stringify(detail),
  }));
  return {
    async put() {
      for (let n = 0; n < PUTS_A_ROUND; n += 1) await call('PutEvents', { Entries: [entries[n % entries.length]] });
    },
    close() {
      eventBridge.stop();
      database.close();
    },
  };
}

const costs: Cost[] = [];
for (const [name, family] of Object.entries(FAMILIES)) costs.push(await inTheIndex(`index, ${name}`, family));
for (const [name, family] of Object.entries({ ...FAMILIES, 'numeric ranges of one field': ranges })) {
  costs.push(await onTheBus(`PutEvents, ${name}`, family));
}
for (const { name, few, many } of costs) {
  process.stdout.write(`${name}: ${few.toFixed(2)} µs with ${FEW} rules, ${many.toFixed(2)} µs with ${MANY}\n`);
}
const worst = Math.max(...costs.map(({ few, many }) => many / few));
process.stdout.write(
  `${MANY} rules cost at most ${worst.toFixed(2)}× of ${FEW} an event (${costs.length} measurements)\n`,
);
process.exitCode = worst < LIMIT ? 0 : 1;
