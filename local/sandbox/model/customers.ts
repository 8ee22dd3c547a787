/** The shop's customers, known by e-mail address or phone number. */
import { type CustomerKey, customerKey } from './keys.ts';
import type { Customer } from './types.ts';
import type { World } from './world.ts';

export type CustomerDraft = {
  readonly uid?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>>;
};

export function findCustomer(world: World, type: CustomerKey, value: string): Customer | undefined {
  return world.customers.withKey(customerKey(type, value))[0];
}

/** Finds the customer by address, number or uid and completes the record, or makes a new one. */
export function upsertCustomer(world: World, draft: CustomerDraft): Customer {
  const known =
    (draft.uid === undefined ? undefined : findCustomer(world, 'uid', draft.uid)) ??
    (draft.email === undefined ? undefined : findCustomer(world, 'email', draft.email)) ??
    (draft.phone === undefined ? undefined : findCustomer(world, 'phone', draft.phone));
  return writeCustomer(world, known ?? { id: world.ids.customerId(), properties: {} }, draft);
}

/** Lays the given fields over a record. */
export function writeCustomer(world: World, known: Customer, draft: CustomerDraft): Customer {
  const { uid, email, name, phone } = draft;
  return world.customers.put(known.id, {
    ...known,
    properties: { ...known.properties, ...draft.properties },
    ...(uid === undefined ? {} : { uid }),
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
  });
}
