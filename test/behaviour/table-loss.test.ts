/**
 * Protocols §9: after a table is lost, what facts tell is rebuilt before replies are enabled, and nothing that was answered is
 * answered again. Each test loses a table of the memory ports for real, and rebuilds it by what `npx frontdesk recover` runs.
 */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { readConversation } from '../../functions/shared/conversation/conversation.ts';
import { messageRecordKey, replyKey } from '../../functions/shared/ledger/keys.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { NOTHING_RESTORED } from '../../operate/recovery/restore.ts';
import { choreography } from '../choreography.ts';
import {
  answered,
  DAMAGED,
  DISPUTE,
  isAbout,
  lose,
  MINIMAL,
  MINUTE_MS,
  recover,
  rowsOf,
  ticketOf,
  write,
} from './losing.ts';

const DECIDED_ID = '0194b8a0-3c1e-7d2a-8f00-0000000000d1';
const SETTLED_ID = '0194b8a0-3c1e-7d2a-8f00-0000000000e1';

describe('a lost ledger', () => {
  it('knows every answer again: neither a redelivered approval, a webhook nor a sweep leads to a write', async () => {
    const c = await answered();
    expect(c.helpdesk.outbox).toHaveLength(1);
    const [before, approval] = [await ticketOf(c), c.factsOf('ReplyApproved')[0]];
    lose(c, 'idempotency');
    const told = await recover(c);
    expect(told).toMatchObject({ unfinished: 0, unclear: 0 });
    expect(told.records).toBeGreaterThan(2);
    // As if no epoch had been raised: the ledger alone is enough.
    c.parameters.values.set('reply_epoch', '2020-01-01T00:00:00.000Z');
    if (approval) await c.hand('responder-reply', delivered(approval));
    await c.webhook(MINIMAL);
    await c.pass(5 * MINUTE_MS, 10_000);
    await c.sweep();
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect((await ticketOf(c))?.tags).toEqual(before?.tags);
    expect(rowsOf(c, 'idempotency').filter(({ open }) => open !== undefined)).toEqual([]);
  });

  it('lets no late copy of a route tell anything of a message that is over', async () => {
    const c = await answered();
    lose(c, 'idempotency');
    await recover(c);
    const [before, told] = [await ticketOf(c), c.facts().length];
    const [decided] = c.factsOf('MessageClassified');
    c.clock.advance(MINUTE_MS);
    if (decided) await c.hand('responder-route', delivered(decided));
    expect(c.facts().slice(told)).toEqual([]);
    expect(await ticketOf(c)).toEqual(before);
  });

  it('takes an approval without outcome for unknown: never sent, and a person is told', async () => {
    const c = await answered();
    lose(c, 'idempotency');
    const told = await recover(c, isAbout('ReplySent', 'MessageSettled'));
    expect(told).toMatchObject({ unclear: 1, unfinished: 1 });
    const record = await c.store.get('idempotency', { key: replyKey('t-1', 'c-1') });
    expect(record).toMatchObject({ status: 'UNKNOWN', open: 'act', generation: 2 });
    for (let minute = 0; minute < 5; minute += 1) {
      await c.pass(MINUTE_MS, 10_000);
      await c.sweep();
    }
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect((await ticketOf(c))?.tags).toContain('mw-send-failed');
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.errorCode)).toContain('ledger_lost');
  });

  it('loses no message that had not ended: it is taken up again, routed, and not answered', async () => {
    const c = choreography(undefined, ['classify']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    await c.webhook(MINIMAL);
    lose(c, 'idempotency');
    expect(await recover(c)).toMatchObject({ unfinished: 1 });
    const [root] = c.factsOf('MessageReceived');
    if (root) await c.hand('classify', delivered(root));
    expect(c.helpdesk.outbox).toEqual([]);
    expect(c.factsOf('MessageSettled').map(({ data }) => data.outcome)).toEqual(['routed']);
  });

  it('takes a comment that was left to a turn which nobody lived to tell into the turn of whoever decides that one anew', async () => {
    const c = choreography(undefined, ['classify']);
    const naming = (id: string) => ({ ...MINIMAL, message_id: id });
    const say = async (text: string): Promise<string> => {
      const id = c.helpdesk.customerWrites({ conversationId: 't-1', text });
      await c.webhook(naming(id));
      c.clock.advance(1000);
      return id;
    };
    const [first, second] = [await say(DISPUTE), await say(DAMAGED)];
    const [firstRoot, secondRoot] = c.factsOf('MessageReceived') as [AnyEvent, AnyEvent];
    await c.hand('classify', delivered(secondRoot));
    await c.hand('classify', delivered(firstRoot));
    expect(c.factsOf('MessageClassified').map(({ data }) => data.turnCommentIds)).toEqual([[first, second]]);
    const third = await say('Is anybody there?');
    await c.hand('classify', delivered(c.factsOf('MessageReceived')[2] as AnyEvent));
    lose(c, 'idempotency');
    const isUntold = (fact: AnyEvent) => fact.metadata.rootEventId === secondRoot.metadata.eventId;
    const untold = isAbout('MessageClassified', 'TicketRouted', 'MessageSettled');
    await recover(c, (fact) => isUntold(fact) && untold(fact));
    await c.hand('classify', delivered(secondRoot));
    const decided = c.factsOf('MessageClassified').map(({ data }) => data.turnCommentIds);
    expect(decided).toEqual([[first, second], [third], [first, second]]);
  });

  it('takes up a message that had decided more than its own comment, which another message has in its turn', async () => {
    const c = choreography(undefined, ['classify', 'responder-route']);
    const say = async (text: string): Promise<AnyEvent> => {
      const id = c.helpdesk.customerWrites({ conversationId: 't-1', text });
      await c.webhook({ ...MINIMAL, message_id: id });
      c.clock.advance(1000);
      return c.factsOf('MessageReceived').at(-1) as AnyEvent;
    };
    const first = await say('Is anybody there?');
    const second = await say(DAMAGED);
    // The first was read when it was the newest of two, the second before the third: their turns overlap (protocols §3).
    const third = c.helpdesk.customerWrites({ conversationId: 't-1', text: 'It was order 1043.' });
    await c.hand('classify', delivered(first));
    const [decided] = c.factsOf('MessageClassified');
    const ofSecond = {
      ...(decided as AnyEvent),
      metadata: { ...second.metadata, eventId: DECIDED_ID, eventName: 'MessageClassified', messageId: 'c-2' },
      data: { ...decided?.data, turnCommentIds: ['c-1', 'c-2'] },
    } as AnyEvent;
    expect(decided?.data.turnCommentIds).toEqual(['c-1', 'c-2', third]);
    const settled = exampleOf('MessageSettled', c.clock.now(), {
      ...second.metadata,
      eventName: 'MessageSettled',
      eventId: SETTLED_ID,
      messageId: 'c-2',
    });
    lose(c, 'idempotency');
    expect(await recover(c, () => false, [ofSecond, settled])).toMatchObject({ unfinished: 1 });
    const record = await c.store.get('idempotency', { key: messageRecordKey('t-1', 'c-1') });
    expect(record).toMatchObject({
      status: 'RECEIVED',
      event_id: first.metadata.eventId,
      root_event_id: second.metadata.eventId,
    });
    await c.hand('classify', delivered(first));
    expect(c.factsOf('MessageClassified').at(-1)?.data.turnCommentIds).toEqual([third]);
    const [, anew] = c.factsOf('MessageClassified');
    if (anew) await c.hand('responder-route', delivered(anew));
    expect(c.factsOf('MessageSettled').map(({ metadata: of }) => of.rootEventId)).toEqual([first.metadata.eventId]);
  });

  it('is rebuilt once: a second time finds nothing to add', async () => {
    const c = await answered();
    lose(c, 'idempotency', 'conversation_state');
    await recover(c);
    expect(await recover(c)).toEqual(NOTHING_RESTORED);
  });
});

describe('a lost conversation record', () => {
  const KEPT = (item: Item | null): Item => {
    const { updated_at: _, expires_at: __, ...kept } = item ?? {};
    return kept;
  };

  it.each([
    { what: 'the reply, the route and what the reply has asked for', text: DAMAGED },
    { what: 'the sticky Tier 0 flag and its team', text: DISPUTE },
  ])('has $what again', async ({ text }) => {
    const c = await answered(text);
    const before = await c.store.get('conversation_state', { conversation_id: 't-1' });
    lose(c, 'conversation_state');
    await recover(c);
    const after = await c.store.get('conversation_state', { conversation_id: 't-1' });
    expect(KEPT(after)).toEqual(KEPT(before));
  });

  it('routes what is written next to a person, as before the loss: the flow that a reply opened is open', async () => {
    const c = await answered();
    lose(c, 'conversation_state', 'idempotency');
    await recover(c);
    const { pendingFlow } = await readConversation(c, 't-1');
    expect(pendingFlow).toMatchObject({ type: 'intake', intent: 'damaged_item' });
    c.clock.advance(20 * MINUTE_MS);
    await write(c, 'Here is the photo of the broken lamp.');
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect((await readConversation(c, 't-1')).pendingFlow).toBeNull();
  });

  it('knows a route that was written and never told as its own: the next one takes its place', async () => {
    const c = await answered();
    lose(c, 'conversation_state');
    await recover(c, isAbout('TicketRouted'));
    c.clock.advance(20 * MINUTE_MS);
    await write(c, DISPUTE);
    const routes = (await ticketOf(c))?.tags.filter((tag) => tag.startsWith('route-'));
    expect(routes).toEqual(['route-chargebacks-disputes']);
  });

  it('that went on meanwhile is completed, not set back', async () => {
    const c = await answered();
    lose(c, 'conversation_state');
    c.clock.advance(20 * MINUTE_MS);
    await write(c, DISPUTE);
    const { latestSeq } = await readConversation(c, 't-1');
    await recover(c);
    const now = await readConversation(c, 't-1');
    expect(now.latestSeq).toBe(latestSeq);
    expect(now.stickyFlags).toEqual(['CHARGEBACK_DISPUTE']);
    expect(now.lastReplyApproval).toBe(c.factsOf('ReplySent')[0]?.data.approvalId);
  });
});
