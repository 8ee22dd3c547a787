/** A fact as it was first stated, whichever of its copies this is. */
import type { AnyEvent } from '../../../events/define-event.ts';

/**
 * A replay's mark on the fact itself goes: of a replayed copy, and of a root that a recovery put down and the sweeper stated again.
 * A mark of what was derived in a replay names another original, and stays.
 */
export function asStated({ metadata, data }: AnyEvent): AnyEvent {
  const isCopy = metadata.replay?.originalEventId === metadata.eventId;
  return { metadata: isCopy ? { ...metadata, replay: null } : metadata, data };
}
