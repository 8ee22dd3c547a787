import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../events/catalogue.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { auditor, SYSTEM_PARTITION } from './handler.ts';
import { project } from './project.ts';

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
