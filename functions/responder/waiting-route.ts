/** The route that waited for the outcome of its reply (`routeWhen: afterReply`): whoever states the outcome writes it. */

import type { EventName } from '../../events/catalogue.ts';
import type { Candidate } from '../../events/decision.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { Outcome } from '../../events/words.ts';
import type { Context } from '../shared/consumer/definition.ts';
import type { Envelope } from '../shared/envelopes.ts';
import { isOver, isTakenOver, readMessage, recordKeyOf } from '../shared/ledger/messages.ts';
import {
  addExplanation,
  mayHaveWritten,
  type RegisterContainer,
  writeCommitted,
  writeRouteSaying,
} from './register.ts';
import { outcomeOfRoute, type Routing, statedRoute } from './stated.ts';

export type Waiting = {
  readonly conversationId: string | null;
  readonly conversationSeq: string | null;
  readonly decisionId: string;
  readonly tier: 0 | 1 | 2 | null;
  readonly route: Candidate['route'];
  readonly extraTags?: readonly string[];
};

/**
 * @param metadata  of the fact in hand: a message given up meanwhile keeps the route that `responder-settle` wrote, since
 *                  nobody would come back for one left half written. Who may have written before gives way to what stands,
 *                  also where another root has taken the message over since.
 * @returns the fact to state and the outcome of the route branch; nothing where the message is over.
 */
export async function writeWaitingRoute<P extends EventName>(
  context: Context<'helpdesk' | 'tagger', P | Routing>,
  metadata: Metadata,
  waiting: Waiting,
): Promise<{ readonly facts: readonly Envelope[]; readonly notes: { readonly route?: Outcome } }> {
  const { department, routeTag, tags, rank } = waiting.route;
  const container: RegisterContainer = context.container;
  const record = await readMessage(container, recordKeyOf(metadata));
  if (isOver(record) || isTakenOver(record)) {
    if (mayHaveWritten(context) && metadata.replay === null)
      await writeCommitted(container, waiting.conversationId ?? '', context.parked);
    // What became of the reply is said all the same, but not by a replay.
    if (metadata.replay === null && waiting.extraTags)
      await addExplanation(container, waiting.conversationId ?? '', waiting.extraTags);
    return { facts: [], notes: {} };
  }
  const order = {
    conversationId: waiting.conversationId ?? '',
    seq: waiting.conversationSeq ?? '',
    rank,
    cause: waiting.decisionId,
    route: { team: department, routeTag, tags },
    reopens: true,
    parked: context.parked,
  };
  const result = await writeRouteSaying(container, order, waiting.extraTags ?? []);
  const told = {
    decisionId: waiting.decisionId,
    team: department,
    routeTag,
    rank,
    tier: waiting.tier,
    mode: 'afterReply' as const,
  };
  return { facts: [statedRoute(context, result, told)], notes: { route: outcomeOfRoute(result) } };
}
