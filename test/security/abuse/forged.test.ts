/** A fact on the bus that its producer did not state, or nobody could have: every consumer refuses it and does nothing (platform §4.2 T5, T20). */
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES, type EventName } from '../../../events/catalogue.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import { FUNCTIONS, type FunctionName } from '../../../events/words.ts';
import { exampleOf } from '../../../functions/shared/testing.ts';
import { type Choreography, choreography } from '../../choreography.ts';

type Raw = { readonly source: string; readonly 'detail-type': string; readonly detail: AnyEvent };

/** As the bus would hand it over, from its own producer. */
function rawOf(name: EventName, now: number, data?: Readonly<Record<string, unknown>>): Raw {
  const example = CATALOGUE[name].example as Readonly<Record<string, unknown>>;
  const [producer] = CATALOGUE[name].producers;
  const detail = exampleOf(name, now, { producer }, { ...example, ...data });
  return { source: `frontdesk.${producer}`, 'detail-type': name, detail };
}

const heard = choreography();
/** Who hears which fact: every pair that the rules make. */
const PAIRS: readonly (readonly [FunctionName, EventName])[] = EVENT_NAMES.flatMap((name) => {
  const variants = [{}, { tierCandidate: 1 }, { tierCandidate: 2 }].map((data) => rawOf(name, heard.clock.now(), data));
  return [...new Set(variants.flatMap((raw) => heard.heardBy(raw)))].map((target) => [target, name] as const);
});

/** What an event can do: facts, records, calls to the helpdesk. */
const effects = (c: Choreography) => [
  c.bus.published.length,
  [...c.store.tables.values()].reduce((sum, table) => sum + table.size, 0),
  c.helpdesk.outbox.length,
];

async function isRefused(target: FunctionName, raw: unknown, cause: string): Promise<void> {
  const c = choreography();
  const before = effects(c);
  await c.hand(target, raw);
  expect(c.containerOf(target).queues.failed.map((failed) => failed.cause)).toEqual([cause]);
  expect(effects(c)).toEqual(before);
  expect(c.containerOf(target).queues.waiting).toEqual([]);
}

const withMetadata = (raw: Raw, about: object): Raw => ({
  ...raw,
  detail: { ...raw.detail, metadata: { ...raw.detail.metadata, ...about } } as AnyEvent,
});

describe.each(PAIRS)('%s refuses, and does nothing about, a %s', (target, name) => {
  let raw: Raw;
  let strangers: readonly string[];
  beforeAll(() => {
    raw = rawOf(name, heard.clock.now());
    const { producers } = CATALOGUE[name];
    strangers = FUNCTIONS.filter((one) => !(producers as readonly string[]).includes(one));
  });

  it('of every function that does not state it', async () => {
    for (const producer of strangers)
      await isRefused(
        target,
        withMetadata({ ...raw, source: `frontdesk.${producer}` }, { producer }),
        'foreign_producer',
      );
  });

  it('that another put on the bus in its producer’s name', async () => {
    for (const source of [...strangers.map((one) => `frontdesk.${one}`), 'aws.events', 'frontdesk', ''])
      await isRefused(target, { ...raw, source }, 'foreign_source');
  });

  it('that has come too far, speaks another major, or hides behind another name', async () => {
    await isRefused(target, withMetadata(raw, { hops: 13 }), 'too_many_hops');
    await isRefused(target, withMetadata(raw, { schemaVersion: '99.0' }), 'unknown_major');
    await isRefused(target, { ...raw, 'detail-type': 'AuditSealed2' }, 'name_mismatch');
    await isRefused(target, { ...raw, 'replay-name': 'invented-1' }, 'unknown_replay');
  });

  it('whose metadata are not those of an envelope', async () => {
    for (const about of [
      { eventId: 'x' },
      { hops: -1 },
      { piiClass: 'L3' },
      { occurredAt: 'yesterday' },
      { conversationId: 'a b' },
    ])
      await isRefused(target, withMetadata(raw, about), 'invalid_metadata');
  });

  it('that lacks a field, or holds words where a code belongs', async () => {
    const { data } = raw.detail;
    const codes = Object.keys(data).filter((key) => typeof data[key as never] === 'string');
    const poison = [null, [], 'text', 7, ...codes.map((key) => ({ ...data, [key]: 'Nora Quill, 1 Main Street' }))];
    for (const one of poison) await isRefused(target, { ...raw, detail: { ...raw.detail, data: one } }, 'invalid_data');
  });
});

it('the rules reach every consumer of the bus', () => {
  const targets = new Set(PAIRS.map(([target]) => target));
  expect([...targets].toSorted()).toEqual(
    [
      'analytics',
      'auditor',
      'classify',
      'order-lookup',
      'responder-reply',
      'responder-route',
      'responder-settle',
      'verify',
    ].toSorted(),
  );
});

it('no rule but the auditor’s hears a fact from a source that does not state it', () => {
  for (const name of EVENT_NAMES)
    for (const source of FUNCTIONS.filter((one) => !(CATALOGUE[name].producers as readonly string[]).includes(one))) {
      const raw = { ...rawOf(name, heard.clock.now()), source: `frontdesk.${source}` };
      expect(heard.heardBy(raw).filter((target) => target !== 'auditor')).toEqual([]);
    }
});
