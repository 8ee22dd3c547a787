/** Channel names: ours, and the helpdesk's spelling of them (§2.2). */
import type { Ticket } from './types.ts';

const VENDOR_SPELLING: Readonly<Record<string, string>> = {
  livechat: 'messenger',
  social: 'instagram',
};

/** The helpdesk's spelling of one of our channel names; anything else stays as given. */
export function vendorChannel(name: string): string {
  return VENDOR_SPELLING[name] ?? name;
}

/** Channel of a ticket, or of its first comment that names one when `via` is empty; `unknown` when none does. */
export function channelOf(ticket: Ticket): string {
  return ticket.via.channel ?? ticket.comments.find((comment) => comment.channel !== undefined)?.channel ?? 'unknown';
}

export function isEmail(channel: string): boolean {
  return channel.toLowerCase().startsWith('email');
}
