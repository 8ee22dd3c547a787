/** The one door to the customer (protocols §6). Sends at most once for a comment; an outcome it cannot prove is never sent again. */

import type { Definition } from '../../../events/catalogue.ts';
import type { EventOf } from '../../../events/define-event.ts';
import type { Branch, Outcome } from '../../../events/words.ts';
import { consumer } from '../../shared/consumer/consumer.ts';
import { type Context, NOTHING } from '../../shared/consumer/definition.ts';
import { leaveOpen, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { replyKey } from '../../shared/ledger/keys.ts';
import { closeBranch, openEscalation, recordKeyOf } from '../../shared/ledger/messages.ts';
import { forgetOrderFacts } from '../../shared/vault/vault.ts';
import { leaveNote } from '../note.ts';
import { recheckRoute } from '../register.ts';
import { afterOutcome } from './after.ts';
import { goThrough } from './door.ts';
import { endClaimless } from './ends.ts';

export type Approved = EventOf<Definition<'ReplyApproved'>>;
type Produces =
  | 'ReplySent'
  | 'ReplySuppressed'
  | 'ReplyFailed'
  | 'EscalationRaised'
  | 'TicketResolved'
  | 'TicketRouted'
  | 'RoutingSkipped'
  | 'RoutingFailed'
  | 'MessageSettled';
type Uses =
  | 'helpdesk'
  | 'tagger'
  | 'closer'
  | 'noter'
  | 'sender'
  | 'orders'
  | 'digests'
  | 'cipher'
  | 'secrets'
  | 'templates';
export type ReplyContext = Context<Uses, Produces>;

/** Sends an approved reply, at most once; never parks between its claim and the outcome. */
export const responderReply = consumer({
  name: 'responder-reply',
  consumes: ['ReplyApproved'],
  produces: [
    'ReplySent',
    'ReplySuppressed',
    'ReplyFailed',
    'EscalationRaised',
    'TicketResolved',
    'TicketRouted',
    'RoutingSkipped',
    'RoutingFailed',
    'MessageSettled',
  ],
  uses: ['helpdesk', 'tagger', 'closer', 'noter', 'sender', 'orders', 'digests', 'cipher', 'secrets', 'templates'],
  hasEffects: true,
  // Parked before the claim only, and only while the approval holds; counted from receipt, so the approval's end decides.
  budgetMs: (event) =>
    Date.parse(event.data.expiresAt) - Date.parse(event.metadata.receivedAt ?? event.metadata.occurredAt),
  async handle(event, context) {
    const standing = await readAction(context.container, keyOf(event));
    if (standing?.status === 'CLAIMED') return NOTHING;
    const known = standing ? outcomeOf(standing) : null;
    if (known) return afterOutcome(event, context, known, []);
    const passed = await goThrough(event, context);
    return passed === null ? NOTHING : afterOutcome(event, context, passed.outcome, passed.escalations);
  },
  async onBudget(event, context) {
    const ended = await endClaimless(event, context, { reasonCode: 'too_old_to_reply' });
    return ended === null ? NOTHING : afterOutcome(event, context, ended, []);
  },
  async recheck({ metadata, data }, container, parked) {
    await recheckRoute(container, { conversationId: metadata.conversationId, cause: data.decisionId }, parked);
  },
  async beforePublish({ facts }, event, { container }) {
    if (facts.some(({ metadata }) => metadata.eventName === 'EscalationRaised'))
      await openEscalation(container, recordKeyOf(event.metadata));
    return true;
  },
  async afterPublish(result, event, context) {
    await leaveNote(context.container, event.metadata, result.notes);
    await closeStated(result, event, context);
  },
});

/** The outcome is published: its record leaves the open ones, and the branches close. */
async function closeStated({ notes }: Decided, event: Approved, { container }: ReplyContext): Promise<void> {
  const { decisionId } = event.data;
  if (typeof notes.reply !== 'string') return;
  await leaveOpen(container, keyOf(event));
  if (typeof notes.resolve === 'string') await leaveOpen(container, notes.resolve);
  const key = recordKeyOf(event.metadata);
  if (typeof notes.route === 'string')
    await closeBranch(container, key, 'route' satisfies Branch, 'responder-reply', notes.route as Outcome, decisionId);
  await closeBranch(container, key, 'reply', 'responder-reply', notes.reply as Outcome, decisionId);
  // Whatever comes now finds the outcome: nobody reads the order's facts again.
  if (event.data.contextRef !== null) await forgetOrderFacts(container, event.data.contextRef);
}

/** Key of the one action that a comment may be answered by. */
export function keyOf(event: Approved): string {
  return replyKey(event.metadata.conversationId ?? '', event.data.answersCommentId);
}
