/** Keys of the tables: the one place that both adapters and the topology read (platform §2.1–2.2). */
import type { TableName } from './language.ts';

export type TableKeys = {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes: Readonly<Record<string, { readonly partitionKey: string; readonly sortKey: string }>>;
};

/** Sparse: only records with `open` stand in it. */
export const OPEN_BY_SWEEP = 'open-next_sweep_at';
export const OPEN_BY_RECEIVED = 'open-received_at';

/** Records of the trail by the hour in which they were written down: what a seal is made of. */
export const LEAVES_BY_HOUR = 'leaf_hour-event_id';

export const TABLE_KEYS: Readonly<Record<TableName, TableKeys>> = {
  idempotency: {
    partitionKey: 'key',
    indexes: {
      [OPEN_BY_SWEEP]: { partitionKey: 'open', sortKey: 'next_sweep_at' },
      [OPEN_BY_RECEIVED]: { partitionKey: 'open', sortKey: 'received_at' },
    },
  },
  conversation_state: { partitionKey: 'conversation_id', indexes: {} },
  audit_trail: {
    partitionKey: 'conversation_id',
    sortKey: 'ts_action_id',
    indexes: { [LEAVES_BY_HOUR]: { partitionKey: 'leaf_hour', sortKey: 'event_id' } },
  },
  vault: { partitionKey: 'ref', indexes: {} },
  vendor_limits: { partitionKey: 'bucket', indexes: {} },
  read_models: { partitionKey: 'model', sortKey: 'key', indexes: {} },
};
