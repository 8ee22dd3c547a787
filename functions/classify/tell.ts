/** What a decision says of itself in logs and metrics: codes and numbers, never a word of the message. */
import type { Decision, DecisionInput } from '../../events/decision.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { Base } from '../shared/container.ts';
import type { LogFields } from '../shared/telemetry/doors.ts';

export function tellDecision(
  { log, metrics }: Base,
  { conversationId, conversationSeq, messageKey, channel, versions }: Metadata,
  { classifier, flags }: DecisionInput,
  decision: Decision,
  { isAttempt, latencyMs }: { readonly isAttempt: boolean; readonly latencyMs: number },
): void {
  const about: LogFields = {
    ticket_id: conversationId,
    message_key: messageKey,
    conversation_seq: conversationSeq,
    channel,
    intent: decision.primaryIntent,
    tier: decision.tier,
    template_id: decision.templateCandidate,
    reason_codes: decision.reasonCodes,
  };
  log('INFO', 'policy.decision.made', {
    ...about,
    secondary_intents: decision.secondaryIntents,
    team: decision.team,
    action: isAttempt ? 'send_reply' : 'route_only',
    confidence: decision.routingConfidence,
    margin: decision.margin,
    latency_ms: Math.max(0, Math.round(latencyMs)),
    ...(versions.prompt !== undefined && { prompt_version: versions.prompt }),
    ...(versions.model !== undefined && { model: versions.model }),
  });
  metrics.count('policy.decisions_total', 1, channel);
  if (decision.tier === 0) metrics.count('policy.tier0_total', 1, channel);
  if (flags.safe_mode) metrics.count('policy.safe_mode_total', 1, channel);
  if (isAttempt) metrics.count('policy.automation_attempt_total', 1, channel);
  if (!isAttempt && decision.templateCandidate !== null) {
    log('INFO', 'policy.automation.blocked', { ...about, result: 'blocked' });
    metrics.count('policy.automation_blocked_total', 1, channel);
  }
  const ranked = firstOf(classifier.raw);
  if (ranked !== null && ranked !== decision.primaryIntent) {
    log('INFO', 'policy.override.applied', about);
    metrics.count('policy.override_total', 1, channel);
  }
}

/** `null` where nobody was asked, or nobody answered. */
function firstOf(scores: DecisionInput['classifier']['raw']): string | null {
  let first: readonly [string, number] | null = null;
  for (const scored of Object.entries(scores)) if (first === null || scored[1] > first[1]) first = scored;
  return first?.[0] ?? null;
}
