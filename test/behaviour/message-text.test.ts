/** The text the verifier reads: redacted by `classify`, kept in the vault, gone after an hour (platform §2.1, §11.5). */
import { describe, expect, it } from 'vitest';
import { EMBEDDED } from '../../functions/shared/embedded/testing.ts';
import type { VerifierRequest } from '../../functions/shared/ports.ts';
import { plain } from '../../functions/shared/restricted.testing.ts';
import { type Choreography, choreography } from '../choreography.ts';

const WHERE = 'Where is my order? My phone is (555) 010-4477.';
const ORDER = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'processing',
  fulfillmentStatus: 'fulfilled',
  shippingMethod: 'Standard',
  createdAt: Date.parse('2026-01-12T12:00:00.000Z'),
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [{ id: 'f-1', status: 'in_transit', tracking: [{ trackingNumber: '1Z999AA10123456784' }] }],
};

/** One order question about a linked, shipped order; `asked` is what the verifier was given. */
function orderQuestion() {
  const c = choreography();
  const asked: VerifierRequest[] = [];
  Object.assign(c.containerOf('verify'), {
    verifier: {
      ...EMBEDDED.verifier,
      verify: (request: VerifierRequest) => {
        asked.push(request);
        return EMBEDDED.verifier.verify(request);
      },
    },
  });
  c.helpdesk.customerWrites({ conversationId: 't-1', text: WHERE });
  c.helpdesk.link('t-1', ORDER);
  return { c, asked, ask: () => c.webhook({ ticket_id: 't-1', trigger: 'customer_message' }) };
}

/** An hour passes between the fact and its reading: what the vault had is gone. */
function emptyVaultOf(c: Choreography) {
  const container = c.containerOf('verify');
  const { store } = container;
  const get: typeof store.get = async (table, key) => (table === 'vault' ? null : store.get(table, key));
  Object.assign(container, { store: { ...store, get } });
}

describe('the verifier', () => {
  it('reads the redacted text from the vault', async () => {
    const { asked, ask, c } = orderQuestion();
    await ask();
    expect(plain(asked.map(({ text }) => text))).toEqual(['Where is my order? My phone is [PHONE].']);
    expect(c.helpdesk.outbox).toHaveLength(1);
  });

  it('is not asked once the text has left the vault: the context of the reply has expired', async () => {
    const { asked, ask, c } = orderQuestion();
    emptyVaultOf(c);
    await ask();
    expect(asked).toEqual([]);
    expect(c.factsOf('ReplyDenied').map(({ data }) => data.reasonCodes)).toEqual([['context_expired']]);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(c.factsOf('MessageSettled').map(({ data }) => data.outcome)).toEqual(['routed']);
  });

  it('is not asked about a Tier 1 reply, whose text nobody keeps', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: 'My lamp arrived broken, the glass is shattered.' });
    await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
    expect([...(c.store.tables.get('vault') ?? new Map()).keys()]).toEqual([]);
    expect(c.helpdesk.outbox).toHaveLength(1);
  });
});
