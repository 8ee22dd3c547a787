/** Records every fact, keeps the timelines that people read, and makes a sample of decisions again. States nothing, touches nothing else. */

import { EVENT_NAMES } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { asStated } from '../shared/audit/as-stated.ts';
import { erasedKey, isErased } from '../shared/audit/erasures.ts';
import { leafHour, withLeaf } from '../shared/audit/leaves.ts';
import { consumer } from '../shared/consumer/consumer.ts';
import { NOTHING } from '../shared/consumer/definition.ts';
import type { Base } from '../shared/container.ts';
import { canonicalJson } from '../shared/envelopes.ts';
import { expiresAt, nowSeconds } from '../shared/ledger/keys.ts';
import { absent } from '../shared/store/language.ts';
import { TIMES } from '../shared/times.ts';
import { generationOf, writeInForce, writeTo } from './generations.ts';
import { impossibleOf } from './impossible.ts';
import { measure } from './measure.ts';
import { project } from './project.ts';
import { countedOf } from './quality.ts';
import { isReproduced } from './reproduce.ts';

/** Facts without a conversation stand under this partition. */
export const SYSTEM_PARTITION = '_system';
const NAME = 'auditor';

/** Hears everything, of any age, replays included. */
export const auditor = consumer({
  name: NAME,
  consumes: EVENT_NAMES,
  produces: [],
  uses: [],
  hasEffects: false,
  claimsAs: (replayName) => generationOf(replayName) ?? NAME,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  async handle(event, context) {
    const { container, replayName, record } = context;
    const fact = asStated(event as unknown as AnyEvent);
    const generation = generationOf(replayName);
    // A rebuild records what was lost, or has not come yet: as of the time at which it happened.
    const recordedAt = generation === null ? String(record.created_at) : fact.metadata.occurredAt;
    if (await wasErased(container, fact, generation !== null)) return NOTHING;
    await recordFact(container, fact, recordedAt, generation !== null);
    const row = project(fact);
    if (row !== null) await (generation === null ? writeInForce(container, row) : writeTo(container, generation, row));
    if (generation === null) {
      measure(container.metrics, fact);
      watch(container, fact);
    }
    return NOTHING;
  },
});

function watch(container: Base, fact: AnyEvent): void {
  decideAgain(container, fact);
  for (const name of countedOf(fact)) container.metrics.count(name, 1, fact.metadata.channel);
  const { channel, eventId, conversationId } = fact.metadata;
  for (const code of impossibleOf(fact)) {
    const metric = code === 'automation_off' ? 'policy.impossible_reply_total' : 'policy.forbidden_reply_total';
    container.metrics.count(metric, 1, channel);
    container.log('ERROR', 'policy.reply.impossible', {
      event_id: eventId,
      ticket_id: conversationId,
      error_code: code,
    });
  }
}

/** A sample of decisions is made again from what was stored: another result is a bug, and told (architecture §6). */
function decideAgain({ metrics, log }: Base, fact: AnyEvent): void {
  const reproduced = isReproduced(fact);
  if (reproduced === null) return;
  const { channel, eventId, eventName } = fact.metadata;
  metrics.count('policy.redecided_total', 1, channel);
  if (reproduced) return;
  metrics.count('policy.not_reproduced_total', 1, channel);
  log('ERROR', 'policy.decision.not_reproduced', { event_id: eventId, event_name: eventName });
}

/** What was deleted on request comes back by no replay and no late delivery (platform §4.7). */
async function wasErased({ store, clock }: Base, { metadata }: AnyEvent, isRebuild: boolean): Promise<boolean> {
  const { conversationId, occurredAt } = metadata;
  const isLate = clock.now() - Date.parse(occurredAt) > TIMES.recordedLateMs;
  if (conversationId === null || !(isRebuild || isLate)) return false;
  return isErased(await store.get('audit_trail', erasedKey(conversationId)), occurredAt);
}

/** Keyed by the fact itself and put once: whoever comes first, live or in a rebuild, and whatever became of the claims. */
async function recordFact(
  container: Base,
  { metadata, data }: AnyEvent,
  recordedAt: string,
  isRebuild: boolean,
): Promise<void> {
  const now = container.clock.now();
  const usual = expiresAt(Date.parse(recordedAt), TIMES.ttl.audit);
  // A question about what is older than the trail is answered after a rebuild of that window (architecture §3).
  const expires = isRebuild ? Math.max(usual, expiresAt(now, TIMES.ttl.broughtBack)) : usual;
  if (expires <= nowSeconds(now)) return;
  const record = {
    conversation_id: metadata.conversationId ?? SYSTEM_PARTITION,
    ts_action_id: `${metadata.occurredAt}#${metadata.eventId}`,
    event_id: metadata.eventId,
    event_name: metadata.eventName,
    recorded_at: recordedAt,
    leaf_hour: leafHour(now),
    envelope: canonicalJson({ metadata, data }),
    expires_at: expires,
  };
  // A tombstone has the event's id as well: what was erased is not recorded again.
  const leaf = withLeaf(record, container.ids.hex(16));
  await container.trace('auditor.write', {}, () => container.store.put('audit_trail', leaf, absent('event_id')));
}
