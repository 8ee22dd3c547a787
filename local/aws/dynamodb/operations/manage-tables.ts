/** Tables come, are described, change how they are billed, and go. All of it at once: nothing is ever CREATING for long. */
import { randomUUID } from 'node:crypto';
import { transact } from '../../database.ts';
import { AwsError } from '../../service.ts';
import { validationError } from '../errors.ts';
import {
  choice,
  optionalCount,
  optionalFlag,
  optionalMap,
  optionalText,
  type Request,
  requiredMap,
  requiredText,
  tableName,
} from '../requests/read-request.ts';
import { checkBilling, readTableRequest, readThroughput } from '../requests/read-table.ts';
import type { Table } from '../storage/tables.ts';
import { describe } from './describe.ts';
import type { TableStore } from './store.ts';

type Answer = Record<string, unknown>;

const PAGE_NAMES = 100;

export function createTable(store: TableStore, request: Request): Answer {
  const name = tableName(request);
  const wanted = readTableRequest(request);
  if (store.tables.find(name) !== undefined) {
    throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  }
  const table = store.tables.create(name, {
    ...wanted,
    TableId: randomUUID(),
    CreationDateTime: store.now() / 1000,
  });
  return { TableDescription: describe(store, table, 'CREATING') };
}

export function describeTable(store: TableStore, request: Request): Answer {
  return { Table: describe(store, existing(store, request)) };
}

export function deleteTable(store: TableStore, request: Request): Answer {
  const table = existing(store, request);
  const TableDescription = describe(store, table, 'DELETING');
  transact(store.database, () => {
    store.items.rows.clear(table.id);
    store.tables.delete(table);
  });
  return { TableDescription };
}

/** Billing only: indexes are those the table was made with. */
export function updateTable(store: TableStore, request: Request): Answer {
  const name = tableName(request);
  if (optionalText(request, 'BillingMode') === null && optionalMap(request, 'ProvisionedThroughput') === null) {
    throw validationError('This endpoint changes BillingMode and ProvisionedThroughput of a table only');
  }
  const table = existing(store, { TableName: name });
  const throughput = readThroughput(request);
  const { ProvisionedThroughput: _, ...rest } = table.definition;
  const BillingMode =
    optionalText(request, 'BillingMode') === null
      ? rest.BillingMode
      : choice(request, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']);
  checkBilling(BillingMode, throughput);
  const changed = store.tables.redefine(table, {
    ...rest,
    BillingMode,
    ...(throughput !== null && { ProvisionedThroughput: throughput }),
  });
  return { TableDescription: describe(store, changed, 'UPDATING') };
}

export function listTables({ tables }: TableStore, request: Request): Answer {
  const limit = optionalCount(request, 'Limit', 1) ?? PAGE_NAMES;
  if (limit > PAGE_NAMES) throw validationError(`Limit must be at most ${PAGE_NAMES}`);
  const after = optionalText(request, 'ExclusiveStartTableName') ?? '';
  const names = tables.names().filter((name) => name > after);
  const TableNames = names.slice(0, limit);
  return { TableNames, ...(names.length > limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
}

export function updateTimeToLive(store: TableStore, request: Request): Answer {
  const table = existing(store, request);
  const wanted = requiredMap(request, 'TimeToLiveSpecification');
  const AttributeName = requiredText(wanted, 'AttributeName');
  const Enabled = optionalFlag(wanted, 'Enabled') ?? false;
  if (Enabled && table.ttlAttribute !== null) throw validationError('TimeToLive is already enabled');
  if (!Enabled && table.ttlAttribute === null) throw validationError('TimeToLive is already disabled');
  if (!Enabled && table.ttlAttribute !== AttributeName) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${table.ttlAttribute}`,
    );
  }
  setTimeToLive(store, table, Enabled ? AttributeName : null);
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
}

export function setTimeToLive(store: TableStore, table: Table, attribute: string | null): void {
  transact(store.database, () => store.items.refreshExpiry(store.tables.setTtl(table, attribute)));
}

export function describeTimeToLive(store: TableStore, request: Request): Answer {
  const { ttlAttribute } = existing(store, request);
  const enabled = { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute };
  return { TimeToLiveDescription: ttlAttribute === null ? { TimeToLiveStatus: 'DISABLED' } : enabled };
}

function existing({ tables }: TableStore, request: Request): Table {
  const name = tableName(request);
  const table = tables.find(name);
  if (table !== undefined) return table;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}
