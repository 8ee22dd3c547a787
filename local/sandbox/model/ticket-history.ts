/** Former states of tickets, for reads that lag behind writes (§1.6). */
import type { Ticket } from './types.ts';

const KEEP_MS = 10 * 60_000;
const KEEP_STATES = 200;

type FormerState = { readonly replacedAt: number; readonly ticket: Ticket };

export class TicketHistory {
  readonly #former = new Map<string, FormerState[]>();

  remember(ticket: Ticket, replacedAt: number): void {
    const kept = (this.#former.get(ticket.id) ?? []).filter((state) => state.replacedAt > replacedAt - KEEP_MS);
    kept.push({ replacedAt, ticket });
    this.#former.set(ticket.id, kept.slice(-KEEP_STATES));
  }

  /**
   * The ticket as it stood at that instant, which has to be in the past.
   * One that is younger is shown as it was created: no source says that a lagging read answers 404.
   */
  asOf(current: Ticket, instant: number): Ticket {
    return this.#former.get(current.id)?.find((state) => state.replacedAt > instant)?.ticket ?? current;
  }
}
