/** Reads the linked order, at most twice, and compares what may only be compared as digests (replies §2.2, §2.7). */
import type { Candidate } from '../../events/decision.ts';
import type { MatchInput } from '../../policy/orders/link.ts';
import { combineOrder, needsDetail, parseLinkage } from '../../policy/orders/linkage.ts';
import { normaliseOrder } from '../../policy/orders/normalise.ts';
import type { Container } from '../shared/container.ts';
import { CUSTOMER_PURPOSE, customerForm, ORDER_NUMBER_PURPOSE } from '../shared/identity.ts';
import type { Shop } from '../shared/shop.ts';

type Gathered =
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'read';
      readonly linkage: MatchInput['linkage'];
      readonly namesAnotherOrder: boolean;
      readonly contactDiffers: boolean;
    };

/** Throws `VendorError` when the helpdesk does not answer: never "unlinked". */
export async function gatherOrder(
  container: Container<'orders' | 'digests'>,
  conversationId: string,
  candidate: Candidate,
  shop: Shop,
): Promise<Gathered> {
  const answer = await container.orders.linked(conversationId);
  const linkage = parseLinkage(answer === null ? 404 : 200, answer);
  if (linkage.kind === 'unreadable') return { kind: 'unreadable' };
  if (linkage.kind !== 'linked') return { kind: 'read', linkage, namesAnotherOrder: false, contactDiffers: false };
  const wantsDetail = needsDetail(linkage.order) && linkage.appClientId !== undefined;
  const detail = wantsDetail ? await container.orders.byId(linkage.appClientId ?? '', linkage.orderId) : null;
  const { order, hasConflict } = combineOrder(linkage.order, isRecord(detail) ? detail : {});
  const normalised = normaliseOrder(order, {
    fetchedAt: new Date(container.clock.now()).toISOString(),
    links: shop.links,
    preorderProducts: shop.preorderProducts,
  });
  const digester = await container.digests();
  const forms = normalised.identity.numberForms.map((form) => digester.digest(ORDER_NUMBER_PURPOSE, form));
  const { email } = normalised.contact;
  return {
    kind: 'read',
    linkage: { kind: 'linked', order: normalised, hasConflict },
    namesAnotherOrder: candidate.namedOrderHashes.some((hash) => !forms.includes(hash)),
    contactDiffers:
      email !== undefined &&
      candidate.customerHash !== null &&
      digester.digest(CUSTOMER_PURPOSE, customerForm(email)) !== candidate.customerHash,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
