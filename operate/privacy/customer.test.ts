import { describe, expect, it } from 'vitest';
import { digestsOf } from '../../functions/shared/digests.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { richpanelReader } from '../../functions/shared/helpdesk/richpanel-readers.ts';
import { CUSTOMER_PURPOSE, customerForm } from '../../functions/shared/identity.ts';
import { testWorld } from '../../functions/shared/testing.ts';
import { customerNamed } from './customer.ts';

const ADDRESS = 'ann@mail.test';
const MESSAGE_ID = '<a1b2@mail.test>';
const CODED = `b64u.${Buffer.from(MESSAGE_ID).toString('base64url')}`;
const TICKET = {
  id: MESSAGE_ID,
  created_at: '2026-01-12T09:00:00.000Z',
  comments: [],
  customer_profile: { id: 'cus_1', email: ADDRESS },
};
const { secrets } = testWorld();
const hashesOf = (...forms: string[]) => digestsOf(secrets, CUSTOMER_PURPOSE, forms.map(customerForm));

function named(reference: string, answers: Readonly<Record<string, unknown>>) {
  const reads = {
    async get(path: string): Promise<unknown> {
      const answer = answers[decodeURIComponent(path)];
      if (answer === undefined) throw new VendorError('richpanel', 'not_found');
      return answer;
    },
  };
  const tags = { namesOf: async () => [], written: () => [], writtenAsIds: async () => [] };
  const tickets = richpanelReader(reads, tags, async () => null);
  return customerNamed({ reads, tickets, secrets }, reference);
}

describe('who is meant', () => {
  it.each([MESSAGE_ID, ADDRESS])('%s finds every ticket of theirs, and both forms of them', async (reference) => {
    const customer = await named(reference, {
      [`/tickets/${MESSAGE_ID}`]: { ticket: TICKET },
      [`/tickets/email/${ADDRESS}`]: { tickets: [TICKET, { ...TICKET, id: 'conv_2' }] },
    });
    expect(customer?.conversationIds).toEqual([CODED, 'conv_2'].toSorted());
    expect(customer?.hashes.toSorted()).toEqual((await hashesOf('cus_1', ADDRESS)).toSorted());
  });

  it('an address without a ticket is known by its digest alone', async () => {
    expect(await named(ADDRESS, {})).toEqual({ conversationIds: [], hashes: await hashesOf(ADDRESS) });
  });

  it('a ticket that nobody has is nobody', async () => {
    expect(await named('conv_9', {})).toBeNull();
  });
});
