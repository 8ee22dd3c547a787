/** DynamoDB on one machine: dynalite's engine, the topology's tables, and the expiry that dynalite lacks. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { TableSpec } from '../../../stacks/topology-types.ts';
import { parseInput } from '../input.ts';
import type { AwsService } from '../service.ts';
import type { Engine } from './engine.ts';
import { ENGINE_OPERATIONS, openEngine } from './engine.ts';
import type { ExpiringTable } from './expiry.ts';
import { deleteExpired } from './expiry.ts';
import { ensureTable, fullTableName } from './tables.ts';

export type DynamoDbOptions = {
  /** Folder of the LevelDB files; `null` keeps everything in memory. */
  readonly path: string | null;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly timeScale?: number;
  /** Told once per failed pass of the expiry; the next pass tries again. */
  readonly onExpiryError?: (error: unknown) => void;
};

export type DynamoDb = {
  readonly service: AwsService;
  /** Makes the topology's tables for this environment and starts their expiry. All keys are strings. */
  createTables(specs: readonly TableSpec[], env: string): Promise<void>;
  /** One pass over all tables now; returns how many items were deleted. */
  deleteExpired(): Promise<number>;
  close(): Promise<void>;
};

const EXPIRY_PAUSE_MS = 60_000;
const MIN_EXPIRY_PAUSE_MS = 1_000;

export async function createDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { path, accountId, region, now = Date.now, timeScale = 1, onExpiryError = () => {} } = options;
  const engine = await openEngine(path, accountId, region);
  const expiring: ExpiringTable[] = [];
  const stopping = new AbortController();
  let expiryLoop: Promise<void> | null = null;

  async function expireAll(): Promise<number> {
    let deleted = 0;
    for (const table of expiring) {
      deleted += await deleteExpired(engine, table, Math.floor(now() / 1000), stopping.signal);
    }
    return deleted;
  }

  async function expireForever(): Promise<void> {
    const pauseMs = Math.max(EXPIRY_PAUSE_MS * timeScale, MIN_EXPIRY_PAUSE_MS);
    while (!stopping.signal.aborted) {
      await sleep(pauseMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await expireAll().catch(onExpiryError);
    }
  }

  return {
    service: { targetPrefix: 'DynamoDB_20120810', jsonVersion: '1.0', operations: operationsOf(engine, expiring) },
    async createTables(specs, env) {
      for (const spec of specs) {
        await ensureTable(engine, env, spec);
        const keys = spec.sortKey === undefined ? [spec.partitionKey] : [spec.partitionKey, spec.sortKey];
        expiring.push({ name: fullTableName(env, spec.name), keys, ttlAttribute: spec.ttlAttribute });
      }
      expiryLoop ??= expireForever();
    },
    deleteExpired: expireAll,
    async close() {
      stopping.abort();
      await expiryLoop;
      await engine.close();
    },
  };
}

function operationsOf(engine: Engine, expiring: readonly ExpiringTable[]): AwsService['operations'] {
  const TableName = v.pipe(v.string(), v.minLength(1));
  return {
    ...Object.fromEntries(
      ENGINE_OPERATIONS.map((operation) => [
        operation,
        (input: Record<string, unknown>) => engine.run(operation, input),
      ]),
    ),

    async ListTables(raw) {
      const Limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 100);
      const input = parseInput(v.object({ ExclusiveStartTableName: v.optional(v.string(), ''), Limit }), raw);
      const names = (await engine.tableNames()).filter((name) => name > input.ExclusiveStartTableName);
      const TableNames = names.slice(0, input.Limit);
      return { TableNames, ...(names.length > input.Limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
    },

    async DescribeTimeToLive(raw) {
      const input = parseInput(v.object({ TableName }), raw);
      await engine.run('DescribeTable', input);
      const table = expiring.find(({ name }) => name === input.TableName);
      return {
        TimeToLiveDescription:
          table === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: table.ttlAttribute },
      };
    },
  };
}
