/** The note that tells an agent what became of a message: one a message, for agents only, never worth a retry (replies §7.5). */
import type { Decision, DecisionInput } from '../../events/decision.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { ReasonCode, Team, TemplateId } from '../../events/words.ts';
import { readIntentTag } from '../../policy/intents.ts';
import { type Ended, nextStepOf } from '../../policy/next-step.ts';
import { type AgentNoteFields, renderAgentNote } from '../../templates/agent-note.ts';
import type { Container } from '../shared/container.ts';
import { RetryableError, VendorError } from '../shared/errors.ts';
import type { Decided } from '../shared/ledger/claims.ts';
import { expiresAt, noteKey } from '../shared/ledger/keys.ts';
import { absent } from '../shared/store/language.ts';
import { TIMES } from '../shared/times.ts';

export type Told = {
  /** `null`s where nothing was decided. */
  readonly decision: Decision | null;
  readonly input: DecisionInput | null;
  readonly reply: Ended['reply'];
  readonly templateId: TemplateId | null;
  readonly team: Team | null;
  readonly reasonCode: ReasonCode | null;
  readonly errorCode?: string;
  readonly isStalled?: boolean;
  readonly tags: readonly string[];
};

/**
 * What a handler stores with its decision, so that a repeat leaves the same note; nothing where no note is wanted: the flag
 * is off, or nobody has proven that customers see no private comment (V15).
 */
export async function noteOf(
  container: Container,
  { decision, input, ...told }: Told,
): Promise<{ readonly note?: AgentNoteFields }> {
  if (!(await isWanted(container))) return {};
  const intent = decision?.primaryIntent ?? told.tags.map(readIntentTag).find((one) => one !== null) ?? 'unknown_other';
  const templateId = told.reply === 'none' ? null : told.templateId;
  return {
    note: {
      intent,
      confidence: decision?.routingConfidence ?? null,
      action: templateId === null ? 'ROUTE_ONLY' : 'SEND_TEMPLATE',
      templateId,
      team: told.team,
      orderLinked: input?.order?.deterministicMatch === 'true',
      missingFields: [...(input?.order?.missingFields ?? [])],
      errorCode: told.errorCode ?? null,
      reasonCode: told.reasonCode,
      nextStep: nextStepOf({
        intent,
        tier: decision?.tier ?? null,
        reply: told.reply,
        templateId,
        reasonCode: told.reasonCode,
        isStalled: told.isStalled ?? false,
        ...(input && { features: input.message.features }),
      }),
      tags: [...new Set(told.tags)].sort(),
    },
  };
}

/** Leaves the note of a decision. Claimed before it is written, so that nothing writes it twice; what fails is let go. */
export async function leaveNote(
  container: Container<'noter'>,
  { conversationId, messageId, rootEventId }: Metadata,
  { note }: Decided['notes'],
): Promise<void> {
  if (note === undefined || conversationId === null) return;
  const rendered = renderAgentNote(note as unknown as AgentNoteFields);
  if (!rendered.ok) return failed(container, conversationId, rendered.field);
  const now = container.clock.now();
  const key = noteKey(conversationId, messageId ?? rootEventId ?? '');
  const item = { key, status: 'CLAIMED', claimed_at: now, expires_at: expiresAt(now, TIMES.ttl.act) };
  if (!(await container.store.put('idempotency', item, absent('key')))) return;
  try {
    await container.noter.note(conversationId, rendered.text);
    container.log('INFO', 'action.note.left', { ticket_id: conversationId });
  } catch (error) {
    if (!(error instanceof VendorError || error instanceof RetryableError)) throw error;
    failed(container, conversationId, error instanceof VendorError ? error.kind : error.code);
  }
}

async function isWanted({ flags, settings }: Container): Promise<boolean> {
  if (!settings.notePrivate) return false;
  const { agentNotes, values } = await flags.read();
  return agentNotes && !values.shadow_mode && !values.richpanel_read_only;
}

function failed({ log }: Container<'noter'>, conversationId: string, code: string): void {
  log('ERROR', 'action.note.failed', { ticket_id: conversationId, error_code: code });
}
