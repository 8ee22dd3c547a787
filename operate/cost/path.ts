/** Which of the counted paths a message took, from its facts alone. Pure. */
import type { MessagePath } from '../../config/cost/counts.ts';
import type { AnyEvent } from '../../events/define-event.ts';

/** `null` for a message that is under way, or that asked for nothing of its own (a duplicate, a merged one). */
export function pathOf(facts: readonly AnyEvent[]): MessagePath | null {
  const named = (name: string): AnyEvent | undefined => facts.find(({ metadata }) => metadata.eventName === name);
  const has = (name: string): boolean => named(name) !== undefined;
  if (!has('MessageSettled')) return null;
  if (has('TicketResolved')) return 'tier-2-resolve';
  if (has('ReplyApproved')) return has('OrderMatched') ? 'tier-2-reply' : 'tier-1-reply';
  if (has('ReplyDenied')) return 'denied';
  const classified = named('MessageClassified');
  if (classified === undefined) return has('ClassificationFailed') ? 'unanswerable' : null;
  if (classified.data.tier === 0) return 'tier-0';
  return firstReason(classified) === 'attachment_only' ? 'unanswerable' : 'route-only';
}

function firstReason({ data }: AnyEvent): unknown {
  return Array.isArray(data.reasonCodes) ? data.reasonCodes[0] : null;
}
