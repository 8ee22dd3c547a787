/** The text a customer gets: approved template, vault facts, and the first name read at the door (architecture §10 ruling 32). */
import * as v from 'valibot';
import type { EstimateRecord, VariableName } from '../../../events/sending.ts';
import type { ReasonCode } from '../../../events/words.ts';
import { OrderFacts } from '../../../policy/orders/facts.ts';
import { estimateOrder } from '../../../policy/orders/link.ts';
import { templateVariables } from '../../../policy/orders/variables.ts';
import { render } from '../../../templates/render.ts';
import type { Ticket } from '../../shared/ports.ts';
import { shopOf } from '../../shared/shop.ts';
import { readVault } from '../../shared/vault/vault.ts';
import { estimateRecord } from './estimate-record.ts';
import type { Approved, ReplyContext } from './handler.ts';

export type RenderedReply =
  | {
      readonly ok: true;
      readonly text: string;
      readonly renderedVars: readonly VariableName[];
      /** `null` where no window was counted. */
      readonly estimate: EstimateRecord | null;
    }
  | { readonly ok: false; readonly reasonCode: ReasonCode };

/** A text, or the reason why there is none. */
export async function renderReply(
  event: Approved,
  { container }: ReplyContext,
  ticket: Ticket,
): Promise<RenderedReply> {
  const { templateId, templateHash, contextRef } = event.data;
  const shop = shopOf(container.config, await container.flags.read());
  const order = contextRef === null ? null : v.safeParse(OrderFacts, await readVault(container, contextRef));
  if (order && !order.success) return { ok: false, reasonCode: 'context_expired' };
  const facts = order?.output;
  const asOf = event.metadata.commentCreatedAt ?? event.data.input.now;
  const counted = facts ? estimateOrder(facts, { transit: shop.transit, days: shop.days, asOf }) : null;
  const estimate = counted?.kind === 'window' ? counted : null;
  const vars = facts ? templateVariables(facts, estimate, { links: shop.links, zone: shop.days.zone }) : {};
  const rendered = render({
    library: container.templates,
    templateId,
    channel: event.metadata.channel,
    locale: 'en',
    vars: { ...vars, first_name: ticket.customer.firstName },
    facts: facts ? { order_id: facts.orderName, tracking_number: vars.tracking_number } : {},
    brand: shop.brand,
    expectedHash: templateHash,
  });
  if (!rendered.ok) return { ok: false, reasonCode: rendered.reasonCode };
  const { text, record } = rendered;
  return {
    ok: true,
    text,
    renderedVars: record.renderedVars,
    estimate: facts && estimate ? estimateRecord(facts, estimate, shop.days, await container.digests()) : null,
  };
}
