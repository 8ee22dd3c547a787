/** Ends what was denied, replayed, stalled or left unclear: tags, the waiting route, an outcome by reading. Cannot send. */
import type { Definition } from '../../../events/catalogue.ts';
import type { EventOf } from '../../../events/define-event.ts';
import { BRANCHES, type Branch, type Outcome } from '../../../events/words.ts';
import { consumer } from '../../shared/consumer/consumer.ts';
import { type Context, NOTHING } from '../../shared/consumer/definition.ts';
import { leaveOpen } from '../../shared/ledger/actions.ts';
import { closeAllBranches, closeBranch, recordKeyOf } from '../../shared/ledger/messages.ts';
import { leaveNote } from '../note.ts';
import { recheckRoute } from '../register.ts';
import { settleDenied } from './denied.ts';
import { settleReplayed } from './replayed.ts';
import { restateRoute } from './restated.ts';
import { settleStalled } from './stalled.ts';
import { settleUnclear } from './unclear.ts';

type Heard = 'ReplyApproved' | 'ReplyDenied' | 'MessageStalled' | 'ReplyOutcomeUnclear';
export type Settled<N extends Heard> = EventOf<Definition<N>>;
type Produces =
  | 'TicketRouted'
  | 'RoutingSkipped'
  | 'RoutingFailed'
  | 'ReplySent'
  | 'ReplySuppressed'
  | 'ReplyFailed'
  | 'MessageSettled';
export type SettleContext = Context<'helpdesk' | 'tagger' | 'noter' | 'digests' | 'secrets', Produces>;

/** Ends messages and writes their routes; is not given the send capability. */
export const responderSettle = consumer({
  name: 'responder-settle',
  consumes: ['ReplyApproved', 'ReplyDenied', 'MessageStalled', 'ReplyOutcomeUnclear'],
  produces: [
    'TicketRouted',
    'RoutingSkipped',
    'RoutingFailed',
    'ReplySent',
    'ReplySuppressed',
    'ReplyFailed',
    'MessageSettled',
  ],
  uses: ['helpdesk', 'tagger', 'noter', 'digests', 'secrets'],
  hasEffects: true,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  // Both act on the record's state, not on DONE: the sweeper states the one until the message is over, the other until the
  // claim has left the open ones. A replay may have been there in between, and says nothing on a ticket.
  repeatsWhenDone: ({ metadata }) =>
    metadata.eventName === 'MessageStalled' ||
    (metadata.eventName === 'ReplyOutcomeUnclear' && metadata.replay === null),
  async handle(event, context) {
    switch (event.metadata.eventName) {
      case 'ReplyApproved':
        return settleReplayed(event as Settled<'ReplyApproved'>, context);
      case 'ReplyDenied':
        return settleDenied(event as Settled<'ReplyDenied'>, context);
      case 'MessageStalled':
        return settleStalled(event as Settled<'MessageStalled'>, context);
      case 'ReplyOutcomeUnclear':
        return settleUnclear(event as Settled<'ReplyOutcomeUnclear'>, context);
      default:
        return NOTHING;
    }
  },
  async recheck({ metadata, data }, container, parked) {
    if ('decisionId' in data)
      await recheckRoute(container, { conversationId: metadata.conversationId, cause: data.decisionId }, parked);
  },
  async afterPublish(result, event, context) {
    const { container } = context;
    const { notes } = result;
    await restateRoute(result, context);
    const key = recordKeyOf(event.metadata);
    await leaveNote(container, event.metadata, notes);
    if (typeof notes.action === 'string') await leaveOpen(container, notes.action);
    if (notes.all === 'failed' || notes.all === 'replied')
      return closeAllBranches(container, key, 'responder-settle', notes.all);
    const decisionId = 'decisionId' in event.data ? event.data.decisionId : undefined;
    for (const branch of BRANCHES satisfies readonly Branch[]) {
      const outcome = notes[branch];
      if (typeof outcome === 'string')
        await closeBranch(container, key, branch, 'responder-settle', outcome as Outcome, decisionId);
    }
  },
});
