/** What is counted of a decision so that drift can be seen without an intent or a customer in a metric (platform §6.7). Pure. */
import * as v from 'valibot';
import type { AnyEvent } from '../../events/define-event.ts';
import { feedbackOf } from '../../events/feedback.ts';

type Counted =
  | 'quality.unknown_intent_total'
  | 'quality.unsure_total'
  | 'quality.tier2_total'
  | 'quality.order_status_total'
  | 'quality.misroute_feedback_total'
  | 'quality.bad_reply_feedback_total';

/** Platform §6.7: the share below it is watched. */
const UNSURE_BELOW = 0.5;

const Decided = v.object({
  primaryIntent: v.string(),
  tierCandidate: v.number(),
  /** `null` where nobody was asked: the screen decided, or there was no text. */
  routingConfidence: v.nullable(v.number()),
});

export function countedOf({ metadata, data }: AnyEvent): readonly Counted[] {
  if (metadata.eventName === 'AgentFeedbackReceived') return toldBy(Array.isArray(data.tagCodes) ? data.tagCodes : []);
  if (metadata.eventName !== 'MessageClassified' || !v.is(Decided, data)) return [];
  const { primaryIntent, tierCandidate, routingConfidence } = data;
  const counted: (Counted | false)[] = [
    primaryIntent === 'unknown_other' && 'quality.unknown_intent_total',
    routingConfidence !== null && routingConfidence < UNSURE_BELOW && 'quality.unsure_total',
    tierCandidate === 2 && 'quality.tier2_total',
    primaryIntent === 'order_status_tracking' && 'quality.order_status_total',
  ];
  return counted.filter((name) => name !== false);
}

function toldBy(codes: readonly unknown[]): Counted[] {
  const kinds = codes.flatMap((code) => feedbackOf(String(code))?.kind ?? []);
  const counted: (Counted | false)[] = [
    kinds.includes('misroute') && 'quality.misroute_feedback_total',
    kinds.includes('bad_reply') && 'quality.bad_reply_feedback_total',
  ];
  return counted.filter((name) => name !== false);
}
