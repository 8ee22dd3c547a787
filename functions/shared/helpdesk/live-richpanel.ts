/** Everything a function may be given of the real helpdesk, over one client, one budget and one list of tags. */
import { VendorError } from '../errors.ts';
import { limitedTransport } from '../limits/limited-transport.ts';
import type {
  Clock,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  Ids,
  Limits,
  Orders,
  Secrets,
} from '../ports.ts';
import {
  richpanelCloser,
  richpanelNoter,
  richpanelOrders,
  richpanelReader,
  richpanelSender,
  richpanelTagger,
} from './richpanel-capabilities.ts';
import { richpanelClient } from './richpanel-client.ts';
import { tagBook } from './richpanel-tags.ts';
import type { HttpTransport } from './transport.ts';

export type RichpanelPorts = {
  readonly helpdesk: () => HelpdeskReader;
  readonly tagger: () => HelpdeskTagger;
  readonly closer: () => HelpdeskCloser;
  readonly noter: () => HelpdeskNoter;
  readonly sender: () => HelpdeskSender;
  readonly orders: () => Orders;
};

/** @param knowsSeat  may the function read `richpanel/bot_agent_id`? Without it no comment is recognised as ours. */
export function richpanelPorts(parts: {
  readonly transport: HttpTransport;
  readonly secrets: Secrets;
  readonly limits: Limits;
  readonly isReadOnly: () => Promise<boolean>;
  readonly knowsSeat: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly readsAs?: 'reads' | 'writes';
}): RichpanelPorts {
  const { secrets, clock, ids } = parts;
  const client = richpanelClient({
    transport: limitedTransport(parts.transport, {
      limits: parts.limits,
      clock,
      ids,
      ...(parts.readsAs && { readsAs: parts.readsAs }),
    }),
    apiKey: () => secrets.read('richpanel/api_key'),
    isReadOnly: parts.isReadOnly,
    clock,
    ids,
  });
  const tags = tagBook(client, clock);
  const botId = parts.knowsSeat ? () => seatOf(secrets) : async () => null;
  return {
    helpdesk: () => richpanelReader(client, tags, botId),
    tagger: () => richpanelTagger(client, tags),
    closer: () => richpanelCloser(client),
    noter: () => richpanelNoter(client),
    sender: () => richpanelSender(client, botId, clock),
    orders: () => richpanelOrders(client),
  };
}

/** `null` where no seat is configured; a secret that cannot be reached is an error, since it would change who wrote what. */
async function seatOf(secrets: Secrets): Promise<string | null> {
  try {
    return (await secrets.read('richpanel/bot_agent_id')).trim() || null;
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not_found') return null;
    throw error;
  }
}
