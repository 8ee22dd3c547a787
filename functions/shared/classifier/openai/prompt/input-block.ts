/** The varying part of the prompt: labels, then the message between markers that nobody can guess (decisions §3.2–3.3). Pure. */
import type { Features } from '../../../../../events/decision.ts';
import type { Channel } from '../../../../../events/words.ts';

/** Characters kept of a long message: its beginning, and its end, where a demand often stands. */
const CUT = { first: 3_000, last: 1_000 } as const;
const REDUCED_CUT = { first: 1_500, last: 500 } as const;
const GAP = '[…]';

export type InputBlock = {
  readonly channel: Channel;
  /** Nobody has asked the helpdesk for an order yet. */
  readonly deterministicOrderLink: 'true' | 'false' | 'unknown';
  readonly identityKnown: boolean;
  readonly features: Features;
  /** Redacted. */
  readonly text: string;
};

/** @param nonce  random for each call; 12 characters. */
export function inputBlock(input: InputBlock, nonce: string, isReduced: boolean): string {
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
  return `${JSON.stringify(labels)}\n${delimited(shortened(input.text, isReduced ? REDUCED_CUT : CUT), nonce)}`;
}

/** The message between its markers. What looks like a marker in it is broken up. */
export function delimited(text: string, nonce: string): string {
  return `<<<message ${nonce}>>>\n${escaped(text, nonce)}\n<<<end ${nonce}>>>`;
}

export function shortened(text: string, { first, last }: { readonly first: number; readonly last: number }): string {
  const whole = text.toWellFormed();
  if (whole.length <= first + last) return whole;
  // A cut may go through a pair of surrogates; what is left of it is no character.
  return `${whole.slice(0, first)}${GAP}${whole.slice(-last)}`.toWellFormed();
}

function escaped(text: string, nonce: string): string {
  return text
    .replaceAll(/[<＜‹«]{2,}/gu, (run) => [...run].join(' '))
    .replaceAll(/[>＞›»]{2,}/gu, (run) => [...run].join(' '))
    .replaceAll(nonce, '');
}
