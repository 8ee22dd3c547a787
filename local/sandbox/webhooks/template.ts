/** HTTP Target templates: raw textual substitution, as the vendor's is taken to be (§11.2, §12.3). */
import { ticketUrl } from '../api/view.ts';
import { tagNames } from '../model/tags.ts';
import { escapeHtml } from '../model/text.ts';
import type { Ticket } from '../model/types.ts';
import { iso, type World } from '../model/world.ts';

/**
 * Fills in `{{dotted.path}}`. Values are not looked at again, so a customer who writes `{{ticket.id}}` gets it back as text.
 * `ticket.lastMessage.id` and `.createdAt` and `ticket.tags` are the sandbox's own; the vendor is not known to have them.
 */
export function render(world: World, template: string, ticket: Ticket): string {
  const { escape: escaping, unknownVariables } = world.options;
  return template.replace(/\{\{\s*([A-Za-z0-9_.]+)\s*\}\}/g, (literal, path: string) => {
    const value = variable(world, ticket, path);
    if (value === undefined || value === '') {
      return unknownVariables === 'literal' ? literal : unknownVariables === 'null' ? 'null' : '';
    }
    if (escaping === 'json') return JSON.stringify(value).slice(1, -1);
    return escaping === 'html' ? escapeHtml(value) : value;
  });
}

function variable(world: World, ticket: Ticket, path: string): string | undefined {
  // The one that arrived last, which is not the newest when it was given an earlier time.
  const last = ticket.comments.at(-1);
  const customer = ticket.customerId === null ? undefined : world.customers.get(ticket.customerId);
  switch (path) {
    case 'ticket.id':
      return ticket.id;
    case 'ticket.url':
      return ticketUrl(ticket);
    case 'ticket.createdAt':
      return iso(ticket.createdAt);
    case 'ticket.subject':
      return ticket.subject ?? undefined;
    case 'ticket.status':
      return ticket.status;
    case 'ticket.tags':
      return tagNames(world, ticket).join(',');
    case 'ticket.lastMessage.text':
      return last?.plainBody;
    case 'ticket.lastMessage.id':
      return last?.id;
    case 'ticket.lastMessage.createdAt':
      return last === undefined ? undefined : iso(last.createdAt);
    case 'ticket.customer.name':
      return customer?.name;
    case 'ticket.customer.email':
      return customer?.email ?? ticket.via.source?.from?.address;
    case 'ticket.customer.phone':
      return customer?.phone;
    case 'ticket.customer.lastOrderNumber':
      return lastOrderNumber(ticket);
    default:
      return undefined;
  }
}

function lastOrderNumber(ticket: Ticket): string | undefined {
  const linkage: unknown = Array.isArray(ticket.linkage) ? ticket.linkage.at(-1) : ticket.linkage;
  if (typeof linkage !== 'object' || linkage === null || !('orderId' in linkage)) return undefined;
  return typeof linkage.orderId === 'string' || typeof linkage.orderId === 'number'
    ? String(linkage.orderId)
    : undefined;
}
