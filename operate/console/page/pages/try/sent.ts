/** What was written here, and how it goes on, as the stream tells it. Stays while the console is open, whatever page is shown. */
import { signal } from '@preact/signals';
import type { Sent } from '../../../actions/try.ts';
import type { ShownPath, TrafficState } from '../../../live/traffic.ts';
import { hear } from '../../live/stream.ts';

/** The oldest first. */
export const sent = signal<readonly Sent[]>([]);
/** The conversation that is looked at; `null` for a new one. */
export const current = signal<Pick<Sent, 'conversation' | 'ticket'> | null>(null);
/** By root event. */
export const ways = signal<ReadonlyMap<string, ShownPath>>(new Map());
/** Counts what an agent or a reply may have changed: the talk is read again with it. */
export const changes = signal(0);

let isFollowing = false;

export function followSent(): void {
  if (isFollowing) return;
  isFollowing = true;
  hear<TrafficState>('paths', ({ paths }) => {
    const tickets = new Set(sent.value.map(({ ticket }) => ticket));
    const own = paths.filter(({ ticket }) => isSending || (ticket !== null && tickets.has(ticket)));
    if (own.length > 0) ways.value = new Map([...ways.value, ...own.map((path) => [path.root, path] as const)]);
  });
}

/** Its first steps may be told before the answer that names its ticket is here: all are kept meanwhile. */
let isSending = false;

export function openEars(isOpen: boolean): void {
  isSending = isOpen;
}

/** The way of what was written: by its root, or where that is not known by its ticket, from then on. */
export function wayOf({ ticket, at, rootEventId }: Sent): ShownPath | undefined {
  if (rootEventId !== null) return ways.value.get(rootEventId);
  return [...ways.value.values()].find((way) => way.ticket === ticket && way.receivedAt >= at);
}

export function remember(one: Sent): void {
  sent.value = [...sent.value, one];
  current.value = { conversation: one.conversation, ticket: one.ticket };
  changes.value += 1;
}

/** The conversations of this look at the console, the newest first. */
export function conversations(): readonly Pick<Sent, 'conversation' | 'ticket'>[] {
  return [...new Map(sent.value.toReversed().map((one) => [one.conversation, one])).values()];
}
