/** The varying part of the prompt: labels, then the message between markers that nobody can guess (decisions §3.2–3.3). Pure. */
import type { Features } from '../../../../../events/decision.ts';
import type { Channel } from '../../../../../events/words.ts';

export type InputBlock = {
  readonly channel: Channel;
  /** Nobody has asked the helpdesk for an order yet. */
  readonly deterministicOrderLink: 'true' | 'false' | 'unknown';
  readonly identityKnown: boolean;
  readonly features: Features;
  /** Redacted and cut to length. */
  readonly text: string;
};

/** @param nonce  random for each call; 12 characters. */
export function inputBlock(input: InputBlock, nonce: string): string {
  const { features } = input;
  const labels = {
    channel: input.channel,
    deterministic_order_link: input.deterministicOrderLink,
    customer_identity_known: input.identityKnown,
    has_order_number: features.hasOrderNumber,
    has_email: features.hasEmail,
    has_phone: features.hasPhone,
    has_tracking_number: features.hasTrackingNumber,
    has_attachments: features.hasAttachments,
    attachment_kinds: features.hasAttachments ? ['other'] : [],
  };
  return `${JSON.stringify(labels)}\n${delimited(input.text, nonce)}`;
}

/** The message between its markers. What looks like a marker in it is broken up; half a pair of surrogates is no character. */
export function delimited(text: string, nonce: string): string {
  return `<<<message ${nonce}>>>\n${escaped(text.toWellFormed(), nonce)}\n<<<end ${nonce}>>>`;
}

function escaped(text: string, nonce: string): string {
  return text
    .replaceAll(/[<＜‹«]{2,}/gu, (run) => [...run].join(' '))
    .replaceAll(/[>＞›»]{2,}/gu, (run) => [...run].join(' '))
    .replaceAll(nonce, '');
}
