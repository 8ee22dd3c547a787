/** Protocols §2, §7, §9; platform §1.3, §5.5; reference §3.2c. */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../shared/errors.ts';
import { uuidV5 } from '../shared/ids.ts';
import type { Ticket } from '../shared/ports.ts';
import { type exampleOf, testWorld } from '../shared/testing.ts';
import { reconciler } from './handler.ts';

const MINUTE = 60_000;
type Fact = ReturnType<typeof exampleOf>;

function setUp() {
  const world = testWorld();
  const container = world.container('reconciler');
  const reads: string[] = [];
  Object.assign(container, {
    helpdesk: {
      ticket: (id: string): Promise<Ticket | null> => {
        reads.push(id);
        return world.helpdesk.ticket(id);
      },
    },
  });
  const told = (): Fact[] => world.bus.published.map(({ detail }) => JSON.parse(detail) as Fact);
  return {
    ...world,
    container,
    reads,
    told,
    run: () => reconciler(container)({}),
    missed: () => told().filter(({ metadata }) => metadata.eventName === 'MissedMessageDetected'),
    writes: (conversationId: string, text = 'Hello') => world.helpdesk.customerWrites({ conversationId, text }),
    claimed: (conversationId: string, id: string) =>
      world.store.put('idempotency', { key: `evt:rp:${conversationId}:${id}`, root_event_id: 'somebody' }),
    record: (conversationId: string, id: string) =>
      world.store.get('idempotency', { key: `evt:rp:${conversationId}:${id}` }),
    replaces: (ports: object) => Object.assign(container, ports),
  };
}

describe('the reconciler', () => {
  it('states every customer comment that no claim holds, under the look’s id, record first', async () => {
    const { writes, claimed, run, missed, clock, helpdesk, record, told } = setUp();
    await claimed('conv_1', writes('conv_1'));
    const lost = writes('conv_1', 'Is anybody there?');
    helpdesk.agentWrites('conv_1', 'One moment please.');
    clock.advance(10 * MINUTE);
    expect(await run()).toEqual({ scanned: 1, missing: 1, republished: 1 });
    expect(
      missed().map(({ metadata, data }) => [metadata.eventId, metadata.producer, metadata.messageId, data]),
    ).toEqual([[uuidV5('conv_1', lost, 1), 'reconciler', lost, { detectedBy: 'reconciler', ageSeconds: 599 }]]);
    expect(await record('conv_1', lost)).toMatchObject({ status: 'RECEIVED', open: 'evt', generation: 1 });
    expect(told().at(-1)).toMatchObject({
      metadata: { eventName: 'ReconciliationCompleted', producer: 'reconciler', conversationId: null },
      data: { scanned: 1, missing: 1, republished: 1 },
    });
  });

  it('never asks a tag: a processed ticket with an unclaimed comment is stated, one without tags and claimed is not', async () => {
    const { writes, claimed, run, missed, clock, helpdesk } = setUp();
    writes('conv_tagged');
    await helpdesk.addTags('conv_tagged', ['mw-processed', 'mw-auto-replied']);
    await claimed('conv_plain', writes('conv_plain'));
    clock.advance(10 * MINUTE);
    await run();
    expect(missed().map(({ metadata }) => metadata.conversationId)).toEqual(['conv_tagged']);
  });

  it('leaves a young comment to its webhook, and comes back to it', async () => {
    const { writes, run, missed, clock } = setUp();
    writes('conv_1');
    clock.advance(MINUTE);
    expect(await run()).toEqual({ scanned: 1, missing: 0, republished: 0 });
    clock.advance(15 * MINUTE);
    await run();
    expect(missed()).toHaveLength(1);
  });

  it('reads a ticket once as long as nothing happens to it', async () => {
    const { writes, run, reads, clock } = setUp();
    writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    await run();
    expect(reads).toEqual(['conv_1']);
    writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    expect(reads).toEqual(['conv_1', 'conv_1']);
  });

  it('finds a comment that the list knew of before a read showed it', async () => {
    const { writes, run, missed, clock, helpdesk, replaces, reads } = setUp();
    writes('conv_1', 'The first.');
    clock.advance(30 * MINUTE);
    const lost = writes('conv_1', 'The second.');
    clock.advance(5_000);
    const whole = { ticket: (id: string) => helpdesk.ticket(id) };
    replaces({
      helpdesk: {
        ticket: async (id: string) => {
          const ticket = await helpdesk.ticket(id);
          reads.push(id);
          return ticket && { ...ticket, comments: ticket.comments.filter((comment) => comment.id !== lost) };
        },
      },
    });
    await run();
    expect(reads).toEqual(['conv_1']);
    expect(missed().map(({ metadata }) => metadata.messageId)).not.toContain(lost);
    replaces({ helpdesk: whole });
    clock.advance(15 * MINUTE);
    await run();
    expect(missed().map(({ metadata }) => metadata.messageId)).toContain(lost);
  });

  it('states a comment once, however often it looks', async () => {
    const { writes, run, missed, clock, store } = setUp();
    writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    store.tables.get('vendor_limits')?.clear();
    await run();
    expect(missed()).toHaveLength(1);
  });

  it('leaves closed tickets and what is older than a day', async () => {
    const { writes, run, reads, clock, helpdesk } = setUp();
    writes('conv_old');
    clock.advance(24 * 60 * MINUTE + 1_000);
    writes('conv_closed');
    helpdesk.agentCloses('conv_closed');
    clock.advance(10 * MINUTE);
    expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
    expect(reads).toEqual([]);
  });

  it('a busy bus does not lose it: the record is there, and the sweeper states it', async () => {
    const { writes, run, clock, replaces, record, bus } = setUp();
    const lost = writes('conv_1');
    clock.advance(10 * MINUTE);
    let isBusy = true;
    replaces({
      bus: {
        putEvents: (entries: Parameters<typeof bus.putEvents>[0]) => {
          if (!isBusy) return bus.putEvents(entries);
          isBusy = false;
          return Promise.resolve({ failed: [{ index: 0, code: 'Busy' }] });
        },
      },
    });
    expect(await run()).toEqual({ scanned: 1, missing: 1, republished: 0 });
    expect(await record('conv_1', lost)).toMatchObject({ status: 'RECEIVED', open: 'evt' });
  });
});

describe('after a loss or a restore (protocols §9)', () => {
  it.each([
    { when: 'the generation was raised and the ledger not rebuilt', generation: '2', whole: '1' },
    { when: 'nothing says that the ledger is whole', generation: '1', whole: null },
    { when: 'what says so means nothing', generation: '1', whole: 'yes' },
  ])('it is off where $when', async ({ generation, whole }) => {
    const { writes, run, told, reads, clock, parameters } = setUp();
    parameters.values.set('ledger_generation', generation);
    if (whole === null) parameters.values.delete('ledger_whole');
    else parameters.values.set('ledger_whole', whole);
    writes('conv_1');
    clock.advance(10 * MINUTE);
    expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
    expect([reads, told()]).toEqual([[], []]);
  });

  it('it works again once the rebuild says so', async () => {
    const { writes, run, missed, clock, parameters } = setUp();
    parameters.values.set('ledger_generation', '2');
    parameters.values.set('ledger_whole', '2');
    const lost = writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    expect(missed().map(({ metadata }) => metadata.eventId)).toEqual([uuidV5('conv_1', lost, 2)]);
  });

  it('a ticket that was read under the lost ledger is read again, although nothing happened to it since', async () => {
    const { writes, run, missed, clock, parameters, store } = setUp();
    const lost = writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
    store.tables.get('idempotency')?.clear();
    parameters.values.set('ledger_generation', '2');
    parameters.values.set('ledger_whole', '2');
    expect(await run()).toEqual({ scanned: 1, missing: 1, republished: 1 });
    expect(missed().map(({ metadata }) => metadata.eventId)).toEqual([1, 2].map((one) => uuidV5('conv_1', lost, one)));
  });
});

describe('a helpdesk that gives little', () => {
  it.each([403, 404] as const)('a key that is refused the list (%i) costs the run, and is measured', async (status) => {
    const { run, replaces, container, told } = setUp();
    replaces({ directory: { tickets: async () => ({ kind: 'unavailable', status }) } });
    expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
    expect(container.telemetry.lines.map(({ event, fields }) => [event, fields])).toEqual([
      ['system.reconciler.list_refused', { http_status: status }],
    ]);
    expect(told().map(({ metadata }) => metadata.eventName)).toEqual(['ReconciliationCompleted']);
  });

  it('a used-up budget is waited for as long as the run has time; the rest is for the next run', async () => {
    const { writes, run, clock, replaces, helpdesk, container } = setUp();
    for (let number = 0; number < 30; number += 1) writes(`conv_${number}`);
    clock.advance(10 * MINUTE);
    const began = clock.monotonic();
    const taken: number[] = [];
    replaces({
      helpdesk: {
        ticket: (id: string) => {
          if (taken.filter((at) => at > clock.now() - 31_000).length >= 9)
            throw new VendorError('richpanel', 'rate_limited');
          taken.push(clock.now());
          return helpdesk.ticket(id);
        },
      },
    });
    expect(await run()).toEqual({ scanned: 18, missing: 18, republished: 18 });
    expect(clock.monotonic() - began).toBeLessThan(container.settings.timeoutMs);
    clock.advance(15 * MINUTE);
    expect(await run()).toEqual({ scanned: 12, missing: 12, republished: 12 });
  });

  it('a busy table costs a read that was not needed, and no run', async () => {
    const { writes, run, clock, replaces, store, reads } = setUp();
    writes('conv_1');
    writes('conv_2');
    clock.advance(10 * MINUTE);
    await run();
    const get: typeof store.get = (table, key) =>
      table === 'vendor_limits' && String(key.bucket).endsWith('conv_1')
        ? Promise.reject(new VendorError('dynamodb', 'rate_limited'))
        : store.get(table, key);
    replaces({ store: { ...store, get } });
    expect(await run()).toEqual({ scanned: 1, missing: 0, republished: 0 });
    expect([reads.length, reads.at(-1)]).toEqual([3, 'conv_1']);
  });

  it('says how many tickets a run left unread, and nothing where it had no time for the list', async () => {
    const { writes, run, clock, replaces, container } = setUp();
    const left: number[] = [];
    const observe = (name: string, value: number) => void (name === 'reconciler.unread_tickets' && left.push(value));
    replaces({ metrics: { ...container.metrics, observe } });
    writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    const { directory } = container;
    replaces({ directory: { tickets: () => Promise.reject(new VendorError('richpanel', 'rate_limited')) } });
    await run();
    replaces({ directory });
    await run();
    expect(left).toEqual([0, 0]);
  });

  it.each(['server', 'timeout', 'auth', 'circuit_open'] as const)(
    '%s ends the run; the next one goes on',
    async (kind) => {
      const { writes, run, clock, replaces, helpdesk } = setUp();
      writes('conv_1');
      clock.advance(10 * MINUTE);
      replaces({ helpdesk: { ticket: () => Promise.reject(new VendorError('richpanel', kind)) } });
      expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
      replaces({ helpdesk });
      expect(await run()).toEqual({ scanned: 1, missing: 1, republished: 1 });
    },
  );

  it('pages are followed, rows that are no matter of the window are passed over, and a list that goes on is left', async () => {
    const { run, replaces, clock, reads } = setUp();
    const row = (id: string, updatedAt: number | null, status = 'open') => ({ id, updatedAt, status, tags: [] });
    const asked: number[] = [];
    replaces({
      directory: {
        tickets: async (_query: unknown, page: number) => {
          asked.push(page);
          const rows =
            page === 1
              ? [row('conv_old', clock.now() - 25 * 60 * MINUTE), row('conv_new', clock.now() - MINUTE)]
              : [row(`conv_closed_${page}`, clock.now(), 'closed'), row('conv_undated', null)];
          return { kind: 'page', rows, next: page + 1 };
        },
      },
    });
    await run();
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reads.toSorted()).toEqual(['conv_new', 'conv_undated']);
  });
});

describe('what agents say by tag (platform §9.6)', () => {
  const said = ({ told }: ReturnType<typeof setUp>) =>
    told().filter(({ metadata }) => metadata.eventName === 'AgentFeedbackReceived');

  it('is stated once for a ticket and a tag, however it is written and however often the ticket is looked at', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk } = world;
    await claimed('conv_1', writes('conv_1'));
    await helpdesk.addTags('conv_1', ['mw-processed', 'mw_feedback_misroute', 'mw_feedback_correct_dept_sales_team']);
    clock.advance(10 * MINUTE);
    await run();
    await helpdesk.addTags('conv_1', ['mw-feedback-misroute', 'mw:feedback:bad_reply']);
    helpdesk.agentWrites('conv_1', 'Wrong team.');
    clock.advance(15 * MINUTE);
    await run();
    world.store.tables.get('vendor_limits')?.clear();
    await run();
    expect(said(world).map(({ metadata, data }) => [metadata.conversationId, metadata.messageKey, data])).toEqual([
      ['conv_1', null, { tagCodes: ['mw:feedback:misroute'], appliedAt: expect.any(String) }],
      [
        'conv_1',
        null,
        {
          tagCodes: ['mw:feedback:correct_dept:sales_team'],
          correctDepartment: 'Sales Team',
          appliedAt: expect.any(String),
        },
      ],
      ['conv_1', null, { tagCodes: ['mw:feedback:bad_reply'], appliedAt: expect.any(String) }],
    ]);
  });

  it('is found on closed tickets once a day', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk } = world;
    for (const id of ['conv_1', 'conv_2']) await claimed(id, writes(id));
    await helpdesk.addTags('conv_1', ['mw:feedback:pii_risk']);
    helpdesk.agentCloses('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    expect(said(world).map(({ metadata }) => metadata.conversationId)).toEqual(['conv_1']);
    await helpdesk.addTags('conv_2', ['mw:feedback:misroute']);
    helpdesk.agentWrites('conv_2', 'Done.');
    helpdesk.agentCloses('conv_2');
    clock.advance(15 * MINUTE);
    await run();
    expect(said(world)).toHaveLength(1);
    clock.advance(24 * 60 * MINUTE);
    await run();
    expect(said(world).map(({ metadata }) => metadata.conversationId)).toEqual(['conv_1', 'conv_2']);
  });

  it('a busy bus does not lose it: the next run states the same bytes', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk, replaces, bus } = world;
    await claimed('conv_1', writes('conv_1'));
    await helpdesk.addTags('conv_1', ['mw:feedback:misroute']);
    clock.advance(10 * MINUTE);
    const refused: string[] = [];
    replaces({
      bus: {
        putEvents: (entries: Parameters<typeof bus.putEvents>[0]) => {
          if (refused.length > 0 || entries[0]?.detailType !== 'AgentFeedbackReceived') return bus.putEvents(entries);
          refused.push(...entries.map(({ detail }) => detail));
          return Promise.resolve({ failed: [{ index: 0, code: 'Busy' }] });
        },
      },
    });
    await run();
    expect([said(world).length, refused.length]).toEqual([0, 1]);
    clock.advance(15 * MINUTE);
    await run();
    const first = JSON.parse(refused[0] ?? '') as Fact;
    expect(said(world)).toEqual([
      { ...first, metadata: { ...first.metadata, publishedAt: new Date(clock.now()).toISOString() } },
    ]);
  });
});
