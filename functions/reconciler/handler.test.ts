/** Protocols §2, §7, §9; platform §5.5. */
import { describe, expect, it } from 'vitest';
import { uuidV5 } from '../shared/ids.ts';
import { MINUTE, setUp } from './testing.ts';

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
