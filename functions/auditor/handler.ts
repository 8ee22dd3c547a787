/** Records every fact, keeps the timelines that people read, and makes a sample of decisions again. States nothing, touches nothing else. */

import { CATALOGUE, EVENT_NAMES } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { consumer, NOTHING } from '../shared/consumer/consumer.ts';
import { canonicalJson } from '../shared/envelopes.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import { TIMES } from '../shared/times.ts';
import { project } from './project.ts';
import { isReproduced } from './reproduce.ts';

/** Facts without a conversation stand under this partition. */
export const SYSTEM_PARTITION = '_system';

/** Hears everything, of any age, replays included. */
export const auditor = consumer({
  name: 'auditor',
  consumes: EVENT_NAMES,
  produces: [],
  uses: [],
  hasEffects: false,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  async handle(event, { container, record }) {
    const fact = event as unknown as AnyEvent;
    const { metadata } = fact;
    // The claim's own time: the same for every attempt, so the trail holds a fact once.
    const recordedAt = String(record.created_at);
    await container.store.put('audit_trail', {
      conversation_id: metadata.conversationId ?? SYSTEM_PARTITION,
      ts_action_id: `${recordedAt}#${metadata.eventId}`,
      event_id: metadata.eventId,
      event_name: metadata.eventName,
      recorded_at: recordedAt,
      envelope: canonicalJson({ metadata, data: fact.data }),
      expires_at: expiresAt(Date.parse(recordedAt), TIMES.ttl.audit),
    });
    const row = project(fact);
    if (row !== null)
      await container.store.put('read_models', {
        ...row,
        expires_at: expiresAt(Date.parse(recordedAt), TIMES.ttl.readModel),
      });
    if (metadata.eventName === CATALOGUE.MessageSettled.name)
      container.metrics.observe(
        'pipeline.end_to_end_latency_ms',
        Number((fact.data as { endToEndMs?: number }).endToEndMs ?? 0),
        metadata.channel,
      );
    const reproduced = isReproduced(fact);
    if (reproduced !== null) container.metrics.count('policy.redecided_total', 1, metadata.channel);
    if (reproduced === false) {
      container.metrics.count('policy.not_reproduced_total', 1, metadata.channel);
      container.log('ERROR', 'policy.decision.not_reproduced', {
        event_id: metadata.eventId,
        event_name: metadata.eventName,
      });
    }
    return NOTHING;
  },
});
