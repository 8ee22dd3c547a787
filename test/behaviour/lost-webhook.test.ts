/** A webhook that never arrived: the reconciler finds the message, and the choreography answers it once (protocols §7). */
import { describe, expect, it } from 'vitest';
import { choreography } from '../choreography.ts';

const MINUTE = 60_000;
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';

function written() {
  const shop = choreography();
  const commentId = shop.helpdesk.customerWrites({ conversationId: 'conv_9', text: DAMAGED, channel: 'email' });
  return { shop, commentId };
}

const outcomes = ({ factsOf }: ReturnType<typeof choreography>) =>
  factsOf('MessageSettled').map(({ data }) => (data as { outcome: string }).outcome);

describe('a webhook that was never delivered', () => {
  it('is found and its message answered once, however often the reconciler runs', async () => {
    const { shop, commentId } = written();
    shop.clock.advance(15 * MINUTE);
    expect(await shop.reconcile()).toEqual({ scanned: 1, missing: 1, republished: 1 });
    for (let run = 0; run < 3; run += 1) {
      await shop.pass(15 * MINUTE, 30_000);
      await shop.reconcile();
      await shop.sweep();
    }
    expect(shop.helpdesk.outbox).toHaveLength(1);
    expect(outcomes(shop)).toEqual(['replied']);
    expect(shop.factsOf('MissedMessageDetected').map(({ metadata }) => metadata.messageId)).toEqual([commentId]);
  });

  it('and comes after all, hours late, is a duplicate', async () => {
    const { shop, commentId } = written();
    shop.clock.advance(15 * MINUTE);
    await shop.reconcile();
    await shop.pass(3 * 60 * MINUTE, 5 * MINUTE);
    const body = { ticket_id: 'conv_9', event_type: 'customer_message', message_id: commentId };
    expect(JSON.parse((await shop.webhook(body)).body)).toMatchObject({ status: 'duplicate' });
    await shop.pass(10 * MINUTE, 30_000);
    expect(shop.helpdesk.outbox).toHaveLength(1);
    expect(outcomes(shop)).toEqual(['replied']);
  });

  it('of a message found too late for a reply is routed to people', async () => {
    const { shop } = written();
    shop.clock.advance(5 * 60 * MINUTE);
    await shop.reconcile();
    await shop.pass(10 * MINUTE, 30_000);
    expect(shop.helpdesk.outbox).toEqual([]);
    expect(shop.factsOf('TicketRouted')).toHaveLength(1);
    expect(outcomes(shop)).toHaveLength(1);
  });

  it('of a ticket whose other webhook arrived is no news: the turn held its comment', async () => {
    const { shop } = written();
    shop.clock.advance(MINUTE);
    const later = shop.helpdesk.customerWrites({ conversationId: 'conv_9', text: 'It is the green one.' });
    await shop.webhook({ ticket_id: 'conv_9', event_type: 'customer_message', message_id: later });
    await shop.pass(15 * MINUTE, 30_000);
    expect(await shop.reconcile()).toEqual({ scanned: 1, missing: 0, republished: 0 });
  });
});
