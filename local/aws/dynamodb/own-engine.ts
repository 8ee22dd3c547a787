/**
 * DynamoDB's tables in the endpoint's SQLite file. Every request is one synchronous step in the one process that has the
 * file open, so no request sees half of another.
 */
import type { AwsService } from '../service.ts';
import { AwsError } from '../service.ts';
import type { Engine } from './engine.ts';
import { batchGetItem, batchWriteItem } from './operations/batch.ts';
import { getItem } from './operations/get-item.ts';
import {
  createTable,
  deleteTable,
  describeTable,
  describeTimeToLive,
  listTables,
  updateTable,
  updateTimeToLive,
} from './operations/manage-tables.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import { openStore, type StoreOptions, type TableStore } from './operations/store.ts';
import { updateItem } from './operations/update-item.ts';
import { deleteItem, putItem } from './operations/write-item.ts';
import type { Request } from './requests/read-request.ts';

export type OwnEngine = Engine & {
  readonly store: TableStore;
  /** The same as `run`, without the wait. */
  readonly operations: AwsService['operations'];
};

const OPERATIONS: Readonly<Record<string, (store: TableStore, request: Request) => Record<string, unknown>>> = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteTable: deleteTable,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  ListTables: listTables,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

/** Makes what is missing in the file. Closing the file is for who opened it. */
export function openOwnEngine(options: StoreOptions): OwnEngine {
  const store = openStore(options);
  return {
    store,
    operations: Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, operation]) => [name, (request: Request) => operation(store, request)]),
    ),
    async run(operation, input) {
      const perform = OPERATIONS[operation];
      if (perform === undefined) throw new AwsError('UnknownOperationException', 'The operation is not known.');
      return perform(store, input as Request);
    },
    async tableNames() {
      return store.tables.names();
    },
    async close() {},
  };
}
