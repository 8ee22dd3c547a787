/**
 * The tables of 0.1.0, and what ours are tested against: dynalite without its HTTP server: the same validations and actions, called directly. So no second port is open, any
 * credentials will do, and a client that goes away in the middle of a request cannot end this process.
 */
import { createRequire } from 'node:module';
import type { Store } from 'dynalite/db/index.js';
import database from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { AwsError } from '../service.ts';
import { ENGINE_OPERATIONS, type Engine, type EngineOperation } from './engine.ts';

const require = createRequire(import.meta.url);

type Callback = (error: unknown, output?: unknown) => void;
type Action = {
  readonly run: (store: Store, data: unknown, callback: Callback) => void;
  readonly types: unknown;
  readonly custom: unknown;
};

const ACTIONS: ReadonlyMap<EngineOperation, Action> = new Map(
  ENGINE_OPERATIONS.map((operation) => {
    const file = validations.toLowerFirst(operation);
    const { types, custom } = require(`dynalite/validations/${file}.js`);
    return [operation, { run: require(`dynalite/actions/${file}.js`), types, custom }];
  }),
);

/** Opens the LevelDB folder `path`, or keeps everything in memory with `null`. */
export async function openDynaliteEngine(path: string | null, accountId: string, region: string): Promise<Engine> {
  const store = database.create({
    ...(path !== null && { path }),
    // How long a table stays CREATING and so on: nobody here wants to wait for it.
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  closeFinishedIterators(store);
  await store.db.open();

  return {
    async run(operation, input) {
      const action = ACTIONS.get(operation);
      if (action === undefined) throw new AwsError('UnknownOperationException', 'The operation is not known.');
      try {
        const data = validations.checkTypes(input, action.types);
        validations.checkValidations(data, action.types, action.custom, store);
        return await new Promise((resolve, reject) => {
          action.run(store, data, (error, output) => (error ? reject(error) : resolve(Object(output))));
        });
      } catch (error) {
        throw awsErrorOf(error);
      }
    },
    async tableNames() {
      const names: string[] = [];
      // dynalite's own ListTables walks through every item of every table.
      for await (const key of store.db.keys({ gte: 'table~', lt: 'table~\u{FF}' }))
        names.push(key.slice('table~'.length));
      return names;
    },
    close: () => store.lifecycleManager.gracefulClose(),
  };
}

/** dynalite ends a Query or Scan by `iterator.return`, which Level's iterators lack: each would keep its snapshot for good. */
function closeFinishedIterators({ db }: Store): void {
  const values = db.values.bind(db);
  db.values = (options) => {
    const iterator = values(options);
    iterator.return = () => iterator.close();
    return iterator;
  };
}

/** dynalite fails with `{statusCode, body: {__type, message}}`; anything else is a fault of the engine. */
function awsErrorOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('body' in error) || !('statusCode' in error)) return error;
  const body: { __type?: unknown; message?: unknown; Message?: unknown } = Object(error.body);
  const type =
    String(body.__type ?? 'InternalServerError')
      .split('#')
      .at(-1) ?? '';
  return new AwsError(type, String(body.message ?? body.Message ?? ''), Number(error.statusCode));
}
