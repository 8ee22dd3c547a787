/** A claim without an outcome: it is found by reading (protocols §6). */
import { describe, expect, it } from 'vitest';
import { restoreConversation } from '../../../operate/recovery/restore.ts';
import { choreography } from '../../../test/choreography.ts';
import { VendorError } from '../../shared/errors.ts';
import {
  DAMAGED,
  dies,
  ESTIMATE,
  inWindow,
  MINIMAL,
  MINUTE,
  outcomes,
  survive,
  sweepFor,
  ticketOf,
} from './testing.ts';

describe('an outcome that is unclear while the helpdesk answers nobody', () => {
  it('stays open until a read is answered: then the reply on the ticket is found', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_reply:'));
    await survive(c, () => c.webhook(MINIMAL));
    expect(c.helpdesk.outbox).toHaveLength(1);
    const settle = c.containerOf('responder-settle');
    const { helpdesk } = settle;
    Object.assign(settle, { helpdesk: { ticket: () => Promise.reject(new VendorError('richpanel', 'server')) } });
    await sweepFor(c, 6);
    expect([c.names().includes('ReplyOutcomeUnclear'), outcomes(c)]).toEqual([true, []]);
    Object.assign(settle, { helpdesk });
    await sweepFor(c, 40);
    expect([c.names().includes('ReplySent'), c.names().includes('ReplyFailed'), outcomes(c)]).toEqual([
      true,
      false,
      ['replied'],
    ]);
  });
});

describe('a reply of which a rebuilt ledger knows the outcome alone', () => {
  it.each([
    { mayWrite: true, becomes: 'open' },
    { mayWrite: false, becomes: 'closed' },
  ])(
    'and whose ticket its sender may have closed is $becomes for a person where writing is allowed: $mayWrite',
    async ({ mayWrite, becomes }) => {
      // Nobody else opens it: the message is taken up again by none.
      const c = choreography(undefined, ['responder-settle', 'responder-route']);
      c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
      c.helpdesk.link('t-1', inWindow);
      // It closes the ticket, and dies before anybody is told of reply or close; all tables are lost.
      dies(c, 'responder-reply', (key) => key.startsWith('act:rp_resolve:'));
      await survive(c, () => c.webhook(MINIMAL));
      expect((await ticketOf(c)).status).toBe('closed');
      const told = c.facts().filter(({ metadata }) => !['ReplySent', 'MessageSettled'].includes(metadata.eventName));
      for (const table of ['idempotency', 'conversation_state']) c.store.tables.get(table as never)?.clear();
      c.clock.advance(10 * MINUTE);
      const origin = { env: 'local', release: '0.1.0', brandId: 'main' };
      const restoring = {
        store: c.store,
        clock: c.clock,
        waits: c.containerOf('sweeper').waits,
        generation: 1,
        origin,
      };
      await restoreConversation(restoring, 't-1', told);
      await sweepFor(c, 3);
      expect((await ticketOf(c)).status).toBe('closed');
      c.parameters.values.set('richpanel_read_only', String(!mayWrite));
      c.clock.advance(MINUTE);
      const unclear = c
        .factsOf('ReplyOutcomeUnclear')
        .find(({ data }) => String(data.actionKey).startsWith('act:rp_reply:'));
      await c.hand('responder-settle', {
        source: 'frontdesk.sweeper',
        'detail-type': 'ReplyOutcomeUnclear',
        detail: unclear,
      });
      const { status, tags } = await ticketOf(c);
      expect([status, tags.includes('mw-needs-manual-triage')]).toEqual([becomes, mayWrite]);
      expect(c.helpdesk.outbox).toHaveLength(1);
    },
  );

  it('gets the tags that its sender died over', async () => {
    const c = choreography(undefined, ['responder-settle']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const sender = c.containerOf('responder-reply');
    const refused = new VendorError('richpanel', 'server', { status: 502 });
    const addTags = (_id: string, tags: readonly string[]) =>
      Promise.reject(tags.includes('mw:auto_closed') ? refused : new Error('dead'));
    Object.assign(sender, { tagger: { ...sender.tagger, addTags } });
    await survive(c, () => c.webhook(MINIMAL));
    await sweepFor(c, 3);
    const key = 'act:rp_reply:t-1:c-1';
    const unclear = c.factsOf('ReplyOutcomeUnclear').find(({ data }) => data.actionKey === key);
    await c.store.update('idempotency', { key }, { set: { approval: null } });
    await c.hand('responder-settle', {
      source: 'frontdesk.sweeper',
      'detail-type': 'ReplyOutcomeUnclear',
      detail: unclear,
    });
    const named = c.factsOf('ReplySent').flatMap(({ data }) => data.tagsAdded as string[]);
    expect(named).toContain('mw-auto-replied');
    expect((await ticketOf(c)).tags).toEqual(expect.arrayContaining(named));
    expect(c.helpdesk.outbox).toHaveLength(1);
  });
});
