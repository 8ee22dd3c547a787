/** What every engine of tables here can do, whether ours or the one it is tested against. */

const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
] as const;
export type EngineOperation = (typeof OPERATIONS)[number];
export const ENGINE_OPERATIONS: readonly EngineOperation[] = OPERATIONS;

export type Engine = {
  /** One request; rejects with `AwsError` under DynamoDB's own error names. */
  run(operation: EngineOperation, input: unknown): Promise<Record<string, unknown>>;
  /** Names of all tables in order. */
  tableNames(): Promise<string[]>;
  close(): Promise<void>;
};
