/** Who is meant, asked of the helpdesk: the conversations of a customer, and every form under which they were digested. */
import { digestsOf } from '../../functions/shared/digests.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import type { RichpanelReads } from '../../functions/shared/helpdesk/richpanel-client.ts';
import { segment } from '../../functions/shared/helpdesk/richpanel-path.ts';
import type { TicketReader } from '../../functions/shared/helpdesk/richpanel-readers.ts';
import { asRecord, ticketShape } from '../../functions/shared/helpdesk/shapes.ts';
import { CUSTOMER_PURPOSE, customerForm } from '../../functions/shared/identity.ts';
import type { Secrets } from '../../functions/shared/ports.ts';
import { reveal } from '../../functions/shared/restricted.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Customer } from './holdings.ts';

export type Asking = {
  readonly reads: RichpanelReads;
  readonly tickets: TicketReader;
  readonly secrets: Secrets;
};

const PHONE = /^\+?[\d ()./-]{7,20}$/;

/** `null` where the helpdesk knows nobody of that name; throws `VendorError` where it does not say. */
export async function customerNamed({ reads, tickets, secrets }: Asking, reference: string): Promise<Customer | null> {
  const named = reference.trim();
  const ids = new Set<string>();
  const forms = new Set<string>();
  const addresses = new Set<string>();
  const ofAddress = named.includes('@') ? await rowsOf(reads, 'email', named) : [];
  if (ofAddress.length > 0) {
    addresses.add(named);
    for (const row of ofAddress) take(row);
  } else {
    // The id of an e-mail ticket looks like an address.
    const ticket = await tickets.ticketNamed(named);
    if (ticket !== null) {
      ids.add(ticket.id);
      if (ticket.customer.id !== null) forms.add(reveal(ticket.customer.id));
      if (ticket.customer.email !== null) addresses.add(reveal(ticket.customer.email));
    } else if (named.includes('@')) forms.add(named);
    else if (PHONE.test(named)) for (const row of await rowsOf(reads, 'phone', named)) take(row);
    for (const address of [...addresses]) for (const row of await rowsOf(reads, 'email', address)) take(row);
  }
  for (const address of addresses) forms.add(address);
  if (ids.size === 0 && forms.size === 0) return null;
  const digests = await digestsOf(secrets, CUSTOMER_PURPOSE, [...forms].map(customerForm));
  const [first, ...rest] = digests;
  return first === undefined ? null : { conversationIds: [...ids].toSorted(), hashes: [first, ...rest] };

  function take(row: unknown): void {
    const shape = ticketShape(row);
    const id = shape.id === null ? null : encodeVendorId(shape.id);
    if (id !== null) ids.add(id);
    const { id: customerId, email } = shape.customer_profile;
    if (customerId !== null) forms.add(customerId);
    if (email !== null) addresses.add(email);
  }
}

/** `GET /tickets/{email|phone}/{value}`: a list under one wrapper or another, `{}` or 404 for none (reference §3.2b). */
async function rowsOf(reads: RichpanelReads, type: 'email' | 'phone', value: string): Promise<readonly unknown[]> {
  const own = segment(value);
  if (own === null) return [];
  try {
    const body = await reads.get(`/tickets/${type}/${own}`);
    if (Array.isArray(body)) return body;
    const { ticket, tickets } = asRecord(body);
    return [ticket, tickets].find(Array.isArray) ?? [];
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not_found') return [];
    throw error;
  }
}
