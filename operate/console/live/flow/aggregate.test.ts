import { describe, expect, it } from 'vitest';
import { CATALOGUE, type EventName } from '../../../../events/catalogue.ts';
import type { AnyEvent } from '../../../../events/define-event.ts';
import type { Recorded } from '../../../../local/telemetry/series.ts';
import { topology } from '../../../../stacks/topology.ts';
import { exampleOf } from '../../../../tools/catalogue/example.ts';
import { createAggregate, type Standing } from './aggregate.ts';
import { hearingOf } from './hearing.ts';

const NOTHING: Standing = { invocations: new Map(), queues: new Map() };
const START = Date.UTC(2026, 0, 15, 12);

function fact(name: EventName, data: Readonly<Record<string, unknown>> = {}, metadata: object = {}): AnyEvent {
  const example = exampleOf(CATALOGUE[name]);
  return {
    metadata: { ...example.metadata, ...metadata },
    data: { ...example.data, ...data },
  } as AnyEvent;
}

function setUp(off: readonly string[] = []) {
  let now = START;
  const aggregate = createAggregate({
    hearing: hearingOf(topology.rules),
    rulesOff: () => new Set(off),
    ticketNumber: () => 20_431,
    env: 'local',
    now: () => now,
  });
  const measure = (recorded: Pick<Recorded, 'namespace' | 'metric' | 'dimensions' | 'value'>): void =>
    aggregate.measured({ ...recorded, at: now });
  return { aggregate, measure, passes: (ms: number) => (now += ms) };
}

describe('a frame', () => {
  it('counts a fact once as it is stated, and once for each rule that lets it through', () => {
    const { aggregate } = setUp();
    aggregate.fact(fact('MessageReceived'));
    aggregate.fact(fact('MessageReceived'));
    expect(aggregate.takeFrame()).toEqual({
      at: START,
      stated: { 'ingest/MessageReceived': 2 },
      heard: { 'ingest/MessageReceived>classify-intake': 2, 'ingest/MessageReceived>auditor-all': 2 },
      replayed: {},
      runs: {},
    });
    expect(aggregate.takeFrame()).toBeNull();
  });

  it.each([
    [1, 'verify-candidates'],
    [2, 'order-candidates'],
  ])('a candidate of tier %i is heard by %s alone of the two', (tierCandidate, rule) => {
    const { aggregate } = setUp();
    aggregate.fact(fact('MessageClassified', { tierCandidate }));
    const id = (name: string): string => `classify/MessageClassified>${name}`;
    expect(aggregate.takeFrame()?.heard).toEqual({
      [id(rule)]: 1,
      [id('responder-route')]: 1,
      [id('auditor-all')]: 1,
      [id('analytics-facts')]: 1,
    });
  });

  it('an approval out of a replay goes to who settles, not to who sends', () => {
    const { aggregate } = setUp();
    const replay = { name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W', purpose: 'recovery', originalEventId: 'x' };
    aggregate.fact(fact('ReplyApproved', {}, { replay }));
    expect(Object.keys(aggregate.takeFrame()?.heard ?? {}).sort()).toEqual([
      'verify/ReplyApproved>analytics-facts',
      'verify/ReplyApproved>auditor-all',
      'verify/ReplyApproved>responder-settle',
    ]);
  });

  it('a rule that is off hears nothing', () => {
    const { aggregate } = setUp(['classify-intake']);
    aggregate.fact(fact('MessageReceived'));
    expect(Object.keys(aggregate.takeFrame()?.heard ?? {})).toEqual(['ingest/MessageReceived>auditor-all']);
    expect(aggregate.figures(NOTHING).rulesOff).toEqual(['classify-intake']);
  });

  it('what no function of ours states is not counted by name', () => {
    const { aggregate } = setUp();
    aggregate.fact(fact('MessageReceived', {}, { eventName: 'Invented' }));
    aggregate.fact(fact('MessageReceived', {}, { producer: 'sealer' }));
    expect(aggregate.takeFrame()).toBeNull();
  });

  it('counts what a replay handed to a twin', () => {
    const { aggregate, measure } = setUp();
    const dimensions = { EventBusName: 'frontdesk-local', RuleName: 'classify-intake-replay' };
    measure({ namespace: 'AWS/Events', metric: 'Invocations', dimensions, value: 1 });
    expect(aggregate.takeFrame()?.replayed).toEqual({ 'classify-intake-replay': 1 });
  });
});

describe('figures', () => {
  it('rates are a second over ten seconds, sums since the start', () => {
    const { aggregate, passes } = setUp();
    for (let index = 0; index < 20; index += 1) {
      aggregate.fact(fact('MessageReceived'));
      passes(400);
    }
    const now = aggregate.figures(NOTHING);
    expect(now.perSecond).toBe(2);
    expect(now.stated['ingest/MessageReceived']).toEqual({ total: 20, rate: 2 });
    passes(12_000);
    const later = aggregate.figures(NOTHING);
    expect(later.perSecond).toBe(0);
    expect(later.stated['ingest/MessageReceived']).toEqual({ total: 20, rate: 0 });
  });

  it('a consumer has the lag, failures and waits of the last minute, and what lies in its queues', () => {
    const { aggregate, measure, passes } = setUp();
    const own = { env: 'local', function: 'verify' };
    const native = { FunctionName: 'frontdesk-local-verify' };
    for (let ms = 1; ms <= 100; ms += 1)
      measure({ namespace: 'frontdesk', metric: 'consumer.event_lag_ms', dimensions: own, value: ms });
    // The same once more without the function.
    measure({ namespace: 'frontdesk', metric: 'consumer.event_lag_ms', dimensions: { env: 'local' }, value: 9_999 });
    measure({ namespace: 'frontdesk', metric: 'consumer.parked_total', dimensions: own, value: 1 });
    measure({ namespace: 'AWS/Lambda', metric: 'Invocations', dimensions: native, value: 1 });
    measure({ namespace: 'AWS/Lambda', metric: 'Errors', dimensions: native, value: 1 });
    measure({ namespace: 'AWS/Lambda', metric: 'Throttles', dimensions: native, value: 0 });
    const standing: Standing = {
      invocations: new Map([['verify', { queued: 3, running: 2 }]]),
      queues: new Map([['verify', { later: 4, failed: 5, dead: 6 }]]),
    };
    expect(aggregate.figures(standing).functions.verify).toEqual({
      ...{ rate: 0.1, lagP50: 50, lagP95: 95, errors: 1, throttled: 0, parked: 1, invalid: 0, repeated: 0 },
      ...{ waiting: 3, running: 2, later: 4, failed: 5, dead: 6 },
    });
    passes(61_000);
    expect(aggregate.figures(NOTHING).functions.verify).toMatchObject({ rate: 0, lagP95: null, errors: 0, parked: 0 });
  });

  it('the last ten minutes are kept in steps, and no more', () => {
    const { aggregate, passes } = setUp();
    for (let index = 0; index < 400; index += 1) {
      aggregate.mark();
      passes(2_000);
    }
    expect(aggregate.history()).toHaveLength(300);
    expect(aggregate.history().at(-1)?.at).toBe(START + 399 * 2_000);
  });

  it('the last of each fact are known by ids alone, the newest first, eight at most', () => {
    const { aggregate } = setUp();
    for (let index = 0; index < 10; index += 1)
      aggregate.fact(fact('MessageClassified', {}, { eventId: `e${index}`, conversationId: 'conv_1' }));
    const seen = aggregate.seen();
    expect(seen.map(({ eventId }) => eventId)).toEqual(['e9', 'e8', 'e7', 'e6', 'e5', 'e4', 'e3', 'e2']);
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual(['at', 'conversation', 'eventId', 'stated', 'ticket']);
    expect(aggregate.takeSeen().map(({ eventId }) => eventId)).toEqual(['e9']);
    expect(aggregate.takeSeen()).toEqual([]);
  });
});
