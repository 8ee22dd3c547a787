/** One line about one fact: what happened, in codes and names, never a customer's words. Pure. */

import type { Fact } from './trail.ts';
import { plain, reasonWords } from './words.ts';

/** A sentence part such as `routed to Returns Admin`; facts without a telling of their own give their name. */
export function tell({ metadata, data }: Pick<Fact, 'metadata' | 'data'>): string {
  const text = (name: string): string => String(data[name] ?? '');
  const first = (name: string): string => (Array.isArray(data[name]) ? String(data[name][0] ?? '') : '');
  switch (metadata.eventName) {
    case 'MessageReceived':
      return `came in by ${metadata.channel === 'unknown' ? 'webhook' : metadata.channel}`;
    case 'MissedMessageDetected':
      return `found by a look at the ticket (${text('detectedBy')})`;
    case 'MessageClassified':
      return `read as ${plain(text('primaryIntent'))}${confidence(data.routingConfidence)}; ${prospect(data)}`;
    case 'MessageDeduplicated':
      return `nothing of its own to decide: ${plain(text('verdict'))}`;
    case 'ClassificationFailed':
      return `could not be classified (${text('errorCode')}); goes to ${text('fallbackDepartment')}`;
    case 'OrderMatched':
      return `one order found (${text('matchMethod')}, ${plain(text('fulfilmentState'))})`;
    case 'OrderNotMatched':
      return `no single order found (${plain(text('reason'))})`;
    case 'OrderLookupFailed':
      return 'the order look-up failed';
    case 'ReplyApproved':
      return `reply approved: ${text('templateId')}`;
    case 'ReplyDenied':
      return `no reply: ${reasonWords(first('reasonCodes'))}`;
    case 'EscalationRaised':
      return `escalated to ${text('department')}`;
    case 'TicketRouted':
      return data.assigned === true ? `routed to ${text('department')}` : 'tagged, no team assigned';
    case 'RoutingSkipped':
      return `route not written: ${reasonWords(text('reasonCode'))}`;
    case 'RoutingFailed':
      return `the route could not be written (${text('errorCode')})`;
    case 'ReplySent':
      return `replied with ${text('templateId')}`;
    case 'ReplySuppressed':
      return `reply withheld at the door: ${reasonWords(text('reasonCode'))}`;
    case 'ReplyFailed':
      return data.outcome === 'unknown'
        ? 'whether the reply arrived is not known; never sent again'
        : `the reply failed (${text('errorCode')})`;
    case 'ReplyOutcomeUnclear':
      return 'a send has no outcome yet; it is being looked up';
    case 'TicketResolved':
      return 'ticket closed with the reply';
    case 'MessageStalled':
      return 'took too long; it is being closed by the sweeper';
    case 'AgentFeedbackReceived':
      return `an agent says: ${first('tagCodes')}`;
    case 'MessageSettled':
      return `settled: ${text('outcome')}`;
    default:
      return metadata.eventName;
  }
}

/** What the first decision leaves open (platform §11.3: tier candidate 0 means no reply is possible). */
function prospect(data: Fact['data']): string {
  if (data.tier === 0) return 'tier 0, for people';
  if (data.tierCandidate === 2) return 'an order answer is possible';
  if (data.tierCandidate === 1) return `a reply is possible: ${String(data.templateCandidate)}`;
  return 'no reply possible';
}

function confidence(value: unknown): string {
  return typeof value === 'number' ? ` at ${value.toFixed(2)}` : '';
}
