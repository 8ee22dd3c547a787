/** Reads the order that the helpdesk links to a conversation, and compares what may only be compared as digests (replies §2.2, §2.7). */
import type { Candidate } from '../../../events/decision.ts';
import type { MatchInput } from '../../../policy/orders/link.ts';
import { combineOrder, needsDetail, parseLinkage } from '../../../policy/orders/linkage.ts';
import { type NormalisedOrder, normaliseOrder } from '../../../policy/orders/normalise.ts';
import { isRecord } from '../../../policy/orders/raw-order.ts';
import type { Container } from '../container.ts';
import type { Digester } from '../digests.ts';
import { CUSTOMER_PURPOSE, customerForm, ORDER_NUMBER_PURPOSE, PHONE_PURPOSE } from '../identity.ts';
import type { Ticket } from '../ports.ts';
import { type Restricted, reveal } from '../restricted.ts';
import type { Shop } from '../shop.ts';

export type OrderReader = Container<'orders' | 'digests' | 'helpdesk'>;
/** Whom the question comes from, and what was named in it; digests. */
export type Asking = Pick<Candidate, 'customerHash' | 'namedOrderHashes'>;
export type Gathered =
  | { readonly kind: 'unreadable' }
  | ({ readonly kind: 'read'; readonly customerId: Restricted<string> | null } & Pick<
      MatchInput,
      'linkage' | 'namesAnotherOrder' | 'contactDiffers'
    >);

/**
 * The linked order, its own page read only where the link lacks something, the ticket only where somebody must be
 * compared whom the digests do not tell.
 *
 * @throws VendorError when the helpdesk does not answer: never "unlinked"
 */
export async function gatherLinkedOrder(
  container: OrderReader,
  conversationId: string,
  asking: Asking,
  shop: Shop,
): Promise<Gathered> {
  const answer = reveal(await container.orders.linked(conversationId));
  const linkage = parseLinkage(answer === null ? 404 : 200, answer);
  if (linkage.kind === 'unreadable') return { kind: 'unreadable' };
  if (linkage.kind !== 'linked')
    return { kind: 'read', linkage, namesAnotherOrder: false, contactDiffers: false, customerId: null };
  const wantsDetail = needsDetail(linkage.order) && linkage.appClientId !== undefined;
  const detail = wantsDetail ? reveal(await container.orders.byId(linkage.appClientId ?? '', linkage.orderId)) : null;
  const { order, hasConflict } = combineOrder(linkage.order, isRecord(detail) ? detail : {});
  const normalised = await readOrder(container, order, shop);
  const digester = await container.digests();
  const forms = normalised.identity.numberForms.map((form) => digester.digest(ORDER_NUMBER_PURPOSE, form));
  const { email } = normalised.contact;
  const isAnother =
    email !== undefined &&
    asking.customerHash !== null &&
    digester.digest(CUSTOMER_PURPOSE, customerForm(email)) !== asking.customerHash;
  const ticket =
    isAnother || normalised.identity.customerId !== undefined ? await container.helpdesk.ticket(conversationId) : null;
  return {
    kind: 'read',
    linkage: { kind: 'linked', order: normalised, hasConflict },
    namesAnotherOrder: asking.namedOrderHashes.some((hash) => !forms.includes(hash)),
    contactDiffers: isAnother && !(ticket && isOwn(ticket, email, asking, digester)),
    customerId: ticket?.customer.id ?? null,
  };
}

/** One order as facts, with the digests of whom it belongs to. */
export async function readOrder(
  container: Pick<OrderReader, 'clock' | 'digests'>,
  order: unknown,
  shop: Shop,
): Promise<NormalisedOrder> {
  const normalised = normaliseOrder(order, {
    fetchedAt: new Date(container.clock.now()).toISOString(),
    links: shop.links,
    preorderProducts: shop.preorderProducts,
  });
  const { email, phones } = normalised.contact;
  if (!normalised.ok || (email === undefined && phones.length === 0)) return normalised;
  const digester = await container.digests();
  const [phone] = phones;
  const contactHash = {
    ...(email !== undefined && { email: digester.digest(CUSTOMER_PURPOSE, customerForm(email)) }),
    ...(phone !== undefined && { phone: digester.digest(PHONE_PURPOSE, phone) }),
  };
  return { ...normalised, facts: { ...normalised.facts, contactHash } };
}

/**
 * The same address, or a customer who never had one: known by the very id that asked, which is no other address (replies
 * §2.2 row 7). Mail comes from an address, so a mail ticket without one was not read whole and tells nothing.
 */
function isOwn({ customer, channel }: Ticket, email: string, { customerHash }: Asking, digester: Digester): boolean {
  if (customer.email !== null) return customerForm(reveal(customer.email)) === customerForm(email);
  return (
    channel !== 'email' &&
    customer.id !== null &&
    digester.digest(CUSTOMER_PURPOSE, customerForm(reveal(customer.id))) === customerHash
  );
}
