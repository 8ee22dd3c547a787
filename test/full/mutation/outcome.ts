/** What happened to a message, from the facts of its root alone (interfaces §2). */
import * as v from 'valibot';
import { Decision } from '../../../events/decision.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import type { Judged } from './rows.ts';

const NOTHING_DECIDED: Judged = {
  intent: 'unknown_other',
  tier: null,
  department: null,
  templateId: null,
  outcome: 'unsettled',
  reasonCodes: [],
  tagsAdded: [],
  replyText: null,
};
/** As much of a decision as is judged: the whole schema would cost more than the decision did. */
const InForce = v.object({
  primaryIntent: Decision.entries.primaryIntent,
  tier: Decision.entries.tier,
  team: Decision.entries.team,
  reasonCodes: Decision.entries.reasonCodes,
});

/** What the helpdesk shows: a tag or a reply that is not there was not written, whatever was stated. */
export type Seen = { readonly tags: readonly string[]; readonly lastReply: string | null };

/** @param facts  of one root, in the order of their publication. */
export function outcomeOf(facts: readonly AnyEvent[], seen: Seen): Judged {
  const outcome: Judged = Object.assign({}, NOTHING_DECIDED, ...facts.map(changeBy));
  const told = facts.flatMap(({ data }) => [data.tagsAdded, data.extraTags, data.tags].flatMap(names));
  const tagsAdded = [...new Set(told)].filter((tag) => seen.tags.includes(tag)).sort();
  return { ...outcome, tagsAdded, replyText: outcome.templateId === null ? null : seen.lastReply };
}

function changeBy({ metadata, data }: AnyEvent): Partial<Judged> {
  switch (metadata.eventName) {
    case 'MessageClassified':
    case 'ReplyApproved':
    case 'ReplyDenied':
      return decisionIn(data.decision);
    case 'ReplySuppressed':
      return { ...decisionIn(data.decision), reasonCodes: names(data.reasonCodes) };
    case 'MessageDeduplicated':
      return { reasonCodes: names(data.reasonCodes) };
    case 'ReplySent':
      return { ...decisionIn(data.decision), templateId: text(data.templateId) };
    case 'EscalationRaised':
      return { tier: 0, department: text(data.department), reasonCodes: names(data.reasonCodes) };
    case 'ClassificationFailed':
      return { department: text(data.fallbackDepartment) };
    case 'MessageSettled':
      return { outcome: text(data.outcome) ?? 'unsettled' };
    default:
      return {};
  }
}

function decisionIn(value: unknown): Partial<Judged> {
  const { success, output } = v.safeParse(InForce, value);
  return success
    ? { intent: output.primaryIntent, tier: output.tier, department: output.team, reasonCodes: output.reasonCodes }
    : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
