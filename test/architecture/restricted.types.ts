/** L3 does not compile where it may not go (platform §4.1, §4.4). Compiled by `npm run check`, and by `restricted.test.ts`; never run. */
import type { Context } from '../../functions/shared/consumer/definition.ts';
import type { Ticket } from '../../functions/shared/ports.ts';
import { type Restricted, reveal } from '../../functions/shared/restricted.ts';
import type { Telemetry } from '../../functions/shared/telemetry/doors.ts';
import type { keepMessageText, keepOrderFacts } from '../../functions/shared/vault/vault.ts';

type State = Context<never, 'OrderLookupFailed'>['state'];
type Vault = { readonly keepText: typeof keepMessageText; readonly keepFacts: typeof keepOrderFacts };
type Failed = Parameters<State>[1];

/** Beside each line that is refused stands what would be taken, so that it is refused for this reason and no other. */
export function refused({ log, metrics, trace }: Telemetry, ticket: Ticket, state: State, failed: Failed): void {
  const text = ticket.comments[0]?.text as Restricted<string>;
  const wide: { readonly error_code: string; readonly body: string } = { error_code: 'x', body: 'y' };
  const run = async (): Promise<void> => {};

  log('INFO', 'consumer.event.start', { error_code: reveal(text) });
  // @ts-expect-error no field of a log line takes it
  log('INFO', 'consumer.event.start', { error_code: text });
  // @ts-expect-error nor does an id
  log('INFO', 'consumer.event.start', { ticket_id: ticket.customer.id });
  // @ts-expect-error a key that is not on the list
  log('INFO', 'consumer.event.start', { subject: 'x' });
  // @ts-expect-error not from an object that was made elsewhere either
  log('INFO', 'consumer.event.start', wide);
  // @ts-expect-error it names no line
  log('INFO', text, {});

  metrics.count('policy.decisions_total', 1, 'email');
  // @ts-expect-error no dimension
  metrics.count('policy.decisions_total', 1, text);
  // @ts-expect-error no name
  metrics.count(text);
  // @ts-expect-error no value
  metrics.observe('consumer.event_lag_ms', text);

  void trace('consumer', { event: reveal(text) }, run);
  // @ts-expect-error no annotation
  void trace('consumer', { event: text }, run);
  // @ts-expect-error no annotation by another name
  void trace('consumer', { email: 'x' }, run);
  // @ts-expect-error no segment's name
  void trace(text, {}, run);

  void state('OrderLookupFailed', { ...failed, errorCode: reveal(text) });
  // @ts-expect-error no field of an event
  void state('OrderLookupFailed', { ...failed, errorCode: text });
  // @ts-expect-error no field of an event's envelope
  void state('OrderLookupFailed', failed, { about: { messageId: text } });
  // @ts-expect-error no field that the event does not have
  void state('OrderLookupFailed', { ...failed, body: 'x' });
}

/** Every place at an edge is branded, and none of them is a text by another name. */
export function branded(
  ticket: Ticket,
  { keepText, keepFacts }: Vault,
  vault: Parameters<typeof keepOrderFacts>[0],
): void {
  const takesText = (_text: string | null | undefined): void => {};
  takesText(ticket.id);
  // @ts-expect-error what was written
  takesText(ticket.comments[0]?.text);
  // @ts-expect-error what it is about
  takesText(ticket.subject);
  // @ts-expect-error who it is from
  takesText(ticket.customer.email);
  // @ts-expect-error by what name
  takesText(ticket.customer.firstName);
  // @ts-expect-error by what id
  takesText(ticket.customer.id);

  void keepText(vault, 'c', 'm', ticket.subject);
  // @ts-expect-error the vault takes what is known to be L3 and nothing else
  void keepText(vault, 'c', 'm', 'text');
  // @ts-expect-error nor facts that anybody could log
  void keepFacts(vault, 'c', 'm', { orderName: '#1' });
}
