/** What the page shows, and how it hears of changes: server-sent events, gathered a little so that no page is flooded. */
import type { ServerResponse } from 'node:http';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Path, Paths } from '../view/paths.ts';

export type Feed = {
  /** Everything, for a page that opens. */
  state(): object;
  /** A path changed. */
  tell(path: Path): void;
  /** Makes the response a live stream. */
  attach(response: ServerResponse, headers: Readonly<Record<string, string>>): void;
  close(): void;
};

export type FeedOptions = {
  readonly paths: Paths;
  readonly ticketNumber: (conversationId: string) => number | undefined;
  /** What else is worth a glance: mode, limits, version. */
  readonly about: () => Readonly<Record<string, string | number>>;
};

const GATHER_MS = 150;
/** Browsers and proxies drop a stream on which nothing comes. */
const BEAT_MS = 15_000;

export function createFeed({ paths, ticketNumber, about }: FeedOptions): Feed {
  const readers = new Set<ServerResponse>();
  const changed = new Map<string, Path>();
  let timer: NodeJS.Timeout | null = null;
  const beat = setInterval(() => {
    for (const reader of readers) reader.write(': still here\n\n');
  }, BEAT_MS);
  beat.unref();

  const shown = (path: Path): object => ({
    ...path,
    ticket: ticketNumber(decodeVendorId(path.conversationId)) ?? null,
  });
  const state = (): object => ({ about: about(), counters: paths.counters(), paths: paths.recent().map(shown) });

  function flush(): void {
    timer = null;
    const data = JSON.stringify({ counters: paths.counters(), paths: [...changed.values()].map(shown) });
    changed.clear();
    for (const reader of readers) reader.write(`data: ${data}\n\n`);
  }

  return {
    state,
    tell(path) {
      if (readers.size === 0) return;
      changed.set(path.root, path);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    attach(response, headers) {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      response.write(`event: state\ndata: ${JSON.stringify(state())}\n\n`);
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
    close() {
      clearInterval(beat);
      if (timer !== null) clearTimeout(timer);
      for (const reader of readers) reader.end();
    },
  };
}
