/**
 * Protocols §9: after a table is lost, what facts tell is rebuilt before replies are enabled, and nothing that was answered is
 * answered again. Each test loses a table of the memory ports for real, and rebuilds it by what `npx frontdesk recover` runs.
 */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { readConversation } from '../../functions/shared/conversation/conversation.ts';
import { replyKey } from '../../functions/shared/ledger/keys.ts';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { delivered } from '../../functions/shared/testing.ts';
import { NOTHING_RESTORED, type Restored, restoreConversation, sumOf } from '../../operate/recovery/restore.ts';
import { type Choreography, choreography } from '../choreography.ts';

const MINUTE_MS = 60_000;
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const DISPUTE = 'I have opened a dispute with my bank about this payment.';
const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };

async function answered(text = DAMAGED): Promise<Choreography> {
  const c = choreography();
  await write(c, text);
  return c;
}

async function write(c: Choreography, text: string): Promise<void> {
  c.helpdesk.customerWrites({ conversationId: 't-1', text });
  await c.webhook(MINIMAL);
  await c.pass(2 * MINUTE_MS, 10_000);
}

const rowsOf = (c: Choreography, table: TableName): Item[] => [...(c.store.tables.get(table)?.values() ?? [])];

function lose(c: Choreography, ...tables: TableName[]): void {
  for (const table of tables) c.store.tables.get(table)?.clear();
}

/** As the operator does it: the past is closed, then the facts are told again. */
async function recover(c: Choreography, without: (fact: AnyEvent) => boolean = () => false): Promise<Restored> {
  c.clock.advance(1000);
  c.parameters.values.set('ledger_generation', '2');
  c.parameters.values.set('reply_epoch', new Date(c.clock.now()).toISOString());
  const { store, clock, waits, settings } = c.containerOf('sweeper');
  const { env, release, brandId } = settings;
  const parts = { store, clock, waits, generation: 2, origin: { env, release, brandId } };
  const facts = c.facts().filter((fact) => !without(fact));
  let told = NOTHING_RESTORED;
  for (const id of new Set(facts.map(({ metadata }) => metadata.conversationId))) {
    const own = facts.filter(({ metadata }) => metadata.conversationId === id);
    if (id !== null) told = sumOf(told, await restoreConversation(parts, id, own));
  }
  return told;
}

const isAbout =
  (...names: string[]) =>
  (fact: AnyEvent) =>
    names.includes(fact.metadata.eventName);
const ticketOf = async (c: Choreography) => await c.helpdesk.ticket('t-1');

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

  it('takes up a message whose end the trail did not know yet, and lets it be once it does', async () => {
    const c = await answered();
    const [root] = c.factsOf('MessageReceived');
    lose(c, 'idempotency');
    expect(await recover(c, isAbout('MessageSettled'))).toMatchObject({ unfinished: 1 });
    expect(await recover(c)).toMatchObject({ unfinished: 0 });
    const own = rowsOf(c, 'idempotency').find(({ event_id }) => event_id === root?.metadata.eventId);
    expect(own).toMatchObject({ status: 'SETTLED' });
    const told = c.facts().length;
    if (root) await c.hand('classify', delivered(root));
    await c.pass(5 * MINUTE_MS, 10_000);
    await c.sweep();
    expect(c.facts().slice(told)).toEqual([]);
    expect(rowsOf(c, 'idempotency').filter(({ open }) => open !== undefined)).toEqual([]);
  });

  it('knows in two runs what one would have known, where the trail heard late of the end of a message of a decided turn', async () => {
    const c = choreography(undefined, ['classify']);
    const say = async (text: string): Promise<void> => {
      const id = c.helpdesk.customerWrites({ conversationId: 't-1', text });
      await c.webhook({ ...MINIMAL, message_id: id });
      c.clock.advance(1000);
    };
    await say('Hello, is anybody there?');
    await say(DAMAGED);
    const [first, second] = c.factsOf('MessageReceived') as [AnyEvent, AnyEvent];
    await c.hand('classify', delivered(second));
    await c.hand('classify', delivered(first));
    lose(c, 'idempotency');
    const isOfFirst = (fact: AnyEvent) => fact.metadata.rootEventId === first.metadata.eventId;
    await recover(c, (fact) => isOfFirst(fact) && isAbout('MessageSettled')(fact));
    await recover(c);
    const twice = rowsOf(c, 'idempotency');
    lose(c, 'idempotency');
    await recover(c);
    const byKey = (rows: readonly Item[]) =>
      rows.toSorted((one, other) => String(one.key).localeCompare(String(other.key)));
    expect(byKey(twice)).toEqual(byKey(rowsOf(c, 'idempotency')));
    const told = c.facts().length;
    await c.hand('classify', delivered(first));
    expect(c.facts().slice(told)).toEqual([]);
  });

  it('does not end a message that is at work again, whatever the trail knows by now', async () => {
    const c = choreography(undefined, ['classify']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    await c.webhook(MINIMAL);
    const [root] = c.factsOf('MessageReceived');
    lose(c, 'idempotency');
    await recover(c);
    if (root) await c.hand('classify', delivered(root));
    const isMessage = ({ key }: Item) => String(key).startsWith('evt:');
    const before = rowsOf(c, 'idempotency').filter(isMessage);
    expect(await recover(c)).toMatchObject({ unfinished: 0 });
    expect(rowsOf(c, 'idempotency').filter(isMessage)).toEqual(before);
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
