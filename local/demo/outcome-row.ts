/** From the facts of a message to its outcome row (interfaces §2). Pure; what the helpdesk holds is given. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Outcome } from '../../events/words.ts';
import type { Settlement } from './traces.ts';

/** What the helpdesk shows, the only truth for a reply and for tags. */
export type Seen = {
  /** Plain text of the reply that this message got, as the customer received it. */
  readonly replyText: string | null;
  /** Names on the ticket. */
  readonly ticketTags: readonly string[];
};

/** Keys in the order in which they are written. */
export type OutcomeRow = {
  readonly id: string;
  readonly conversationId: string;
  readonly messageKey: string | null;
  readonly intent: string;
  readonly secondaryIntents: readonly string[];
  readonly tier: 0 | 1 | 2 | null;
  readonly department: string | null;
  readonly confidence: number | null;
  readonly margin: number | null;
  readonly templateId: string | null;
  readonly replyText: string | null;
  readonly templateCandidate: string | null;
  readonly outcome: Outcome;
  readonly reasonCodes: readonly string[];
  readonly tagsAdded: readonly string[];
  readonly events: readonly string[];
  readonly endToEndMs: number | null;
  readonly usd: number;
  readonly versions: Readonly<Record<string, string>>;
};

type Data = Readonly<Record<string, unknown>>;
type Named = { readonly id: string; readonly conversationId: string; readonly messageKey: string | null };

const NOTHING_DECIDED = {
  intent: 'unknown_other',
  secondaryIntents: [],
  tier: null,
  department: null,
  confidence: null,
  margin: null,
  templateId: null,
  replyText: null,
  templateCandidate: null,
  reasonCodes: [],
  tagsAdded: [],
  events: [],
  endToEndMs: null,
  usd: 0,
  versions: {},
} as const;

/** A message of which nothing came: its webhook was refused, or it never settled. */
export function unsettledRow(named: Named): OutcomeRow {
  return inOrder({ ...NOTHING_DECIDED, ...named, outcome: 'failed' });
}

export function outcomeRow(named: Named, settlement: Settlement, seen: Seen): OutcomeRow {
  const facts = settlement.trace.facts;
  const settled = dataOf(facts, 'MessageSettled');
  const events = eventNames(facts);
  const endToEndMs = numberIn(settled, 'endToEndMs');
  if (settlement.kind === 'overtaken') {
    const reasonCodes = ['superseded_by_newer_message'];
    return inOrder({ ...NOTHING_DECIDED, ...named, outcome: 'suppressed', reasonCodes, events, endToEndMs });
  }
  const classified = dataOf(facts, 'MessageClassified');
  const fallback = dataOf(facts, 'ClassificationFailed');
  const escalation = dataOf(facts, 'EscalationRaised');
  const sent = dataOf(facts, 'ReplySent');
  const decision = decisionInForce(facts);
  const hasReply = sent !== undefined && seen.replyText !== null;
  return inOrder({
    ...named,
    intent: textIn(decision, 'primaryIntent') ?? textIn(classified, 'primaryIntent') ?? 'unknown_other',
    secondaryIntents: listIn(decision, 'secondaryIntents'),
    tier: escalation === undefined ? tierOf(decision) : 0,
    department: textIn(escalation, 'department') ?? textIn(decision, 'team') ?? textIn(fallback, 'fallbackDepartment'),
    confidence: rounded(numberIn(classified, 'routingConfidence')),
    margin: rounded(numberIn(classified, 'margin')),
    templateId: hasReply ? textIn(sent, 'templateId') : null,
    replyText: hasReply ? seen.replyText : null,
    templateCandidate: candidateOf(facts),
    outcome: outcomeOf(settled, facts, hasReply),
    reasonCodes: reasonsOf(facts, decision),
    tagsAdded: tagsOf(facts, seen.ticketTags),
    events,
    endToEndMs,
    usd: costOf(facts),
    versions: versionsOf(facts),
  });
}

/** By causation depth, then `publishedAt`, then name; `MessageSettled` last. */
function eventNames(facts: readonly AnyEvent[]): string[] {
  const isLast = ({ metadata }: AnyEvent): number => Number(metadata.eventName === 'MessageSettled');
  return [...facts]
    .sort(
      (left, right) =>
        isLast(left) - isLast(right) ||
        left.metadata.hops - right.metadata.hops ||
        compare(left.metadata.publishedAt, right.metadata.publishedAt) ||
        compare(left.metadata.eventName, right.metadata.eventName),
    )
    .map(({ metadata }) => metadata.eventName);
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Later stages decide again on what is known then; the last decision made is the one in force. */
const DECIDING = [
  'ReplySent',
  'ReplySuppressed',
  'ReplyFailed',
  'ReplyApproved',
  'ReplyDenied',
  'MessageClassified',
  'ClassificationFailed',
] as const;

function decisionInForce(facts: readonly AnyEvent[]): Data | undefined {
  for (const name of DECIDING) {
    const decision = dataOf(facts, name)?.decision;
    if (typeof decision === 'object' && decision !== null) return decision as Data;
  }
  return undefined;
}

/** A reply that the helpdesk does not show was not received, whatever was stated. */
function outcomeOf(settled: Data | undefined, facts: readonly AnyEvent[], hasReply: boolean): Outcome {
  const stated = textIn(settled, 'outcome') as Outcome | null;
  const hasFailed = ['ReplyFailed', 'RoutingFailed', 'DeadLettered'].some((name) => dataOf(facts, name) !== undefined);
  if (stated === null || stated === 'failed' || hasFailed) return 'failed';
  if (stated === 'replied') return hasReply ? 'replied' : 'failed';
  return stated;
}

function candidateOf(facts: readonly AnyEvent[]): string | null {
  for (const [name, key] of [
    ['ReplyApproved', 'templateId'],
    ['ReplyDenied', 'templateCandidate'],
    ['MessageClassified', 'templateCandidate'],
  ] as const) {
    const data = dataOf(facts, name);
    if (data !== undefined) return textIn(data, key);
  }
  return null;
}

/** What withheld or ended it comes first, else what was decided. */
function reasonsOf(facts: readonly AnyEvent[], decision: Data | undefined): string[] {
  for (const name of ['ReplySuppressed', 'MessageDeduplicated', 'EscalationRaised', 'ReplyDenied'] as const) {
    const codes = listIn(dataOf(facts, name), 'reasonCodes');
    if (codes.length > 0) return codes;
  }
  const decided = listIn(decision, 'reasonCodes');
  if (decided.length > 0) return decided;
  const skipped = textIn(dataOf(facts, 'RoutingSkipped'), 'reasonCode');
  return skipped === null ? listIn(dataOf(facts, 'ClassificationFailed'), 'reasonCodes') : [skipped];
}

/** Told by a fact and seen on the ticket. */
function tagsOf(facts: readonly AnyEvent[], onTicket: readonly string[]): string[] {
  const told = facts.flatMap(({ metadata, data }) => {
    if (metadata.eventName === 'ReplyDenied') return listIn(data, 'extraTags');
    if (metadata.eventName === 'TicketResolved') return listIn(data, 'tags');
    return listIn(data, 'tagsAdded');
  });
  return [...new Set(told)].filter((tag) => onTicket.includes(tag)).sort();
}

/** What models over the network cost, by the facts; the rest runs for nothing. */
function costOf(facts: readonly AnyEvent[]): number {
  const nanoUsd = facts.reduce((sum, { data }) => sum + (numberIn(Object(data.spend), 'nanoUsd') ?? 0), 0);
  return nanoUsd / 1e9;
}

function versionsOf(facts: readonly AnyEvent[]): Record<string, string> {
  const inputs = [...facts].reverse().map(({ data }) => Object(data.input).versions);
  const versions = inputs.find((one) => typeof one === 'object' && one !== null) ?? {};
  const template = textIn(dataOf(facts, 'ReplySent'), 'templateVersion');
  return { ...versions, ...(template !== null && { template }) };
}

function dataOf(facts: readonly AnyEvent[], name: string): Data | undefined {
  return facts.findLast(({ metadata }) => metadata.eventName === name)?.data;
}

function tierOf(decision: Data | undefined): 0 | 1 | 2 | null {
  const tier = decision?.tier;
  return tier === 0 || tier === 1 || tier === 2 ? tier : null;
}

function textIn(data: Data | undefined, key: string): string | null {
  const value = data?.[key];
  return typeof value === 'string' ? value : null;
}

function numberIn(data: Data | undefined, key: string): number | null {
  const value = data?.[key];
  return typeof value === 'number' ? value : null;
}

function listIn(data: Data | undefined, key: string): string[] {
  const value = data?.[key];
  return Array.isArray(value) ? value.map(String) : [];
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 100) / 100);

function inOrder(row: OutcomeRow): OutcomeRow {
  const { id, conversationId, messageKey, intent, secondaryIntents, tier, department, confidence, margin } = row;
  const {
    templateId,
    replyText,
    templateCandidate,
    outcome,
    reasonCodes,
    tagsAdded,
    events,
    endToEndMs,
    usd,
    versions,
  } = row;
  return {
    ...{ id, conversationId, messageKey, intent, secondaryIntents, tier, department, confidence, margin },
    ...{ templateId, replyText, templateCandidate, outcome, reasonCodes, tagsAdded, events, endToEndMs, usd, versions },
  };
}
