/** Counts what the functions ask of AWS, at the endpoint itself: every request that came over the wire, with its units. */
import { FACTS } from '../../../events/facts.ts';
import type { Item } from '../../../local/aws/dynamodb/values/attribute-value.ts';
import { AwsError, type AwsOperation, type AwsService } from '../../../local/aws/service.ts';
import type { Invocation } from '../../../local/host/contract.ts';
import type { Onlooker } from '../../../local/platform/endpoint.ts';
import { ARCHIVES } from '../../../stacks/topology-archives.ts';
import type { Topology } from '../../../stacks/topology-types.ts';
import { isIndexed, sizeOf, unitsOfRead, unitsOfRefusal, unitsOfWrite } from './units.ts';

/** Requests and units by operation; bytes; milliseconds of each invocation. */
export type Reading = {
  readonly operations: Readonly<Record<string, readonly [requests: number, units: number]>>;
  readonly archived: number;
  readonly archiveByteDays: number;
  readonly tableByteDays: number;
  readonly billedMs: Readonly<Record<string, readonly number[]>>;
};

export type MeterOfCalls = {
  readonly onlooker: Onlooker;
  /** What was counted since the last reading. */
  read(): Reading;
  /** Something that comes from outside, such as a webhook at the door. */
  note(name: string): void;
};

const EVENT_BYTES = 64 * 1024;
/** What EventBridge puts around a detail: id, time, account and the like. */
const ENVELOPE_BYTES = 260;
const DAY_SECONDS = 86_400;
const WRITES: readonly string[] = ['PutItem', 'UpdateItem', 'DeleteItem'];

type Input = Readonly<Record<string, unknown>>;
type Stored = { readonly before: number; bytes: number; days: number };

export function meterOf(topology: Topology, now: () => number = Date.now): MeterOfCalls {
  let operations = new Map<string, [number, number]>();
  let billedMs = new Map<string, number[]>();
  let stored = new Map<string, Stored>();
  let archived = 0;
  let archiveByteDays = 0;
  const indexesOf = new Map(topology.tables.map(({ name, indexes }) => [name, indexes]));
  const count = (name: string, units = 1): void => {
    const [requests, sum] = operations.get(name) ?? [0, 0];
    operations.set(name, [requests + 1, sum + units]);
  };

  function dynamo(service: AwsService): AwsService {
    const look = async (TableName: unknown, Key: unknown): Promise<Item | null> => {
      const answer: { Item?: Item } = Object(
        await service.operations.GetItem?.({ TableName, Key, ConsistentRead: true }),
      );
      return answer.Item ?? null;
    };
    const write =
      (name: string, operation: AwsOperation): AwsOperation =>
      async (input) => {
        const table = tableOf(input);
        const key = (input.Key ?? keyOfItem(topology, table, input.Item as Item)) as Item;
        const before = await look(input.TableName, key);
        const says = `dynamodb.${name} ${table}${kindOf(key)}`;
        try {
          const output = await operation(input);
          const after = name === 'DeleteItem' ? null : await look(input.TableName, key);
          const indexes = indexesOf.get(table) ?? [];
          count(says, unitsOfWrite(before, after, indexes));
          keep(
            `${table} ${JSON.stringify(key)}`,
            before,
            after,
            (item) => 1 + indexes.filter((index) => isIndexed(item, index)).length,
          );
          return output;
        } catch (error) {
          if (error instanceof AwsError && error.type === 'ConditionalCheckFailedException')
            count(says, unitsOfRefusal(before));
          throw error;
        }
      };
    const read =
      (name: string, operation: AwsOperation): AwsOperation =>
      async (input) => {
        const output: { Item?: Item; Items?: Item[] } = Object(await operation(input));
        const items = output.Items ?? (output.Item ? [output.Item] : []);
        const kind =
          input.Key === undefined ? (input.IndexName ? ` ${String(input.IndexName)}` : '') : kindOf(input.Key as Item);
        count(`dynamodb.${name} ${tableOf(input)}${kind}`, unitsOfRead(items, input.ConsistentRead === true));
        return output;
      };
    return mapped(service, (name, operation) =>
      WRITES.includes(name) ? write(name, operation) : read(name, operation),
    );
  }

  function keep(id: string, before: Item | null, after: Item | null, copies: (item: Item) => number): void {
    const known = stored.get(id) ?? {
      before: before === null ? 0 : sizeOf(before) * copies(before),
      bytes: 0,
      days: 0,
    };
    const expires = Number(after?.expires_at?.N ?? 0);
    stored.set(id, {
      ...known,
      bytes: after === null ? 0 : sizeOf(after) * copies(after),
      days: expires === 0 ? 0 : Math.max(0, expires - now() / 1000) / DAY_SECONDS,
    });
  }

  function bus(service: AwsService): AwsService {
    return mapped(service, (name, operation) => async (input) => {
      const output = await operation(input);
      const entries = (Array.isArray(input.Entries) ? input.Entries : []) as Input[];
      if (name !== 'PutEvents') count(`eventbridge.${name} bus`);
      for (const { DetailType, Detail } of entries) {
        const bytes = Buffer.byteLength(String(Detail)) + ENVELOPE_BYTES;
        count(`eventbridge.PutEvents ${String(DetailType)}`, Math.ceil(bytes / EVENT_BYTES));
        for (const archive of ARCHIVES) {
          if (archive.name === 'facts' && !(FACTS as readonly string[]).includes(String(DetailType))) continue;
          archived += bytes;
          archiveByteDays += bytes * archive.retentionDays;
        }
      }
      return output;
    });
  }

  const others: Readonly<Record<string, (name: string, input: Input) => string>> = {
    AmazonSQS: (name, input) => `sqs.${name} ${queueOf(input)}`,
    Firehose_20150804: (name) => `firehose.${name} facts`,
    AmazonSSM: (name) => `ssm.${name} flags`,
    secretsmanager: (name, input) => `secrets.${name} ${String(input.SecretId).split('/').slice(2).join('/')}`,
  };

  return {
    onlooker: {
      service(service) {
        if (service.targetPrefix.startsWith('DynamoDB')) return dynamo(service);
        if (service.targetPrefix === 'AWSEvents') return bus(service);
        const says = others[service.targetPrefix];
        if (says === undefined) return service;
        return mapped(service, (name, operation) => (input) => {
          count(says(name, input));
          return operation(input);
        });
      },
      invoker: (invoke) => async (invocation) => {
        count(`lambda.Invoke ${invocation.functionName}`);
        // The mapping of a later queue deletes what was handled; its polls are fixed cost.
        if (isFromQueue(invocation)) count(`sqs.DeleteMessage ${invocation.functionName}-later`);
        const began = performance.now();
        const result = await invoke(invocation);
        const times = billedMs.get(invocation.functionName) ?? [];
        billedMs.set(invocation.functionName, [...times, Math.ceil(performance.now() - began)]);
        return result;
      },
    },
    note: (name) => count(name),
    read() {
      const kept = [...stored.values()];
      const reading: Reading = {
        operations: Object.fromEntries([...operations].toSorted(([a], [b]) => a.localeCompare(b, 'en'))),
        archived,
        archiveByteDays,
        tableByteDays: Math.round(
          kept.reduce((sum, { before, bytes, days }) => sum + Math.max(0, bytes - before) * days, 0),
        ),
        billedMs: Object.fromEntries(billedMs),
      };
      operations = new Map();
      billedMs = new Map();
      stored = new Map();
      archived = 0;
      archiveByteDays = 0;
      return reading;
    },
  };
}

function mapped(service: AwsService, around: (name: string, operation: AwsOperation) => AwsOperation): AwsService {
  const operations = Object.entries(service.operations).map(([name, operation]) => [name, around(name, operation)]);
  return { ...service, operations: Object.fromEntries(operations) };
}

function tableOf({ TableName }: Input): string {
  return String(TableName).split('_').slice(2).join('_');
}

function queueOf({ QueueName, QueueUrl }: Input): string {
  const [, name = ''] = /([^/]+)$/.exec(String(QueueName ?? QueueUrl)) ?? [];
  return name.replace(/^frontdesk-[a-z]+-/, '');
}

function keyOfItem(topology: Topology, table: string, item: Item): Item {
  const spec = topology.tables.find(({ name }) => name === table);
  const names = [spec?.partitionKey, spec?.sortKey].filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, item[name] ?? {}]));
}

/** A record of the ledger by its kind, and by whose it is: ` csm:auditor`, ` act:rp_reply`, ` evt:rp`. */
function kindOf(key: Item): string {
  const text = key.key?.S;
  if (text === undefined || key.model !== undefined) return '';
  const [kind = '', whose = ''] = text.split(':');
  return kind === 'cust' ? ' cust' : ` ${kind}:${whose}`;
}

function isFromQueue({ payload }: Invocation): boolean {
  return payload.includes('"eventSource":"aws:sqs"');
}
