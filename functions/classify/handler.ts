/**
 * Reads the ticket, resolves the turn, screens all of it, classifies the newest comment and decides. Never writes to the
 * helpdesk (protocols §3).
 */

import type { Definition } from '../../events/catalogue.ts';
import type { EventOf } from '../../events/define-event.ts';
import type { Branch } from '../../events/words.ts';
import { consumer } from '../shared/consumer/consumer.ts';
import { type Context, decided, NOTHING } from '../shared/consumer/definition.ts';
import { advanceTurn, closeFlow } from '../shared/conversation/conversation.ts';
import type { Decided } from '../shared/ledger/claims.ts';
import {
  isOver,
  openBranches,
  putMessage,
  readMessage,
  recordKeyOf,
  settleWithout,
} from '../shared/ledger/messages.ts';
import type { Item } from '../shared/store/language.ts';
import { look, queueLook } from './look.ts';
import { givenUp, resolveTurn } from './resolve.ts';

export type Root = EventOf<Definition<'MessageReceived' | 'MissedMessageDetected'>>;
type Produces =
  | 'MessageClassified'
  | 'ClassificationFailed'
  | 'MessageDeduplicated'
  | 'MissedMessageDetected'
  | 'MessageSettled'
  | 'RedactionFailed';
export type ClassifyContext = Context<
  'helpdesk' | 'digests' | 'classifier' | 'modelClassifier' | 'templates' | 'secrets' | 'cipher',
  Produces
>;

/** Reads and decides; never writes to the helpdesk. */
export const classify = consumer({
  name: 'classify',
  consumes: ['MessageReceived', 'MissedMessageDetected'],
  produces: [
    'MessageClassified',
    'ClassificationFailed',
    'MessageDeduplicated',
    'MissedMessageDetected',
    'MessageSettled',
    'RedactionFailed',
  ],
  uses: ['helpdesk', 'digests', 'classifier', 'modelClassifier', 'templates', 'secrets', 'cipher'],
  hasEffects: true,
  budgetMs: (_, waits) => waits.classifyBudgetMs,
  async handle(event, context) {
    const root = event as Root;
    const record = await recordOf(root, context);
    // Durable before the record can settle; settling does not wait for it.
    if (namedComment(root) === null) await queueLook(context.container, lookFor(root), record);
    return isOver(record) ? NOTHING : resolveTurn(root, context);
  },
  async onBudget(event, context, code) {
    return givenUp(event as Root, context, code);
  },
  async beforePublish({ facts, notes }, event, { container, generation }) {
    const conversationId = event.metadata.conversationId ?? '';
    if (typeof notes.seq === 'string') await advanceTurn(container, conversationId, notes.seq);
    if (typeof notes.flowAt === 'number') await closeFlow(container, conversationId, notes.flowAt);
    if (!Array.isArray(notes.branches)) return true;
    const about: Item = { ...decidedAbout(notes), ...decidedBy(facts), generation };
    return openBranches(container, recordKeyOf(event.metadata), notes.branches as Branch[], about, event as Root);
  },
  async afterPublish({ notes }, event, { container }) {
    // Nothing to route and nothing to answer: the message ends here.
    if (notes.settles === 'suppressed' || notes.settles === 'routed')
      await settleWithout(container, recordKeyOf(event.metadata), 'classify', notes.settles, {
        root: event.metadata.rootEventId,
        about: decidedAbout(notes),
      });
  },
  onErrand: (errand, container) => look(errand, container),
});

/** What the message record is told of the decision; nothing where there was none. */
const decidedAbout = (notes: Decided['notes']): Item => (notes.about ?? {}) as Item;

/** Only what this very decision leads to closes its branches. */
function decidedBy(facts: Decided['facts']): Item {
  const decisionId = facts.map(({ data }) => data.decisionId).find((id) => typeof id === 'string');
  return decisionId === undefined ? {} : { decision_id: decisionId };
}

/** Id of the comment that the root names; `null` under a bucket or digest key, which may stand for several comments. */
export function namedComment(root: Root): string | null {
  if (root.metadata.eventName === 'MissedMessageDetected') return root.metadata.intakeKey;
  return (root as EventOf<Definition<'MessageReceived'>>).data.keyKind === 'message' ? root.metadata.intakeKey : null;
}

/** For comments that the webhook may have stood for besides. */
function lookFor({ metadata }: Root): Parameters<typeof queueLook>[1] {
  const { conversationId, channel, brandId, replay } = metadata;
  return {
    recordKey: recordKeyOf(metadata),
    conversationId: conversationId ?? '',
    tries: 0,
    origin: { channel, brandId, replay },
  };
}

/** After a loss of the table the record is put again: what was accepted is settled. */
async function recordOf(root: Root, { container, generation }: ClassifyContext): Promise<Item> {
  const key = recordKeyOf(root.metadata);
  const record = await readMessage(container, key);
  if (record) return record;
  await putMessage(container, key, root, { key_kind: namedComment(root) ? 'message' : 'bucket', generation });
  return (await readMessage(container, key)) ?? {};
}

/** A decision after which the message has nothing left to route or to answer. */
export const settledAs = (
  facts: Decided['facts'],
  settles: 'suppressed' | 'routed',
  notes: Decided['notes'] = {},
): Decided => decided(facts, { ...notes, settles });
