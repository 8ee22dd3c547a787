/** Everything a function may be given of the real helpdesk, over one client, one budget and one list of tags. */
import { VendorError } from '../errors.ts';
import type { Circuits } from '../limits/circuits.ts';
import { type LimitedOptions, limitedReads, limitedTransport } from '../limits/limited-transport.ts';
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
import { richpanelCloser, richpanelNoter, richpanelSender, richpanelTagger } from './richpanel-capabilities.ts';
import { richpanelReads, richpanelWrites } from './richpanel-client.ts';
import { type Directory, richpanelDirectory } from './richpanel-directory.ts';
import { richpanelOrders, richpanelReader, type TicketReader } from './richpanel-readers.ts';
import { tagBook } from './richpanel-tags.ts';
import type { HttpTransport, ReadTransport } from './transport.ts';

export type RichpanelPorts = {
  readonly helpdesk: () => HelpdeskReader;
  readonly directory: () => Directory;
  readonly tagger: () => HelpdeskTagger;
  readonly closer: () => HelpdeskCloser;
  readonly noter: () => HelpdeskNoter;
  readonly sender: () => HelpdeskSender;
  readonly orders: () => Orders;
};
/** A helpdesk to look at: no port of it can write, and neither can the wire below. */
export type RichpanelView = {
  readonly tickets: TicketReader;
  readonly orders: Orders;
  readonly directory: Directory;
};

type ViewParts = {
  readonly transport: ReadTransport;
  readonly secrets: Secrets;
  readonly limits: Limits;
  /** Shared knowledge of how the vendor fares; left out by what runs alone. */
  readonly circuits?: Circuits | undefined;
  /** May the caller read `richpanel/bot_agent_id`? Without it no comment is recognised as ours. */
  readonly knowsSeat: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly readsAs?: LimitedOptions['readsAs'];
  readonly metrics?: LimitedOptions['metrics'];
};
type Parts = ViewParts & { readonly transport: HttpTransport; readonly isReadOnly: () => Promise<boolean> };

/** Who asks for no port that writes gets no client that could: that one is made when it is asked for. */
export function richpanelPorts(parts: Parts): RichpanelPorts {
  const { clock } = parts;
  const { client, tags, botId } = readingParts(parts);
  const writes = () =>
    richpanelWrites({
      ...parts,
      transport: limitedTransport(parts.transport, parts),
      apiKey: keyOf(parts.secrets),
    });
  return {
    helpdesk: () => richpanelReader(client, tags, botId),
    directory: () => richpanelDirectory(client, tags),
    orders: () => richpanelOrders(client),
    tagger: () => richpanelTagger(writes(), tags),
    closer: () => richpanelCloser(writes()),
    noter: () => richpanelNoter(writes()),
    sender: () => richpanelSender(writes(), botId, clock),
  };
}

/** For whoever is to change nothing: a first look at a workspace, polling, shadow reports. */
export function richpanelView(parts: ViewParts): RichpanelView {
  const { client, tags, botId } = readingParts(parts);
  return {
    tickets: richpanelReader(client, tags, botId),
    orders: richpanelOrders(client),
    directory: richpanelDirectory(client),
  };
}

function readingParts(parts: ViewParts) {
  const client = richpanelReads({
    ...parts,
    transport: limitedReads(parts.transport, parts),
    apiKey: keyOf(parts.secrets),
  });
  return { client, tags: tagBook(client, parts.clock), botId: seatFor(parts) };
}

const keyOf = (secrets: Secrets) => () => secrets.read('richpanel/api_key');

function seatFor({ knowsSeat, secrets }: Pick<ViewParts, 'knowsSeat' | 'secrets'>): () => Promise<string | null> {
  return knowsSeat ? () => seatOf(secrets) : async () => null;
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
