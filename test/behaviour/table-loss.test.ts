/**
 * Protocols §9: after a table is lost, what facts tell is rebuilt before replies are enabled, and nothing that was answered is
 * answered again. Each test loses a table of the memory ports for real, and rebuilds it by what `npx frontdesk recover` runs.
 */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import { readConversation } from '../../functions/shared/conversation/conversation.ts';
import { consumerKey, messageRecordKey, replyKey } from '../../functions/shared/ledger/keys.ts';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { NOTHING_RESTORED, type Restored, restoreConversation, sumOf } from '../../operate/recovery/restore.ts';
import { type Choreography, choreography } from '../choreography.ts';

const MINUTE_MS = 60_000;
const DECIDED_ID = '0194b8a0-3c1e-7d2a-8f00-0000000000d1';
const SETTLED_ID = '0194b8a0-3c1e-7d2a-8f00-0000000000e1';
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
async function recover(
  c: Choreography,
  without: (fact: AnyEvent) => boolean = () => false,
  besides: readonly AnyEvent[] = [],
): Promise<Restored> {
  c.clock.advance(1000);
  c.parameters.values.set('ledger_generation', '2');
  c.parameters.values.set('reply_epoch', new Date(c.clock.now()).toISOString());
  const { store, clock, waits, settings } = c.containerOf('sweeper');
  const { env, release, brandId } = settings;
  const parts = { store, clock, waits, generation: 2, origin: { env, release, brandId } };
  const facts = [...c.facts().filter((fact) => !without(fact)), ...besides];
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

  describe('does not end, though the trail knows its end by now,', () => {
    const recordOf = (c: Choreography) => c.store.get('idempotency', { key: messageRecordKey('t-1', 'c-1') });
    /** Over, with its record gone, and taken up again by a run that did not know so. */
    async function takenUp(deaf: FunctionName[] = []): Promise<{ c: Choreography; root: AnyEvent }> {
      const c = choreography(undefined, deaf);
      const id = c.helpdesk.customerWrites({ conversationId: 't-1', text: DISPUTE });
      await c.webhook({ ...MINIMAL, message_id: id });
      await c.pass(2 * MINUTE_MS, 10_000);
      lose(c, 'idempotency');
      await recover(c, isAbout('MessageSettled'));
      expect(await recordOf(c)).toMatchObject({ status: 'RECEIVED' });
      return { c, root: c.factsOf('MessageReceived')[0] as AnyEvent };
    }

    it('what is classified again', async () => {
      const deaf: FunctionName[] = [];
      const { c, root } = await takenUp(deaf);
      const end = c.factsOf('MessageSettled');
      deaf.push('order-lookup', 'verify', 'responder-route', 'responder-reply', 'responder-settle');
      await c.hand('classify', delivered(root));
      const before = await recordOf(c);
      expect([end.length, before?.status]).toEqual([1, 'CLASSIFIED']);
      await recover(c);
      expect(await recordOf(c)).toEqual(before);
    });

    it('what `classify` has begun with: it may hold comments that nobody else would decide', async () => {
      const { c, root } = await takenUp();
      const key = consumerKey('classify', 'classify', root.metadata.eventId);
      const claim = { key, status: 'IN_PROGRESS', owner: 'somebody', generation: 2, expires_at: 4e9 };
      c.store.tables.get('idempotency')?.delete(key);
      await c.store.put('idempotency', claim);
      const before = await recordOf(c);
      await recover(c);
      expect([await recordOf(c), await c.store.get('idempotency', { key })]).toEqual([before, claim]);
    });

    it('what entered under another id meanwhile', async () => {
      const { c } = await takenUp();
      const other = { ...(await recordOf(c)), key: messageRecordKey('t-1', 'c-1'), event_id: 'e-found-anew' };
      await c.store.put('idempotency', other);
      await recover(c);
      expect(await recordOf(c)).toEqual(other);
    });

    it('what another root claims at this moment', async () => {
      const { c, root } = await takenUp();
      const key = messageRecordKey('t-1', 'c-1');
      const claim = { key, root_event_id: root.metadata.eventId, root_key: 'evt:t-1:c-9', expires_at: 4e9 };
      await c.store.put('idempotency', claim);
      await recover(c);
      expect(await recordOf(c)).toEqual(claim);
    });

    it('what must find a turn for its comment again: it is the one sure root to do so', async () => {
      const c = choreography(undefined, ['classify']);
      for (const text of [DISPUTE, DAMAGED]) {
        const id = c.helpdesk.customerWrites({ conversationId: 't-1', text });
        await c.webhook({ ...MINIMAL, message_id: id });
        c.clock.advance(1000);
      }
      const [first, second] = c.factsOf('MessageReceived') as [AnyEvent, AnyEvent];
      await c.hand('classify', delivered(second));
      await c.hand('classify', delivered(first));
      lose(c, 'idempotency');
      const isOf = (root: AnyEvent, fact: AnyEvent) => fact.metadata.rootEventId === root.metadata.eventId;
      const isUntold = (fact: AnyEvent) =>
        isOf(second, fact) && isAbout('MessageClassified', 'TicketRouted', 'MessageSettled')(fact);
      await recover(c, (fact) => isUntold(fact) || (isOf(first, fact) && isAbout('MessageSettled')(fact)));
      await recover(c, isUntold);
      expect(await recordOf(c)).toMatchObject({ status: 'RECEIVED', open: 'evt' });
      expect(await recordOf(c)).not.toHaveProperty('turn_lost');
    });
  });

  it('is what one run had made of it, wherever a first run died: before a write or after it', async () => {
    const c = await answered();
    await write(c, DISPUTE);
    const { clock, waits, settings } = c.containerOf('sweeper');
    const { env, release, brandId } = settings;
    const facts = c.facts().filter((fact) => !isAbout('ReplySent')(fact));
    const restore = (store: typeof c.store) => {
      const origin = { env, release, brandId };
      return restoreConversation({ store, clock, waits, generation: 2, origin }, 't-1', facts);
    };
    const rebuilt = () =>
      (['idempotency', 'conversation_state'] as const).flatMap((table) =>
        rowsOf(c, table).map((row) => JSON.stringify(Object.entries(row).sort())),
      );
    /** How many writes a run makes that dies at the given one, `null` for none. */
    const dying = async (at: number | null, when: 'before' | 'after'): Promise<number> => {
      let writes = 0;
      const mortal =
        <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          writes += 1;
          const [isLast, result] = [writes === at, when === 'before' && writes === at ? null : await run(...args)];
          if (isLast) throw new Error('dead');
          return result as R;
        };
      const { put, change, update } = c.store;
      await restore({ ...c.store, put: mortal(put), change: mortal(change), update: mortal(update) }).catch((error) => {
        if (error.message !== 'dead') throw error;
      });
      return writes;
    };
    lose(c, 'idempotency', 'conversation_state');
    const writes = await dying(null, 'before');
    const whole = rebuilt().sort();
    expect(writes).toBeGreaterThan(rowsOf(c, 'conversation_state').length);
    expect(whole.filter((row) => /"UNKNOWN"|"SETTLED"/.test(row)).length).toBeGreaterThan(1);
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= writes; at += 1) {
        lose(c, 'idempotency', 'conversation_state');
        expect(await dying(at, when)).toBe(at);
        await restore(c.store);
        expect(rebuilt().sort(), `${when} write ${at}`).toEqual(whole);
      }
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
