/** What the live page hears of the messages under way: gathered a little, so that no page is flooded. */
import { decodeVendorId } from '../../../functions/shared/vendor-ids.ts';
import type { Counters, Path, Paths } from '../../../local/view/paths.ts';
import type { Stream } from '../http/stream.ts';

/** A path and the number that people know its ticket by; `null` where nobody knows it. */
export type ShownPath = Path & { readonly ticket: number | null };

export type TrafficState = { readonly counters: Counters; readonly paths: readonly ShownPath[] };

export type Traffic = {
  /** Everything, for a page that opens. */
  state(): TrafficState;
  /** A path changed. */
  tell(path: Path): void;
  close(): void;
};

const GATHER_MS = 150;
/** More than these nobody reads: then once a second, and only what has settled. */
const MOST_AT_ONCE = 25;
const FLOOD_MS = 1_000;

export function createTraffic(
  { paths, ticketNumber }: { paths: Paths; ticketNumber: (conversationId: string) => number | undefined },
  stream: Stream,
): Traffic {
  const changed = new Map<string, Path>();
  let timer: NodeJS.Timeout | null = null;
  const shown = (path: Path): ShownPath => ({
    ...path,
    ticket: ticketNumber(decodeVendorId(path.conversationId)) ?? null,
  });

  /** What a flood kept from the pages is told when it is over. */
  let isFlooded = false;

  function flush(): void {
    timer = null;
    const news = [...changed.values()];
    changed.clear();
    const wasFlooded = isFlooded;
    isFlooded = news.length > MOST_AT_ONCE;
    const settled = (): Path[] => news.filter(({ outcome }) => outcome !== null).slice(-MOST_AT_ONCE);
    const calm = (): readonly Path[] => (wasFlooded ? paths.recent() : news);
    const told = isFlooded ? settled() : calm();
    stream.send('paths', { counters: paths.counters(), paths: told.map(shown) } satisfies TrafficState);
    // So that the end of a flood is told too, when nothing comes any more.
    if (isFlooded) gather();
  }

  function gather(): void {
    timer ??= setTimeout(flush, isFlooded ? FLOOD_MS : GATHER_MS);
  }

  return {
    state: () => ({ counters: paths.counters(), paths: paths.recent().map(shown) }),
    tell(path) {
      if (!stream.isHeard()) return;
      changed.set(path.root, path);
      gather();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
