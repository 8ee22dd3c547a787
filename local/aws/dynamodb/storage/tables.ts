/** What a table is: its keys, its indexes and how long its items live. Read from the file once, then known. */
import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../../service.ts';
import type { KeyType } from '../values/attribute-value.ts';
import { type KeyAttribute, type KeyShape, keyAttributes } from './keys.ts';

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
export type Projection = {
  readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly NonKeyAttributes?: readonly string[];
};
export type IndexRequest = {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: Throughput;
};
export type Throughput = { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };

/** What CreateTable asked for, and when. */
export type TableRequest = {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: KeyType }[];
  readonly KeySchema: KeySchema;
  readonly BillingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: Throughput;
  readonly GlobalSecondaryIndexes?: readonly IndexRequest[];
  readonly LocalSecondaryIndexes?: readonly IndexRequest[];
};
export type Definition = TableRequest & {
  readonly TableId: string;
  /** Epoch seconds. */
  readonly CreationDateTime: number;
};

export type Index = KeyShape & {
  /** Its number in the stored entries. */
  readonly number: number;
  readonly name: string;
  readonly isGlobal: boolean;
  /** Attributes it shows; `null` for all. */
  readonly projection: ReadonlySet<string> | null;
};
export type Table = {
  readonly id: number;
  readonly name: string;
  readonly keys: KeyShape;
  readonly indexes: readonly Index[];
  readonly ttlAttribute: string | null;
  readonly definition: Definition;
};

export type TableBook = {
  /** Throws ResourceNotFoundException in the words of item operations. */
  get(name: string): Table;
  find(name: string): Table | undefined;
  names(): string[];
  create(name: string, definition: Definition): Table;
  redefine(table: Table, definition: Definition): Table;
  setTtl(table: Table, attribute: string | null): Table;
  delete(table: Table): void;
};

export function openTableBook(database: DatabaseSync): TableBook {
  const insert = database.prepare('INSERT INTO dynamodb_tables (name, definition) VALUES (?, ?)');
  const update = database.prepare('UPDATE dynamodb_tables SET definition = ?, ttl_attribute = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM dynamodb_tables WHERE id = ?');
  const tables = new Map<string, Table>();
  for (const row of database.prepare('SELECT id, name, definition, ttl_attribute FROM dynamodb_tables').all()) {
    const ttl = row.ttl_attribute === null ? null : String(row.ttl_attribute);
    remember(tableOf(Number(row.id), String(row.name), JSON.parse(String(row.definition)), ttl));
  }

  function remember(table: Table): Table {
    tables.set(table.name, table);
    return table;
  }

  function change(table: Table, definition: Definition, ttlAttribute: string | null): Table {
    update.run(JSON.stringify(definition), ttlAttribute, table.id);
    return remember(tableOf(table.id, table.name, definition, ttlAttribute));
  }

  return {
    get(name) {
      const table = tables.get(name);
      if (table === undefined) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
      return table;
    },
    find: (name) => tables.get(name),
    names: () => [...tables.keys()].sort(),
    create(name, definition) {
      const { lastInsertRowid } = insert.run(name, JSON.stringify(definition));
      return remember(tableOf(Number(lastInsertRowid), name, definition, null));
    },
    redefine: (table, definition) => change(table, definition, table.ttlAttribute),
    setTtl: (table, attribute) => change(table, table.definition, attribute),
    delete(table) {
      remove.run(table.id);
      tables.delete(table.name);
    },
  };
}

function tableOf(id: number, name: string, definition: Definition, ttlAttribute: string | null): Table {
  const types = new Map(definition.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]));
  const keys = keyShape(definition.KeySchema, types);
  const global = definition.GlobalSecondaryIndexes ?? [];
  const indexes = [...global, ...(definition.LocalSecondaryIndexes ?? [])].map((request, number): Index => {
    const shape = keyShape(request.KeySchema, types);
    const projection = projectedNames(request.Projection, [...keyAttributes(keys), ...keyAttributes(shape)]);
    return { ...shape, number, name: request.IndexName, isGlobal: number < global.length, projection };
  });
  return { id, name, keys, indexes, ttlAttribute, definition };
}

function keyShape(schema: KeySchema, types: ReadonlyMap<string, KeyType>): KeyShape {
  const [partition, sort = null] = schema.map(({ AttributeName }): KeyAttribute => {
    const type = types.get(AttributeName);
    if (type === undefined) throw new Error(`no type of key ${AttributeName}`);
    return { name: AttributeName, type };
  });
  if (partition === undefined) throw new Error('a table without a key');
  return { partition, sort };
}

function projectedNames(projection: Projection, keys: readonly KeyAttribute[]): ReadonlySet<string> | null {
  if (projection.ProjectionType === 'ALL') return null;
  return new Set([...keys.map(({ name }) => name), ...(projection.NonKeyAttributes ?? [])]);
}
