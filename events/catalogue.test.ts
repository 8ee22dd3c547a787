/** Expectations: platform §11.2–11.3 with the rulings of architecture §10; style §4 (examples run, properties start from them). */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES, type EventName, isEventName } from './catalogue.ts';
import type { AnySchema } from './schema.ts';
import type { FunctionName } from './words.ts';

/** Column "Producer" of platform §11.3, its detail below the table, and rulings 7 and 31; "any" and the tools as named. */
const PRODUCERS: Readonly<Partial<Record<EventName, readonly FunctionName[]>>> = {
  MessageReceived: ['ingest'],
  MissedMessageDetected: ['reconciler', 'classify'],
  MessageDeduplicated: ['classify'],
  MessageClassified: ['classify'],
  ClassificationFailed: ['classify'],
  OrderMatched: ['order-lookup'],
  OrderNotMatched: ['order-lookup'],
  OrderLookupFailed: ['order-lookup'],
  ReplyApproved: ['verify'],
  ReplyDenied: ['verify'],
  EscalationRaised: ['verify', 'responder-reply'],
  ReplySent: ['responder-reply', 'responder-settle'],
  ReplyFailed: ['responder-reply', 'responder-settle'],
  ReplyOutcomeUnclear: ['sweeper'],
  TicketResolved: ['responder-reply'],
  MessageStalled: ['sweeper'],
  AgentFeedbackReceived: ['ingest', 'reconciler'],
  SafeModeChanged: ['flag-watcher'],
  AutomationFlagChanged: ['flag-watcher'],
  TemplateToggled: ['flag-watcher'],
  DeadLettered: ['drain-tool'],
  ReplayStarted: ['replay-tool'],
  ReplayCompleted: ['replay-tool'],
  ReconciliationCompleted: ['reconciler'],
  AuditSealed: ['sealer'],
  RecordsDeleted: ['erasure-tool'],
};

/** Column "PII": what belongs to no conversation is L1 (`RecordsDeleted` is L2, ruling 31). */
const L1: readonly EventName[] = [
  'SafeModeChanged',
  'AutomationFlagChanged',
  'TemplateToggled',
  'CircuitOpened',
  'CircuitClosed',
  'ReplayStarted',
  'ReplayCompleted',
  'ReconciliationCompleted',
  'AuditSealed',
];

const strictOf = (name: EventName) => CATALOGUE[name].strict as unknown as AnySchema;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Step = string | number;

/** Paths of every value inside that satisfies the test. */
function places(value: Json, wanted: (value: Json) => boolean, path: readonly Step[] = []): (readonly Step[])[] {
  const own = wanted(value) ? [path] : [];
  if (value === null || typeof value !== 'object') return own;
  const entries: [Step, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return [...own, ...entries.flatMap(([key, item]) => places(item, wanted, [...path, key]))];
}

function replaced(value: Json, path: readonly Step[], change: (value: Json) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, change) : item));
  const object = value as { [key: string]: Json };
  return { ...object, [step]: replaced(object[step] ?? null, rest, change) };
}

const exampleOf = (name: EventName): Json => JSON.parse(JSON.stringify(CATALOGUE[name].example)) as Json;

/** A record's keys are a closed list, so nothing can be added to one. */
const RECORDS = ['raw', 'calibrated', 'deleted'];
const isObject = (value: Json) => value !== null && typeof value === 'object' && !Array.isArray(value);
const openPlaces = (example: Json) =>
  places(example, isObject).filter((path) => !RECORDS.includes(String(path.at(-1))));

const anEvent = fc.constantFrom(...EVENT_NAMES);
/** Prose, contact data, and anything with a character outside ASCII: all that a customer might have written. */
const aCustomersWords = fc.oneof(
  fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })).map((words) => words.join(' ')),
  fc.emailAddress(),
  fc.string({ unit: 'grapheme', minLength: 1 }).filter((word) => /[^ -~]/.test(word)),
);

describe('facts of before a field was added', () => {
  it('a turn without hits of the comment to be answered has none', () => {
    const { answeredKeywordHits, ...turn } = CATALOGUE.MessageClassified.example.input.turn;
    const { example } = CATALOGUE.MessageClassified;
    const old = { ...example, input: { ...example.input, turn } };
    expect(answeredKeywordHits).toEqual([]);
    expect(v.parse(CATALOGUE.MessageClassified.tolerant, old)).toMatchObject({
      input: { turn: { answeredKeywordHits: [] } },
    });
  });
});

describe('the catalogue', () => {
  it('holds the 34 facts of platform §11.3, each under its name, in major version 1', () => {
    expect(EVENT_NAMES).toHaveLength(34);
    for (const name of EVENT_NAMES) {
      expect(CATALOGUE[name].name).toBe(name);
      expect(CATALOGUE[name].version).toMatch(/^1\.\d+$/);
    }
    expect(isEventName('ReplySent')).toBe(true);
    for (const name of ['SendReply', 'toString', '__proto__', '']) expect(isEventName(name)).toBe(false);
  });

  it('names the producers of the table', () => {
    for (const [name, producers] of Object.entries(PRODUCERS))
      expect([...CATALOGUE[name as EventName].producers].sort(), name).toEqual([...producers].sort());
  });

  it('names the privacy class of the table', () => {
    expect(EVENT_NAMES.filter((name) => CATALOGUE[name].pii === 'L1')).toEqual(L1);
  });

  it('says of each in one sentence what happened', () => {
    for (const name of EVENT_NAMES) expect(CATALOGUE[name].says, name).toMatch(/^[A-Z].{10,200}\.$/);
  });
});

describe.each(EVENT_NAMES)('%s', (name) => {
  it('has an example that a producer may state and a consumer can read', () => {
    const example = exampleOf(name);
    expect(v.parse(strictOf(name), example)).toEqual(example);
    expect(v.parse(CATALOGUE[name].tolerant, example)).toEqual(example);
  });

  it('refuses a further key wherever an object stands; a consumer overlooks it', () => {
    const example = exampleOf(name);
    for (const path of openPlaces(example)) {
      const grown = replaced(example, path, (object) => ({ ...(object as object), addedLater: 'x' }));
      expect(v.is(strictOf(name), grown), path.join('.')).toBe(false);
      expect(v.parse(CATALOGUE[name].tolerant, grown), path.join('.')).toEqual(example);
    }
  });
});

describe('whatever happens to a fact on its way', () => {
  it('unknown fields in any number and depth change nothing for a consumer', () => {
    const growth = fc.array(fc.tuple(fc.nat(), fc.stringMatching(/^new[A-Z][a-z]{2,8}$/), fc.jsonValue()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(anEvent, growth, (name, additions) => {
        const example = exampleOf(name);
        const open = openPlaces(example);
        const grown = additions.reduce<Json>(
          (value, [at, key, added]) =>
            replaced(value, open[at % open.length] ?? [], (object) => ({
              ...(object as object),
              [key]: added as Json,
            })),
          example,
        );
        expect(v.parse(CATALOGUE[name].tolerant, grown)).toEqual(example);
        expect(v.is(strictOf(name), grown)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('no string of any fact takes a customer’s words, neither stated nor read', () => {
    fc.assert(
      fc.property(anEvent, fc.nat(), aCustomersWords, (name, at, words) => {
        const example = exampleOf(name);
        const strings = places(example, (value) => typeof value === 'string');
        const path = strings[at % Math.max(1, strings.length)];
        fc.pre(path !== undefined);
        const spoiled = replaced(example, path ?? [], () => words);
        expect(v.is(strictOf(name), spoiled)).toBe(false);
        expect(v.is(CATALOGUE[name].tolerant, spoiled)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('a required field that is missing is noticed by both', () => {
    fc.assert(
      fc.property(anEvent, fc.nat(), (name, at) => {
        const example = exampleOf(name) as { [key: string]: Json };
        const required = Object.entries(CATALOGUE[name].data as Record<string, AnySchema>).filter(
          ([, { type }]) => type !== 'optional',
        );
        const [key = ''] = required[at % required.length] ?? [];
        const { [key]: _, ...smaller } = example;
        expect(v.is(strictOf(name), smaller)).toBe(false);
        expect(v.is(CATALOGUE[name].tolerant, smaller)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01',
  ])('an instant that is none is refused: %s', (instant) => {
    const example = { ...CATALOGUE.ReplayStarted.example, window: { from: instant, to: instant } };
    expect(v.is(CATALOGUE.ReplayStarted.strict, example)).toBe(false);
  });
});
