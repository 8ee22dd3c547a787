/** A ledger that is recovered once more, when the trail knows more than it did, or since the run before died (protocols §9). */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import { consumerKey, messageRecordKey } from '../../functions/shared/ledger/keys.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { delivered } from '../../functions/shared/testing.ts';
import { restoreConversation } from '../../operate/recovery/restore.ts';
import { type Choreography, choreography } from '../choreography.ts';
import { answered, DAMAGED, DISPUTE, isAbout, lose, MINIMAL, MINUTE_MS, recover, rowsOf, write } from './losing.ts';

describe('a second run of the recovery', () => {
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
});
