/** Our engine and the one it is tested against, each over nothing but memory, behind one face. */
import { openDatabase } from '../../database.ts';
import { AwsError } from '../../service.ts';
import { openDynaliteEngine } from '../dynalite-engine.ts';
import type { Engine, EngineOperation } from '../engine.ts';
import { openOwnEngine } from '../own-engine.ts';

export type EngineName = 'own' | 'dynalite';

/** What an engine answered: its output, or the type and message of its error. */
export type Answer =
  | { readonly output: Record<string, unknown> }
  | { readonly error: string; readonly message: string; readonly fields: Readonly<Record<string, unknown>> };

const ACCOUNT = '000000000000';
const REGION = 'us-east-2';

export const ENGINES: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  async own() {
    const database = openDatabase(null);
    const engine = openOwnEngine({ database, accountId: ACCOUNT, region: REGION, now: Date.now });
    return { ...engine, close: async () => database.close() };
  },
  dynalite: () => openDynaliteEngine(null, ACCOUNT, REGION),
};

/** Asks with a copy of its own, since dynalite writes into what it is given; anything but an `AwsError` is thrown on. */
export async function ask(engine: Engine, operation: EngineOperation, input: object): Promise<Answer> {
  try {
    const output = await engine.run(operation, structuredClone(input));
    // Both speak JSON in the end: what is undefined is not there, and no object has a prototype of its own.
    return { output: JSON.parse(JSON.stringify(output)) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { error: error.type, message: error.message, fields: error.fields };
  }
}

/** dynalite makes its tables a moment later. */
export async function createTable(engine: Engine, input: { readonly TableName: string }): Promise<void> {
  await engine.run('CreateTable', structuredClone(input));
  for (;;) {
    const { Table } = await engine.run('DescribeTable', { TableName: input.TableName });
    if (Object(Table).TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
