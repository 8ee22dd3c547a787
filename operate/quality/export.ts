/** Labelled messages as rows that `npm run eval` reads (interfaces §4): the text is read from the helpdesk here, redacted, and kept nowhere else. */
import { createHash } from 'node:crypto';
import type { Config } from '../../config/schema.ts';
import type { Clock, HelpdeskReader } from '../../functions/shared/ports.ts';
import { readComment } from '../../functions/shared/reading/labels.ts';
import { redactMessage } from '../../functions/shared/reading/redacted.ts';
import { restrict, reveal } from '../../functions/shared/restricted.ts';
import { commentOf } from '../helpdesk/comment.ts';
import type { Standing } from './labels.ts';

export type GoldenRow = {
  readonly id: string;
  readonly text: string;
  readonly channel: string;
  readonly intent: string;
  readonly hasOrder?: boolean;
  /** Fields of decisions §8.3 without a counterpart in interfaces §4. */
  readonly destination_team?: string;
  readonly labels: number;
};
export type Left = 'gone' | 'not_redacted' | 'no_text';
export type Exported = { readonly row: GoldenRow } | { readonly left: Left };

type Parts = {
  readonly tickets: Pick<HelpdeskReader, 'ticket'>;
  readonly clock: Clock;
  readonly config: Config;
};

/** What a customer wrote, without what names anybody: for the eyes of who labels it, and for the golden set. Kept nowhere. */
export async function redactedText(
  parts: Parts,
  { conversationId, messageKey }: Pick<Standing, 'conversationId' | 'messageKey'>,
): Promise<{ readonly text: string; readonly channel: string } | { readonly left: Left }> {
  const found = await commentOf(parts, conversationId, messageKey);
  if (found === null) return { left: 'gone' };
  const own = reveal(readComment(found.comment).clean).own;
  if (own.trim() === '') return { left: 'no_text' };
  const { clock, config } = parts;
  const silent = { clock, config, log: () => {}, metrics: { count: () => {}, observe: () => {} } };
  const redaction = redactMessage(silent, restrict(own));
  return redaction.ok ? { text: reveal(redaction.text), channel: found.channel } : { left: 'not_redacted' };
}

/** @param hasOrder  what the look-up of that day found; `null` where none was made */
export async function exportRow(parts: Parts, standing: Standing, hasOrder: boolean | null): Promise<Exported> {
  const { label, messageKey, conversationId, by } = standing;
  if (label === null) return { left: 'gone' };
  const read = await redactedText(parts, standing);
  if ('left' in read) return read;
  return {
    row: {
      // The helpdesk's id stays with the labels: a row may travel further than they do.
      id: `shop_${createHash('sha256').update(`${conversationId}\n${messageKey}`).digest('hex').slice(0, 16)}`,
      text: read.text,
      channel: read.channel,
      intent: label.intent,
      ...(hasOrder === null ? {} : { hasOrder }),
      ...(label.team === undefined ? {} : { destination_team: label.team }),
      labels: by.length,
    },
  };
}
