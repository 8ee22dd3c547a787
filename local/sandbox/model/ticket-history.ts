/** Former states of tickets, for reads that lag behind writes (§1.6). */
import type { Ticket } from './types.ts';

/** States in all, so that a long run does not fill the memory: the last minutes of a busy shop. */
const KEEP_STATES = 5_000;

type FormerState = { readonly replacedAt: number; readonly ticket: Ticket };

export class TicketHistory {
  readonly #former = new Map<string, FormerState[]>();
  /** Ids in the order of the states, the oldest first. */
  #order: string[] = [];

  remember(ticket: Ticket, replacedAt: number): void {
    const kept = this.#former.get(ticket.id);
    if (kept === undefined) this.#former.set(ticket.id, [{ replacedAt, ticket }]);
    else kept.push({ replacedAt, ticket });
    this.#order.push(ticket.id);
    // Cut in blocks: shifting one by one would cost a copy for every state.
    if (this.#order.length > KEEP_STATES * 1.1) this.#forget(this.#order.length - KEEP_STATES);
  }

  #forget(count: number): void {
    for (const id of this.#order.slice(0, count)) {
      const states = this.#former.get(id);
      states?.shift();
      if (states?.length === 0) this.#former.delete(id);
    }
    this.#order = this.#order.slice(count);
  }

  /**
   * The ticket as it stood at that instant, which has to be in the past.
   * One that is younger is shown as it was created: no source says that a lagging read answers 404.
   */
  asOf(current: Ticket, instant: number): Ticket {
    return this.#former.get(current.id)?.find((state) => state.replacedAt > instant)?.ticket ?? current;
  }
}
