import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../events/catalogue.ts';
import { decide } from '../../policy/decide.ts';
import { decisionInput, scored } from '../../policy/testing.ts';
import { memoryTelemetry } from '../shared/telemetry/memory.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { auditor, SYSTEM_PARTITION } from './handler.ts';
import { project } from './project.ts';
import { isReproduced } from './reproduce.ts';

const AT = Date.parse('2026-01-15T12:00:00.000Z');

function setUp() {
  const world = testWorld();
  const handler = auditor(world.container('auditor'));
  const trail = (partition = 'conv_1') => world.store.query('audit_trail', { partition, limit: 100 });
  const timeline = () => world.store.query('read_models', { partition: 'timeline#conv_1', limit: 100 });
  return { ...world, handler, trail, timeline, another: () => auditor(world.container('auditor')) };
}

describe('the trail', () => {
  it('holds a fact once, whatever is delivered twice', async () => {
    const { handler, trail, timeline, clock } = setUp();
    const fact = exampleOf('TicketRouted', AT);
    await handler(delivered(fact));
    clock.advance(60_000);
    await handler(delivered(fact));
    expect((await trail()).map(({ event_id, envelope }) => [event_id, JSON.parse(String(envelope))])).toEqual([
      [fact.metadata.eventId, fact],
    ]);
    expect(await timeline()).toHaveLength(1);
  });

  it('holds it once although the first attempt died after writing it', async () => {
    const { handler, another, trail, clock, store } = setUp();
    const fact = exampleOf('TicketRouted', AT);
    await handler(delivered(fact));
    const key = `csm:auditor:auditor:${fact.metadata.eventId}`;
    await store.update('idempotency', { key }, { set: { status: 'IN_PROGRESS', lease_until: 0 } });
    clock.advance(60_000);
    await another()(delivered(fact));
    expect(await trail()).toHaveLength(1);
  });

  it('holds a root as it was first stated, although a copy with the mark of a recovery comes first', async () => {
    const { handler, trail } = setUp();
    const name = 'recovery-01KF0000000000000000000001';
    const replay = (originalEventId: string) => ({ name, purpose: 'recovery' as const, originalEventId });
    const root = exampleOf('MessageReceived', AT, { replay: null });
    const eventId = '0194b8a0-3c1e-5d2a-8f00-1a2b3c4d5e70';
    const own = exampleOf('TicketRouted', AT, { eventId, replay: replay(root.metadata.eventId) });
    await handler(delivered({ ...root, metadata: { ...root.metadata, replay: replay(root.metadata.eventId) } }));
    await handler(delivered(own));
    const recorded = (await trail()).map(({ envelope }) => JSON.parse(String(envelope)));
    expect(recorded).toEqual(expect.arrayContaining([root, own]));
  });

  it('keeps facts without a conversation together', async () => {
    const { handler, trail } = setUp();
    await handler(delivered(exampleOf('SafeModeChanged', AT, { conversationId: null })));
    expect(await trail(SYSTEM_PARTITION)).toHaveLength(1);
  });

  it('records every fact of the catalogue, of any age, and states none', async () => {
    const { handler, trail, bus, clock } = setUp();
    clock.advance(100 * 86_400_000);
    for (const [index, name] of EVENT_NAMES.entries()) {
      const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(index).padStart(12, '0')}`;
      await handler(delivered(exampleOf(name, AT, { eventId })));
    }
    expect((await trail()).map(({ event_name }) => event_name).sort()).toEqual([...EVENT_NAMES].sort());
    expect(bus.published).toEqual([]);
  });
});

describe('the standing check', () => {
  const input = decisionInput(scored({ damaged_item: 0.9 }));
  const classified = (data: Readonly<Record<string, unknown>>, last = '10') =>
    exampleOf('MessageClassified', AT, { eventId: `0194b8a0-3c1e-7d2a-8f00-0000000000${last}` }, data);

  it('counts what it makes again, and names a decision that its input does not give', async () => {
    const { container } = setUp();
    const telemetry = memoryTelemetry('auditor');
    const handler = auditor({ ...container('auditor'), ...telemetry });
    await handler(delivered(classified({ input, decision: decide(input) })));
    await handler(delivered(classified({ input, decision: { ...decide(input), tier: 2 } }, '20')));
    expect(telemetry.counts.get('policy.redecided_total')).toBe(2);
    expect(telemetry.counts.get('policy.not_reproduced_total')).toBe(1);
    const said = telemetry.lines.filter(({ event }) => event === 'policy.decision.not_reproduced');
    expect(said).toMatchObject([{ level: 'ERROR', fields: { event_id: '0194b8a0-3c1e-7d2a-8f00-000000000020' } }]);
  });

  it.each([
    { when: 'it is as decided', data: { input, decision: decide(input) }, said: true },
    { when: 'it is another', data: { input, decision: { ...decide(input), tier: 2 } }, said: false },
    {
      when: 'another release decided',
      data: { input: { ...input, versions: { ...input.versions, policy: '0.9.0' } }, decision: decide(input) },
      said: null,
    },
    { when: 'nothing was decided', data: { input: null, decision: null }, said: null },
    { when: 'the fact is outside the sample', data: { input, decision: decide(input) }, last: '11', said: null },
  ])('$when: $said', ({ data, said, last }) => {
    expect(isReproduced(classified(data, last))).toBe(said);
  });
});

describe('the timeline', () => {
  it('stands in the order of what happened, not of what arrived', async () => {
    const { handler, timeline } = setUp();
    const id = (last: number) => ({ eventId: `0194b8a0-3c1e-7d2a-8f00-00000000000${last}` });
    await handler(delivered(exampleOf('TicketRouted', AT + 2_000, id(2))));
    await handler(delivered(exampleOf('MessageClassified', AT + 1_000, id(1))));
    expect((await timeline()).map(({ event_name }) => event_name)).toEqual(['MessageClassified', 'TicketRouted']);
  });

  it('tells codes and names, and leaves out what a fact does not have', () => {
    const row = project(exampleOf('ReplyDenied', AT, {}, { reasonCodes: ['cooldown_10m'], tier: null }));
    expect(row?.told).toMatchObject({ reasonCodes: ['cooldown_10m'] });
    expect(Object.keys(row?.told ?? {})).not.toContain('tier');
  });
});
