/** DynamoDB on one machine: the engine, the topology's tables, and the end of what has expired. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableSpec } from '../../../stacks/topology-types.ts';
import type { AwsService } from '../service.ts';
import { deleteExpired } from './expiry.ts';
import type { StoreOptions } from './operations/store.ts';
import { openOwnEngine } from './own-engine.ts';
import { ensureTable, fullTableName, type Remake } from './tables.ts';

export type DynamoDbOptions = Omit<StoreOptions, 'now'> & {
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly timeScale?: number;
  /** Told once per failed pass of the expiry; the next pass tries again. */
  readonly onExpiryError?: (error: unknown) => void;
};

export type DynamoDb = {
  readonly service: AwsService;
  /** Short names of those that are not there. */
  missingTables(specs: readonly TableSpec[], env: string): readonly string[];
  /** Makes the topology's tables for this environment and starts their expiry. */
  createTables(
    specs: readonly TableSpec[],
    env: string,
    /** By short name, for tables of an older release that get an index. */
    remakes?: Readonly<Record<string, Remake>>,
  ): Promise<void>;
  /** One pass over all tables now; returns how many items were deleted. */
  deleteExpired(): Promise<number>;
  /** Ends the expiry; the database stays open. */
  close(): Promise<void>;
};

const EXPIRY_PAUSE_MS = 60_000;
const MIN_EXPIRY_PAUSE_MS = 1_000;

export async function createDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { database, accountId, region, now = Date.now, timeScale = 1, onExpiryError = () => {} } = options;
  const engine = openOwnEngine({ database, accountId, region, now });
  const stopping = new AbortController();
  let expiryLoop: Promise<void> | null = null;

  function expireAll(): Promise<number> {
    return deleteExpired(engine.store, Math.floor(now() / 1000), stopping.signal);
  }

  async function expireForever(): Promise<void> {
    const pauseMs = Math.max(EXPIRY_PAUSE_MS * timeScale, MIN_EXPIRY_PAUSE_MS);
    while (!stopping.signal.aborted) {
      await sleep(pauseMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await expireAll().catch(onExpiryError);
    }
  }

  return {
    service: { targetPrefix: 'DynamoDB_20120810', jsonVersion: '1.0', operations: engine.operations },
    missingTables: (specs, env) =>
      specs.map(({ name }) => name).filter((name) => engine.store.tables.find(fullTableName(env, name)) === undefined),
    async createTables(specs, env, remakes = {}) {
      for (const spec of specs) ensureTable(engine.store, env, spec, remakes[spec.name]);
      expiryLoop ??= expireForever();
    },
    deleteExpired: expireAll,
    async close() {
      stopping.abort();
      await expiryLoop;
    },
  };
}
