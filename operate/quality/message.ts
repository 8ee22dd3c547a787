/** From the facts of one conversation to what quality is judged by: one record a message, and what agents said. Pure. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';
import { type Feedback, feedbackOf } from '../../events/feedback.ts';
import type { Channel, Intent, ReasonCode, Team, TemplateId } from '../../events/words.ts';

/** One decided message; ids, codes and numbers alone. */
export type Message = {
  readonly conversationId: string;
  readonly messageKey: string;
  /** When it was decided, epoch milliseconds. */
  readonly at: number;
  readonly channel: Channel;
  readonly intent: Intent;
  readonly tier: 0 | 1 | 2 | null;
  readonly team: Team | null;
  /** `null` where nobody was asked: the screen decided, or there was no text. */
  readonly confidence: number | null;
  readonly margin: number | null;
  /** 2 where an answer from the order was possible. */
  readonly tierCandidate: 0 | 1 | 2;
  /** The one that decided: of the last stage that judged. */
  readonly reasonCode: ReasonCode | null;
  readonly language: string | null;
  readonly hasOneOrder: boolean | null;
  /** Team and tags stand on the ticket. */
  readonly isRouted: boolean;
  /** Of a confirmed reply. */
  readonly templateId: TemplateId | null;
  /** No classifier gave a usable answer. */
  readonly isUnread: boolean;
  /** The model's answer broke its schema. */
  readonly isInvalid: boolean;
};

/** What an agent said by tag, and the message that it is taken to be about. */
export type Said = {
  readonly conversationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly feedback: Feedback;
  /** The newest that was decided before the tag was seen; `null` where the trail holds none. */
  readonly about: Message | null;
};

export type Conversation = { readonly messages: readonly Message[]; readonly said: readonly Said[] };

/** All that is read of the trail. */
export const NAMES = [
  'MessageClassified',
  'ClassificationFailed',
  'OrderMatched',
  'OrderNotMatched',
  'ReplyDenied',
  'ReplySent',
  'ReplySuppressed',
  'TicketRouted',
  'AgentFeedbackReceived',
  'TemplateToggled',
] as const;

/** As much of a fact as is looked at here. */
export type QualityFact = {
  readonly metadata: Pick<
    Metadata,
    'eventId' | 'eventName' | 'occurredAt' | 'conversationId' | 'messageKey' | 'channel'
  >;
  readonly data: AnyEvent['data'];
};

const LOOKED_AT = [
  ...['primaryIntent', 'tier', 'department', 'fallbackDepartment', 'routingConfidence', 'margin', 'tierCandidate'],
  ...['reasonCodes', 'reasonCode', 'errorCode', 'templateId', 'routeTag', 'tagCodes', 'appliedAt'],
];

/** Without inputs and gate reports, which are most of a fact: for who keeps many. */
export function slimFact({ metadata, data }: QualityFact): QualityFact {
  const { eventId, eventName, occurredAt, conversationId, messageKey, channel } = metadata;
  const { message } = Object(data.input) as { message?: { language?: unknown } };
  return {
    metadata: { eventId, eventName, occurredAt, conversationId, messageKey, channel },
    data: {
      ...Object.fromEntries(LOOKED_AT.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]]))),
      ...(message?.language !== undefined && { input: { message: { language: message.language } } }),
    },
  };
}

/** @param facts  of one conversation, in any order; one that a replay brought back stands there twice */
export function conversationOf(facts: readonly QualityFact[]): Conversation {
  const own = [...new Map(facts.map((fact) => [fact.metadata.eventId, fact])).values()];
  const told = own.filter(({ metadata }) => metadata.eventName === 'AgentFeedbackReceived');
  const byKey = Map.groupBy(
    own.filter(({ metadata }) => metadata.messageKey !== null && metadata.eventName !== 'AgentFeedbackReceived'),
    ({ metadata }) => metadata.messageKey ?? '',
  );
  const messages = [...byKey.values()].flatMap((group) => messageOf(group) ?? []).toSorted((a, b) => a.at - b.at);
  // One ledger states a tag once; after the loss of one it may stand there again.
  const said = new Map<string, Said>();
  for (const one of told.flatMap((fact) => saidIn(fact, messages)))
    if (!said.has(one.feedback.code)) said.set(one.feedback.code, one);
  return { messages, said: [...said.values()].toSorted((a, b) => a.at - b.at) };
}

function messageOf(facts: readonly QualityFact[]): Message | null {
  const of = (name: (typeof NAMES)[number]) => facts.find(({ metadata }) => metadata.eventName === name);
  const failed = of('ClassificationFailed');
  const classified = of('MessageClassified') ?? failed;
  if (classified === undefined) return null;
  const { metadata, data } = classified;
  const judged = of('ReplySuppressed') ?? of('ReplyDenied');
  const reply = of('ReplySent');
  const codes = list(data.reasonCodes);
  return {
    conversationId: metadata.conversationId ?? '',
    messageKey: metadata.messageKey ?? '',
    at: Date.parse(metadata.occurredAt),
    channel: metadata.channel,
    intent: (data.primaryIntent ?? 'unknown_other') as Intent,
    tier: (data.tier ?? null) as Message['tier'],
    team: (data.department ?? data.fallbackDepartment ?? null) as Team | null,
    confidence: number(data.routingConfidence),
    margin: number(data.margin),
    tierCandidate: (data.tierCandidate ?? 0) as Message['tierCandidate'],
    reasonCode:
      reply === undefined ? ((judged && reasonOf(judged)) ?? ((codes[0] ?? null) as ReasonCode | null)) : null,
    language: languageOf(data.input),
    hasOneOrder: of('OrderMatched') !== undefined ? true : of('OrderNotMatched') !== undefined ? false : null,
    // Tags that explain are no route.
    isRouted: facts.some(({ metadata: { eventName }, data: { routeTag } }) => eventName === 'TicketRouted' && routeTag),
    templateId: (reply?.data.templateId ?? null) as TemplateId | null,
    isUnread: failed !== undefined,
    isInvalid: codes.includes('schema_invalid_fail_closed') || String(failed?.data.errorCode ?? '').includes('schema'),
  };
}

function reasonOf({ data }: QualityFact): ReasonCode | null {
  return (data.reasonCode ?? list(data.reasonCodes)[0] ?? null) as ReasonCode | null;
}

/** The detector's word comes first; the model may only make it stricter (ruling 9). */
function languageOf(input: unknown): string | null {
  const { message } = Object(input) as { message?: { language?: { detector?: string; model?: string | null } } };
  const { detector, model } = message?.language ?? {};
  if (detector === undefined) return null;
  return detector === 'en' && model != null ? model : detector;
}

function saidIn({ metadata, data }: QualityFact, messages: readonly Message[]): Said[] {
  const at = Date.parse(String(data.appliedAt));
  const about = messages.findLast((message) => message.at <= at) ?? messages[0] ?? null;
  return list(data.tagCodes).flatMap((code) => {
    const feedback = feedbackOf(code);
    return feedback === null ? [] : [{ conversationId: metadata.conversationId ?? '', at, feedback, about }];
  });
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
