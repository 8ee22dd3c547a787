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

  function flush(): void {
    timer = null;
    const state: TrafficState = { counters: paths.counters(), paths: [...changed.values()].map(shown) };
    changed.clear();
    stream.send('paths', state);
  }

  return {
    state: () => ({ counters: paths.counters(), paths: paths.recent().map(shown) }),
    tell(path) {
      if (!stream.isHeard()) return;
      changed.set(path.root, path);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
