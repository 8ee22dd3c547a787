/** By what else than its id a row is looked for. */
import type { Customer, Tag, Ticket } from './types.ts';

export type CustomerKey = 'email' | 'phone' | 'uid';

const CUSTOMER_KEYS: readonly CustomerKey[] = ['email', 'phone', 'uid'];

export function customerKey(type: CustomerKey, value: string): string {
  return `${type}:${value.trim().toLowerCase()}`;
}

export function customerKeys(customer: Customer): string[] {
  return CUSTOMER_KEYS.flatMap((type) => {
    const value = customer[type];
    return value === undefined ? [] : [customerKey(type, value)];
  });
}

export function ticketNumberKey(number: number | string): string {
  return `number:${number}`;
}

export function tagNameKey(name: string): string {
  return `name:${name}`;
}

/** Keys of a stored row; most collections have none. */
export function keysOf(collection: string, value: unknown): readonly string[] {
  if (collection === 'customers') return customerKeys(value as Customer);
  if (collection === 'tickets') return [ticketNumberKey((value as Ticket).number)];
  if (collection === 'tags') return [tagNameKey((value as Tag).name)];
  return [];
}
