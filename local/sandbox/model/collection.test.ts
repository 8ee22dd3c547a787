/** Rows behave the same with a store and without one, whatever was committed in between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSandboxStore } from '../sqlite-store.ts';
import { Collection } from './collection.ts';
import { customerKey, keysOf } from './keys.ts';
import type { Customer } from './types.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const emails = fc.constantFrom('Ann@shop.test', 'ben@shop.test');
const step = fc.oneof(
  fc.record({ act: fc.constant('put' as const), id: ids, email: emails }),
  fc.record({ act: fc.constant('delete' as const), id: ids }),
  fc.record({ act: fc.constant('commit' as const) }),
);

const keys = (customer: Customer) => keysOf('customers', customer);
const emailed = (rows: readonly Customer[]) => rows.map(({ id }) => id).sort();

it('tells the same rows with a store, without one, and in a plain map', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const store = openSandboxStore(null);
      const stored = new Collection<Customer>('customers', store, keys);
      const kept = new Collection<Customer>('customers', undefined, keys);
      const model = new Map<string, Customer>();
      for (const one of steps) {
        if (one.act === 'put') {
          const customer: Customer = { id: one.id, email: one.email, properties: {} };
          for (const collection of [stored, kept]) collection.put(one.id, customer);
          model.set(one.id, customer);
        } else if (one.act === 'delete') {
          for (const collection of [stored, kept]) collection.delete(one.id);
          model.delete(one.id);
        } else {
          store.commit(stored.changes());
          stored.committed();
        }
        for (const collection of [stored, kept]) {
          expect(collection.size).toBe(model.size);
          expect(new Map(collection.entries())).toEqual(model);
          for (const id of ['a', 'b', 'c', 'd']) expect(collection.get(id)).toEqual(model.get(id));
          for (const email of ['ann@shop.test', 'ben@shop.test'])
            expect(emailed(collection.withKey(customerKey('email', email)))).toEqual(
              emailed([...model.values()].filter((customer) => customer.email?.toLowerCase() === email)),
            );
        }
      }
      store.close();
    }),
  );
});

it('finds rows that are long out of the cache', () => {
  const store = openSandboxStore(null);
  const customers = new Collection<Customer>('customers', store, keys);
  for (let number = 0; number < 1_000; number += 1)
    customers.put(`c${number}`, { id: `c${number}`, email: `c${number}@shop.test`, properties: {} });
  store.commit(customers.changes());
  customers.committed();
  expect(customers.withKey(customerKey('email', 'C7@shop.test')).map(({ id }) => id)).toEqual(['c7']);
  expect([customers.size, customers.values()[999]?.id, customers.get('c0')?.email]).toEqual([
    1_000,
    'c999',
    'c0@shop.test',
  ]);
  store.close();
});

it.each([
  ['with a store', openSandboxStore(null)],
  ['without one', undefined],
])('forgets its oldest rows in blocks %s', (_, store) => {
  const rows = new Collection<number>('rows', store);
  for (let row = 1; row <= 111; row += 1) {
    rows.put(`${row}`, row);
    rows.keepNewest(100);
    store?.commit(rows.changes());
    if (store !== undefined) rows.committed();
    if (row === 110) expect([rows.size, rows.get('1')]).toEqual([110, 1]);
  }
  expect([rows.size, rows.get('1'), rows.get('11'), rows.get('12'), rows.get('111')]).toEqual([
    100,
    undefined,
    undefined,
    12,
    111,
  ]);
});

it('makes the keys of a file that has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'richpanel.sqlite');
  const old = new DatabaseSync(file);
  old.exec(`CREATE TABLE sandbox_rows (
    position INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (collection, id))`);
  old
    .prepare('INSERT INTO sandbox_rows (collection, id, value) VALUES (?, ?, ?)')
    .run('customers', 'c', JSON.stringify({ id: 'c', phone: '+1 555 0100', properties: {} }));
  old.close();
  const store = openSandboxStore(file);
  expect(store.idsWith('customers', customerKey('phone', '+1 555 0100'))).toEqual(['c']);
  store.close();
  rmSync(folder, { recursive: true });
});
