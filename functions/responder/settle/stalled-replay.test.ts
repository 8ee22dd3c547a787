/** Replays of what was said about a message before it stalled (protocols §9). */
import { describe, expect, it } from 'vitest';
import { choreography } from '../../../test/choreography.ts';
import { VendorError } from '../../shared/errors.ts';
import { messageRecordKey } from '../../shared/ledger/keys.ts';
import { putMessage } from '../../shared/ledger/messages.ts';
import { delivered, exampleOf } from '../../shared/testing.ts';
import { DAMAGED, dies, inWindow, MINIMAL, MINUTE, outcomes, survive, ticketOf } from './testing.ts';

describe('a stalled message (§7)', () => {
  it('has no explanation written any more by the denial that comes in a replay (§9)', async () => {
    const c = choreography();
    c.parameters.values.set('auto_close_enabled', 'false');
    c.helpdesk.customerWrites({ conversationId: 't-1', text: 'Where is my order?' });
    c.helpdesk.link('t-1', { ...inWindow, shippingMethod: 'Some day' });
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    await survive(c, () => c.webhook(MINIMAL));
    const [denial] = c.factsOf('ReplyDenied');
    expect(denial?.data.extraTags).toContain('mw-tier-route-only');
    Object.assign(settle, { tagger });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(outcomes(c)).toEqual(['failed']);
    const before = await ticketOf(c);
    await c.hand('responder-settle', {
      source: 'frontdesk.verify',
      'detail-type': 'ReplyDenied',
      'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213',
      detail: denial,
    });
    expect(await ticketOf(c)).toEqual(before);
  });

  it('that has entered anew since is not the one that stalled (§7, §9)', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    c.clock.advance(MINUTE);
    const [began, at] = [
      c.clock.now(),
      { conversationId: 't-1', messageId: 'c-1', messageKey: 'c-1', intakeKey: 'c-1' },
    ];
    const stalled = exampleOf('MessageStalled', began, at);
    const { settings, ...parts } = c.containerOf('sweeper');
    const putAt = (now: number) =>
      putMessage(
        { ...parts, clock: { ...parts.clock, now: () => now } },
        messageRecordKey('t-1', 'c-1'),
        exampleOf('MessageReceived', began, at),
      );
    await putAt(began + 1);
    const before = await ticketOf(c);
    await c.hand('responder-settle', {
      ...(delivered(stalled) as object),
      'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213',
    });
    expect([await ticketOf(c), c.names()]).toEqual([before, []]);
    await c.store.remove('idempotency', { key: messageRecordKey('t-1', 'c-1') });
    await putAt(began);
    await c.hand('responder-settle', delivered(stalled));
    expect((await ticketOf(c)).tags).toContain('mw-needs-manual-triage');
  });

  it('whose reply nobody has seen says so in the end, although a replay came before its tag was written', async () => {
    const c = choreography(undefined, ['responder-settle']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const send = () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    Object.assign(c.containerOf('responder-reply'), { sender: { send } });
    dies(c, 'responder-reply', (key, set) => key.startsWith('act:rp_reply:') && set?.status !== undefined);
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(3 * MINUTE);
    await survive(c, c.sweep);
    const unclear = c.factsOf('ReplyOutcomeUnclear')[0];
    const heard = { source: 'frontdesk.sweeper', 'detail-type': 'ReplyOutcomeUnclear', detail: unclear };
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    await c.hand('responder-settle', heard).catch(() => undefined);
    Object.assign(settle, { tagger });
    // Another ended the message meanwhile, so that the replay says nothing on the ticket.
    for (const record of [...(c.store.tables.get('idempotency')?.values() ?? [])])
      if (String(record.key).startsWith('evt:')) await c.store.put('idempotency', { ...record, status: 'DEAD' });
    c.clock.advance(2 * MINUTE);
    await c.hand('responder-settle', { ...heard, 'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213' });
    expect((await ticketOf(c)).tags).not.toContain('mw-send-failed');
    // The sweeper names the claim again, since nobody has taken it off the open ones.
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).tags).toContain('mw-send-failed');
    // Then it is off, and whoever takes the tag away is left in peace.
    await c.helpdesk.removeTags('t-1', ['mw-send-failed']);
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).tags).not.toContain('mw-send-failed');
  });

  it('whose reply nobody has seen says so, and a replay of what was unclear adds nothing (§6, §9)', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const send = () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    Object.assign(c.containerOf('responder-reply'), { sender: { send } });
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    dies(c, 'responder-reply', (key, set) => key.startsWith('act:rp_reply:') && set?.status !== undefined);
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(3 * MINUTE);
    await survive(c, c.sweep);
    const [unclear] = c.factsOf('ReplyOutcomeUnclear');
    const key = 'act:rp_reply:t-1:c-1';
    await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 600 * MINUTE } });
    Object.assign(settle, { tagger });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(outcomes(c)).toEqual(['failed']);
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.outcome)).toEqual(['unknown']);
    expect((await ticketOf(c)).tags).toContain('mw-send-failed');
    // Whoever has looked after it takes the tag away.
    await c.helpdesk.removeTags('t-1', ['mw-send-failed']);
    const before = await ticketOf(c);
    await c.hand('responder-settle', {
      source: 'frontdesk.sweeper',
      'detail-type': 'ReplyOutcomeUnclear',
      'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213',
      detail: unclear,
    });
    expect(await ticketOf(c)).toEqual(before);
  });
});
