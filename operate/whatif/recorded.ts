/** Recorded decisions of the audit trail, conversation by conversation, read page by page: one conversation is in memory at a time. */
import * as v from 'valibot';
import type { EventName } from '../../events/catalogue.ts';
import { type Decision, DecisionInput, type STAGES } from '../../events/decision.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Spend } from '../../events/fields.ts';
import { tolerant } from '../../events/schema.ts';
import type { Tables } from '../instance/tables.ts';

export type Stage = (typeof STAGES)[number];

export type Recorded = {
  readonly eventId: string;
  readonly eventName: string;
  readonly conversationId: string;
  readonly messageKey: string;
  /** When it was decided, RFC 3339. */
  readonly at: string;
  readonly stage: Stage;
  /** `null` where this release cannot read it, or `missing` says why else. */
  readonly input: DecisionInput | null;
  readonly missing?: string;
  readonly decision: Decision;
  /** What its model was paid, in billionths of a dollar. */
  readonly nanoUsd: number;
  /** What another model was paid now (`--reread`). */
  readonly nanoUsdAfter?: number;
};

/** Epoch milliseconds; from is in, to is out. */
export type Window = { readonly from: number | null; readonly to: number | null };

const STAGE_OF: Readonly<Partial<Record<EventName, Stage>>> = {
  MessageClassified: 'classification',
  ReplyApproved: 'approval',
  ReplyDenied: 'approval',
  ReplySent: 'sending',
  ReplySuppressed: 'sending',
  ReplyFailed: 'sending',
};
const NAMES = Object.keys(STAGE_OF);

// The reading of a consumer: fields that older facts lack get their defaults, fields of newer ones are dropped.
const Readable = tolerant(DecisionInput) as v.GenericSchema<unknown, DecisionInput>;

const QUESTION = {
  FilterExpression: `event_name IN (${NAMES.map((_, at) => `:n${at}`).join(', ')})`,
  ProjectionExpression: 'conversation_id, envelope',
  ExpressionAttributeValues: Object.fromEntries(NAMES.map((name, at) => [`:n${at}`, { S: name }])),
};

/** A table gives the items of a partition together, so a conversation is whole once the next one begins. */
export async function* recordedConversations(
  tables: Pick<Tables, 'scan'>,
  window: Window,
): AsyncGenerator<readonly Recorded[]> {
  let conversationId: unknown;
  let seen = new Map<string, Recorded>();
  for await (const item of tables.scan('audit_trail', QUESTION)) {
    if (item.conversation_id !== conversationId) {
      if (seen.size > 0) yield [...seen.values()];
      seen = new Map();
      conversationId = item.conversation_id;
    }
    const recorded = read(JSON.parse(String(item.envelope)) as AnyEvent, window);
    // A fact that a replay has brought back stands there twice.
    if (recorded !== null) seen.set(recorded.eventId, recorded);
  }
  if (seen.size > 0) yield [...seen.values()];
}

export function byMessage(conversation: readonly Recorded[]): Iterable<readonly Recorded[]> {
  return Map.groupBy(conversation, ({ messageKey }) => messageKey).values();
}

function read({ metadata, data }: AnyEvent, { from, to }: Window): Recorded | null {
  const stage = STAGE_OF[metadata.eventName as EventName];
  const decidedAt = Date.parse(metadata.occurredAt);
  const isInside = (from === null || decidedAt >= from) && (to === null || decidedAt < to);
  // At the door there may have been nothing to decide: stalled, or a replay.
  if (stage === undefined || !isInside || !data.input || !data.decision) return null;
  const input = v.safeParse(Readable, data.input);
  return {
    eventId: metadata.eventId,
    eventName: metadata.eventName,
    conversationId: metadata.conversationId ?? '',
    messageKey: metadata.messageKey ?? '',
    at: metadata.occurredAt,
    stage,
    input: input.success ? input.output : null,
    decision: data.decision as Decision,
    nanoUsd: (data.spend as Spend | undefined)?.nanoUsd ?? 0,
  };
}
