import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../events/catalogue.ts';
import { VendorError } from '../shared/errors.ts';
import { COLUMNS } from '../shared/records/table.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { analytics } from './handler.ts';
import { project } from './project.ts';
import { HEARD } from './rules.ts';

const BACKFILL = 'backfill-01JQ8Z5M9H3V6T2K4N7P0R0000';
type Heard = Parameters<typeof project>[0];

function setUp() {
  const world = testWorld();
  const container = world.container('analytics');
  return { ...world, own: container, handler: analytics(container) };
}

describe('a row', () => {
  it.each(HEARD)('of %s has what the table has, of the type that it has there, and nothing else', (name) => {
    const row: Readonly<Record<string, unknown>> = project(exampleOf(name, testWorld().clock.now()) as Heard);
    const types = Object.fromEntries(COLUMNS.map((column) => [column.name, column.type as string]));
    for (const [column, value] of Object.entries(row))
      expect([column, kindOf(value)]).toEqual([column, kindIn(types[column])]);
    for (const { name: column, isOptional } of COLUMNS) if (!isOptional) expect(row).toHaveProperty(column);
  });

  it('of a classified message tells the decision', () => {
    const at = Date.parse('2026-01-15T12:00:00.000Z');
    expect(project(exampleOf('MessageClassified', at) as Heard)).toEqual({
      event_id: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f',
      event_name: 'MessageClassified',
      schema_version: CATALOGUE.MessageClassified.version,
      occurred_at: '2026-01-15T12:00:00.000Z',
      env: 'local',
      brand_id: 'main',
      producer: 'classify',
      release: '0.1.0',
      channel: 'email',
      hops: 1,
      from_replay: false,
      conversation_id: 'conv_1',
      message_key: 'cmt_1',
      root_event_id: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f',
      causation_id: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f',
      received_at: '2026-01-15T12:00:00.000Z',
      decision_id: CATALOGUE.MessageClassified.example.decisionId,
      intent: 'damaged_item',
      tier: 1,
      team: 'Returns Admin',
      confidence: 0.9,
      margin: 0.9,
      template_id: 't_damaged_item_intake',
      latency_ms: 12,
      reason_code: 'tier1_safe_assist',
      reason_codes: ['tier1_safe_assist'],
    });
  });

  it('tells what was derived in a recovery from what is only delivered again', () => {
    const { clock } = testWorld();
    const fact = exampleOf('TicketRouted', clock.now());
    const mark = {
      name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000',
      purpose: 'recovery',
      originalEventId: fact.metadata.eventId,
    } as const;
    const marked = (originalEventId: string) =>
      project({ ...fact, metadata: { ...fact.metadata, replay: { ...mark, originalEventId } } } as Heard).from_replay;
    expect(marked(fact.metadata.eventId)).toBe(false);
    expect(marked('0194b8a0-3c1e-7d2a-8f00-000000000000')).toBe(true);
  });
});

describe('the handler', () => {
  it('keeps one row of a fact that is delivered twice, and states nothing', async () => {
    const { handler, records, clock, bus } = setUp();
    const fact = exampleOf('MessageSettled', clock.now());
    await handler(delivered(fact));
    await handler(delivered(fact));
    expect(records.rows).toEqual([project(fact as Heard)]);
    expect(bus.published).toEqual([]);
  });

  it('keeps it again in a backfill, the very same row', async () => {
    const { handler, records, clock } = setUp();
    const fact = exampleOf('MessageSettled', clock.now());
    await handler(delivered(fact));
    await handler(delivered(fact, BACKFILL));
    await handler(delivered(fact, BACKFILL));
    expect(records.rows).toEqual([project(fact as Heard), project(fact as Heard)]);
  });

  it('waits in its later queue for a stream that is busy, and comes back through the same door', async () => {
    const world = setUp();
    const { own, clock, records } = world;
    let isBusy = true;
    const handler = analytics({
      ...own,
      records: {
        async put(row) {
          if (isBusy) throw new VendorError('firehose', 'rate_limited');
          await records.put(row);
        },
      },
    });
    await handler(delivered(exampleOf('MessageSettled', clock.now())));
    expect([records.rows.length, own.queues.waiting.length, own.queues.failed.length]).toEqual([0, 1, 0]);
    isBusy = false;
    clock.advance(60_000);
    await handler({ Records: [{ body: own.queues.waiting[0]?.body }] });
    expect(records.rows).toHaveLength(1);
  });

  it('drops what a newer producer added, and refuses what is no fact of its own', async () => {
    const { handler, own, records, clock } = setUp();
    await handler(delivered(exampleOf('MessageSettled', clock.now(), {}, { customerText: 'hello' })));
    await handler(delivered(exampleOf('AuditSealed', clock.now())));
    expect(JSON.stringify(records.rows)).not.toContain('hello');
    expect(own.queues.failed.map(({ cause }) => cause)).toEqual(['not_consumed']);
  });
});

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'texts';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

function kindIn(type: string | undefined): string | undefined {
  if (type === 'integer') return 'number';
  return type === 'uuid' || type === 'instant' ? 'text' : type;
}
