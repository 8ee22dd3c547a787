/** Presence of identifiers in a message (decisions §3.2). */
import { namedOrderNumbers } from './order-numbers.ts';
import type { RedactContext } from './redact/detector.ts';
import { placeholdersFor } from './redact/redact.ts';

export type MessageFeatures = {
  readonly has_order_number: boolean;
  readonly has_email: boolean;
  readonly has_phone: boolean;
  readonly has_tracking_number: boolean;
  readonly has_attachments: boolean;
};

/** Presence booleans for the classifier's input block: of mail, phones and parcels the text beside them holds the placeholder. */
export function extractFeatures(text: string, attachments: number, context: RedactContext): MessageFeatures {
  const replaced = placeholdersFor(text, context);
  return {
    has_order_number: namedOrderNumbers(text.normalize('NFKC')).length > 0,
    has_email: replaced.has('[EMAIL]'),
    has_phone: replaced.has('[PHONE]'),
    has_tracking_number: replaced.has('[TRACKING]'),
    has_attachments: attachments > 0,
  };
}
