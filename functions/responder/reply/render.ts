/** The text a customer gets: approved template, vault facts, and the first name read at the door (architecture §10 ruling 32). */
import type { EstimateRecord, VariableName } from '../../../events/sending.ts';
import type { ReasonCode } from '../../../events/words.ts';
import { estimateOrder } from '../../../policy/orders/link.ts';
import { templateVariables } from '../../../policy/orders/variables.ts';
import { render } from '../../../templates/render.ts';
import type { Digester } from '../../shared/digests.ts';
import type { FlagSnapshot } from '../../shared/flags/flags.ts';
import { type Restricted, restrict, reveal } from '../../shared/restricted.ts';
import { shopOf } from '../../shared/shop.ts';
import { estimateRecord } from './estimate-record.ts';
import type { Approved, ReplyContext } from './handler.ts';
import type { Reading } from './reading.ts';

export type RenderedReply =
  | {
      readonly ok: true;
      readonly text: Restricted<string>;
      readonly renderedVars: readonly VariableName[];
      /** `null` where no window was counted. */
      readonly estimate: EstimateRecord | null;
    }
  | { readonly ok: false; readonly reasonCode: ReasonCode };

/** A text, or the reason why there is none. */
export function renderReply(
  event: Approved,
  { container }: ReplyContext,
  { ticket, order }: Reading,
  { flags, digester }: { readonly flags: FlagSnapshot; readonly digester: Digester },
): RenderedReply {
  const { templateId, templateHash, contextRef } = event.data;
  const shop = shopOf(container.config, flags);
  const facts = order.kind === 'approved' ? reveal(order.facts) : undefined;
  if (contextRef !== null && !facts) return { ok: false, reasonCode: 'context_expired' };
  const asOf = event.metadata.commentCreatedAt ?? event.data.input.now;
  const counted = facts ? estimateOrder(facts, { transit: shop.transit, days: shop.days, asOf }) : null;
  const estimate = counted?.kind === 'window' ? counted : null;
  const vars = facts ? templateVariables(facts, estimate, { links: shop.links, zone: shop.days.zone }) : {};
  const { firstName } = ticket.customer;
  const rendered = render({
    library: container.templates,
    templateId,
    channel: event.metadata.channel,
    locale: 'en',
    vars: { ...vars, first_name: firstName && reveal(firstName) },
    facts: facts ? { order_id: facts.orderName, tracking_number: vars.tracking_number } : {},
    brand: shop.brand,
    expectedHash: templateHash,
  });
  if (!rendered.ok) return { ok: false, reasonCode: rendered.reasonCode };
  const { text, record } = rendered;
  return {
    ok: true,
    text: restrict(text),
    renderedVars: record.renderedVars,
    estimate: facts && estimate ? estimateRecord(facts, estimate, shop.days, digester) : null,
  };
}
