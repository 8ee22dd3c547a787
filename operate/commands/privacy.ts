/** `privacy delete`: the deletion process of platform §4.7, with proof. What names the customer is never printed. */
import { text as readAll } from 'node:stream/consumers';
import { VendorError } from '../../functions/shared/errors.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { type Asking, customerNamed } from '../privacy/customer.ts';
import { type Erased, erase } from '../privacy/erase.ts';
import { type Customer, countsOf, holdingsOf, isEmpty, type Reading } from '../privacy/holdings.ts';
import { erasingOn } from '../privacy/live.ts';
import { pairs } from '../table.ts';
import { count } from '../text.ts';

export type DeleteOptions = { readonly customer: string; readonly yes?: boolean };

/** Archives and logs cannot be searched for somebody: they hold ids and keyed digests, and end by themselves (platform §4.7). */
const KEPT = [
  { what: 'archive of everything, logs: ids and keyed digests', days: 14 },
  { what: 'log lines: ids and codes', days: 30 },
  { what: 'claims on messages and actions: ids and codes', days: 90 },
  { what: 'archive of facts: ids and keyed digests', days: 180 },
] as const;

export async function deleteCustomer(
  context: Context,
  { customer: given, yes = false }: DeleteOptions,
): Promise<Answer> {
  const reference = (given === '-' ? await readAll(process.stdin) : given).trim();
  if (reference === '')
    throw misuse('no_customer', 'no customer is named', 'give an address, a phone number or a ticket');
  const parts = erasingOn(context);
  try {
    const customer = await named(parts, reference);
    if (!yes) throw await wantsYes(parts, customer);
    const erased = await erase(parts, customer);
    if (erased !== null) return answerOf(erased);
    if (isUnknown(customer)) throw unknown();
    return nothingHeld(customer);
  } finally {
    await parts.close();
  }
}

async function named(parts: Asking, reference: string): Promise<Customer> {
  try {
    const customer = await customerNamed(parts, reference);
    if (customer !== null) return customer;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    throw new Failure(
      'helpdesk_failed',
      `the helpdesk did not say which tickets are theirs (${error.kind})`,
      'nothing was deleted; try again when it answers',
    );
  }
  throw unknown();
}

/** An address without a ticket may still be one that counters are kept of; where nothing is, it may as well be mistyped. */
const isUnknown = ({ conversationIds }: Customer): boolean => conversationIds.length === 0;

const unknown = (): Failure =>
  new Failure('unknown_customer', 'the helpdesk knows no such customer', 'name one of their tickets instead');

async function wantsYes(parts: Reading, customer: Customer): Promise<Failure> {
  const holdings = await holdingsOf(parts, customer);
  const conversations = count(customer.conversationIds.length, 'conversation');
  if (isEmpty(holdings) && isUnknown(customer)) return unknown();
  if (isEmpty(holdings))
    return new Failure('nothing_held', `nothing is held of ${conversations} of the customer`, 'there is nothing to do');
  const tables = Object.entries(countsOf(holdings)).map(([table, rows]) => `${table} ${rows}`);
  return new Failure(
    'confirmation_needed',
    `of ${conversations} would be deleted: ${tables.join(', ')}; ${count(holdings.audit_trail.length, 'record')} of the trail would become tombstones`,
    'add --yes; it cannot be undone',
  );
}

function nothingHeld({ conversationIds, hashes }: Customer): Answer {
  const value = {
    requestId: null,
    customerHash: hashes[0],
    conversations: conversationIds.length,
    deleted: {},
    tombstones: 0,
    verifiedRemaining: 0,
    kept: KEPT,
  };
  return { value, text: 'Nothing is held of this customer.' };
}

function answerOf(erased: Erased): Answer {
  const rows = Object.entries(erased.deleted).map(([table, deleted]) => [table, `${deleted} deleted`] as const);
  const text = [
    pairs([
      ['request', erased.requestId],
      ['conversations', erased.conversations],
      ...rows,
      ['audit_trail', count(erased.tombstones, 'tombstone')],
      ['found by a query since', erased.verifiedRemaining],
      ...KEPT.map(({ what, days }) => ['ends by itself', `${what}, after ${days} days`] as const),
    ]),
    '',
    'What the helpdesk itself holds is to be deleted there.',
  ].join('\n');
  return { value: { ...erased, kept: KEPT }, text };
}
