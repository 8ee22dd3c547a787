/** The identity of a message's way through the system: minted at the door, carried by every envelope (platform §6.6). */
import type { Container } from '../shared/container.ts';

export type Way = {
  readonly correlationId: string;
  /** W3C trace context; its flag says whether the way is traced. */
  readonly traceparent: string;
};

/** One share for all: whether a way is traced follows from its id, so that nobody has to be asked again. */
export function mintWay({ clock, ids, settings }: Pick<Container, 'clock' | 'ids' | 'settings'>): Way {
  const now = clock.now();
  // X-Ray wants the first eight digits to be the time, in seconds.
  const traceId = `${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}${ids.hex(12)}`;
  const isTraced = Number.parseInt(traceId.slice(-8), 16) < settings.traceShare * 0x1_0000_0000;
  return {
    correlationId: `trc_${ids.ulid(now)}`,
    traceparent: `00-${traceId}-${ids.hex(8)}-${isTraced ? '01' : '00'}`,
  };
}
