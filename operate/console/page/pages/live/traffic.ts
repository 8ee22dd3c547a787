/** The messages under way, as the stream tells them. */
import { signal } from '@preact/signals';
import type { ShownPath, TrafficState } from '../../../live/traffic.ts';
import { hear } from '../../live/stream.ts';

const SHOWN = 100;

export const counters = signal<TrafficState['counters'] | null>(null);
/** The newest first. */
export const paths = signal<readonly ShownPath[]>([]);

/** To be called once, before the stream opens. */
export function followTraffic(): void {
  hear<TrafficState>('paths', (state) => {
    counters.value = state.counters;
    const known = new Map(paths.value.map((path) => [path.root, path]));
    for (const path of state.paths) known.set(path.root, path);
    paths.value = [...known.values()]
      .sort((left, right) => right.receivedAt.localeCompare(left.receivedAt))
      .slice(0, SHOWN);
  });
}
