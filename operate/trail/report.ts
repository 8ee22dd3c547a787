/** From the facts of a conversation to what `ticket` prints: one entry per message, from the audit trail alone. Pure. */
import type { GateEntry } from '../../events/decision.ts';
import type { FunctionName, Outcome } from '../../events/words.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Fact } from './trail.ts';

export type Write = {
  readonly at: string;
  readonly by: FunctionName;
  readonly kind: 'route' | 'reply' | 'resolve';
  readonly tags: readonly string[];
  readonly team: string | null;
  readonly templateId: string | null;
};

export type MessageReport = {
  /** As events and outcome rows write it. */
  readonly messageKey: string;
  readonly channel: string;
  readonly receivedAt: string | null;
  /** `null` while it is under way. */
  readonly outcome: Outcome | null;
  readonly endToEndMs: number | null;
  readonly decision: DecisionReport | null;
  /** Of the last stage that judged: sending, else approval, else classification. */
  readonly gateReport: readonly GateEntry[];
  /** Names by causation depth, time and name; no replayed ones (interfaces §2). */
  readonly events: readonly string[];
  readonly writes: readonly Write[];
  /** The versions that decided. */
  readonly versions: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
};

export type DecisionReport = {
  readonly stage: string;
  readonly at: string;
  readonly row: string;
  readonly intent: string;
  readonly secondaryIntents: readonly string[];
  readonly tier: number | null;
  readonly team: string | null;
  readonly confidence: number | null;
  readonly margin: number | null;
  readonly templateId: string | null;
  readonly reasonCodes: readonly string[];
};

export type TicketReport = {
  /** As the helpdesk writes it. */
  readonly conversationId: string;
  readonly messages: readonly MessageReport[];
  /** What agents said of the ticket by tag; a tag is about no single message. */
  readonly feedback: readonly { readonly at: string; readonly says: readonly string[] }[];
};

/** Groups the facts by the message under which they came about; oldest message first. */
export function ticketReport(conversationId: string, facts: readonly Fact[]): TicketReport {
  const byRoot = new Map<string, Fact[]>();
  for (const fact of facts.filter((fact) => !isFeedback(fact))) {
    const root = fact.metadata.rootEventId ?? fact.metadata.eventId;
    byRoot.set(root, [...(byRoot.get(root) ?? []), fact]);
  }
  const messages = [...byRoot.values()].map(messageReport);
  return {
    conversationId: decodeVendorId(conversationId),
    messages: messages.toSorted((a, b) => (a.receivedAt ?? '').localeCompare(b.receivedAt ?? '')),
    feedback: facts
      .filter(isFeedback)
      .map(({ data }) => ({ at: String(data.appliedAt), says: Array.isArray(data.tagCodes) ? data.tagCodes : [] }))
      .toSorted((a, b) => a.at.localeCompare(b.at)),
  };
}

const isFeedback = ({ metadata }: Fact): boolean => metadata.eventName === 'AgentFeedbackReceived';

/** The report of the message that entered under this event; `null` when nothing is recorded of it yet. */
export function messageOfRoot(facts: readonly Fact[], rootEventId: string): MessageReport | null {
  const own = facts.filter(({ metadata }) => (metadata.rootEventId ?? metadata.eventId) === rootEventId);
  return own.length === 0 ? null : messageReport(own);
}

/** What `ticket --json` gives for a message; facts as names with their times. */
export function messageValue({ facts, ...message }: MessageReport): unknown {
  return {
    ...message,
    facts: facts.map(({ metadata }) => ({
      name: metadata.eventName,
      eventId: metadata.eventId,
      causationId: metadata.causationId,
      producer: metadata.producer,
      occurredAt: metadata.occurredAt,
      publishedAt: metadata.publishedAt,
      hops: metadata.hops,
      replay: metadata.replay?.name ?? null,
    })),
  };
}

function messageReport(facts: readonly Fact[]): MessageReport {
  const live = facts.filter(({ metadata }) => metadata.replay === null);
  const told = live.length > 0 ? live : facts;
  const settled = told.find(({ metadata }) => metadata.eventName === 'MessageSettled');
  const judged = lastJudged(told);
  const first = told[0];
  return {
    messageKey: keyOf(told),
    channel: told.find(({ metadata }) => metadata.channel !== 'unknown')?.metadata.channel ?? 'unknown',
    receivedAt: first?.metadata.receivedAt ?? first?.metadata.occurredAt ?? null,
    outcome: settled === undefined ? null : (settled.data.outcome as Outcome),
    endToEndMs: settled === undefined ? null : Number(settled.data.endToEndMs),
    decision: judged === null ? null : decisionReport(judged),
    gateReport: judged === null ? [] : (decisionOf(judged).gateReport as readonly GateEntry[]),
    events: live.map(({ metadata }) => metadata.eventName),
    writes: told.flatMap(writeOf),
    versions: judged === null ? {} : versionsOf(judged),
    facts,
  };
}

/** The resolved comment's id where one is known, else the key under which the webhook entered. */
function keyOf(facts: readonly Fact[]): string {
  const resolved = facts.findLast(({ metadata }) => metadata.messageId !== null);
  return (
    resolved?.metadata.messageId ??
    facts.findLast(({ metadata }) => metadata.messageKey !== null)?.metadata.messageKey ??
    ''
  );
}

const STAGES: readonly string[] = ['classification', 'approval', 'sending'];

function lastJudged(facts: readonly Fact[]): Fact | null {
  const judged = facts.filter(({ data }) => isRecord(data.decision) && isRecord(data.input));
  return judged.toSorted((a, b) => STAGES.indexOf(stageOf(a)) - STAGES.indexOf(stageOf(b))).at(-1) ?? null;
}

function stageOf({ data }: Fact): string {
  return isRecord(data.input) ? String(data.input.stage) : '';
}

function decisionOf({ data }: Fact): Readonly<Record<string, unknown>> {
  return isRecord(data.decision) ? data.decision : {};
}

function decisionReport(fact: Fact): DecisionReport {
  const decision = decisionOf(fact);
  return {
    stage: stageOf(fact),
    at: fact.metadata.occurredAt,
    row: String(decision.row),
    intent: String(decision.primaryIntent),
    secondaryIntents: texts(decision.secondaryIntents),
    tier: numberOrNull(decision.tier),
    team: textOrNull(decision.team),
    confidence: numberOrNull(decision.routingConfidence),
    margin: numberOrNull(decision.margin),
    templateId: textOrNull(decision.templateId),
    reasonCodes: texts(decision.reasonCodes),
  };
}

function versionsOf({ metadata, data }: Fact): Readonly<Record<string, string>> {
  const input = isRecord(data.input) && isRecord(data.input.versions) ? data.input.versions : {};
  const all = Object.entries({ ...input, ...metadata.versions, release: metadata.release });
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

function writeOf({ metadata, data }: Fact): Write[] {
  const about = { at: metadata.occurredAt, by: metadata.producer };
  switch (metadata.eventName) {
    case 'TicketRouted':
      return [
        {
          ...about,
          kind: 'route',
          tags: texts(data.tagsAdded),
          team: data.assigned === true ? textOrNull(data.department) : null,
          templateId: null,
        },
      ];
    case 'ReplySent':
      return [
        { ...about, kind: 'reply', tags: texts(data.tagsAdded), team: null, templateId: textOrNull(data.templateId) },
      ];
    case 'TicketResolved':
      return [
        { ...about, kind: 'resolve', tags: texts(data.tags), team: null, templateId: textOrNull(data.templateId) },
      ];
    default:
      return [];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
