/** Names of what flows, the same in the drawing and in the stream. */

/** A fact as one producer states it. */
export const statedId = (producer: string, event: string): string => `${producer}/${event}`;
/** A fact on its way from one producer to one rule. */
export const heardId = (producer: string, event: string, rule: string): string => `${producer}/${event}>${rule}`;
