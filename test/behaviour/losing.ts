/** Conversations whose tables are lost for real, and what `npx frontdesk recover` runs to have them back (protocols §9). */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { NOTHING_RESTORED, type Restored, restoreConversation, sumOf } from '../../operate/recovery/restore.ts';
import { type Choreography, choreography } from '../choreography.ts';

export const MINUTE_MS = 60_000;
export const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
export const DISPUTE = 'I have opened a dispute with my bank about this payment.';
export const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };

export async function answered(text = DAMAGED): Promise<Choreography> {
  const c = choreography();
  await write(c, text);
  return c;
}

export async function write(c: Choreography, text: string): Promise<void> {
  c.helpdesk.customerWrites({ conversationId: 't-1', text });
  await c.webhook(MINIMAL);
  await c.pass(2 * MINUTE_MS, 10_000);
}

export const rowsOf = (c: Choreography, table: TableName): Item[] => [...(c.store.tables.get(table)?.values() ?? [])];

export function lose(c: Choreography, ...tables: TableName[]): void {
  for (const table of tables) c.store.tables.get(table)?.clear();
}

/** As the operator does it: the past is closed, then the facts are told again. */
export async function recover(
  c: Choreography,
  without: (fact: AnyEvent) => boolean = () => false,
  besides: readonly AnyEvent[] = [],
): Promise<Restored> {
  c.clock.advance(1000);
  c.parameters.values.set('ledger_generation', '2');
  c.parameters.values.set('reply_epoch', new Date(c.clock.now()).toISOString());
  const { store, clock, waits, settings } = c.containerOf('sweeper');
  const { env, release, brandId } = settings;
  const parts = { store, clock, waits, generation: 2, origin: { env, release, brandId } };
  const facts = [...c.facts().filter((fact) => !without(fact)), ...besides];
  let told = NOTHING_RESTORED;
  for (const id of new Set(facts.map(({ metadata }) => metadata.conversationId))) {
    const own = facts.filter(({ metadata }) => metadata.conversationId === id);
    if (id !== null) told = sumOf(told, await restoreConversation(parts, id, own));
  }
  return told;
}

export const isAbout =
  (...names: string[]) =>
  (fact: AnyEvent) =>
    names.includes(fact.metadata.eventName);
export const ticketOf = async (c: Choreography) => await c.helpdesk.ticket('t-1');
