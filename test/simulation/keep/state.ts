/** Simulated tables, archives, secrets and parameters in the endpoint's file, by the endpoint's own operations. */
import { dirname, join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../functions/shared/store/language.ts';
import { transact } from '../../../local/aws/database.ts';
import { fullTableName } from '../../../local/aws/dynamodb/tables.ts';
import { createArchiveStore, PACK_EVENTS } from '../../../local/aws/eventbridge/archive-store.ts';
import { recordFiles } from '../../../local/aws/firehose/record-files.ts';
import type { AwsOperation } from '../../../local/aws/service.ts';
import { createParameterStore } from '../../../local/aws/ssm/store.ts';
import { openEndpoint } from '../../../local/platform/endpoint.ts';
import { furnishSecrets } from '../../../local/platform/furnish.ts';
import { RECORDS_HOME } from '../../../local/platform/platform.ts';
import { STAGE } from '../../../local/platform/stage.ts';
import { topology } from '../../../stacks/topology.ts';
import { initialSecrets } from '../world/setup.ts';
import type { KeptEvent, KeptWorld } from './kept-world.ts';
import { keepRows } from './rows.ts';

export type KeptState = {
  add(world: KeptWorld): Promise<void>;
  close(): Promise<void>;
};

/** What ids and digests of the run were made with, and its vault sealed: the rest of a folder's secrets is its own. */
const OF_THE_RUN = ['hash_salt', 'vault_key'] as const;
/** Of one PutEvents, as the service has it. */
const ENTRIES_A_CALL = 10;

/** @param now  when the folder is made: what has expired by then is left out, as a reader would not see it */
export async function openKeptState(file: string, now: number): Promise<KeptState> {
  const records = join(dirname(file), RECORDS_HOME);
  const endpoint = await openEndpoint({
    files: { sqlite: file, records },
    // Archives without rules: what happened is kept, and nothing is delivered a second time. The first start makes the rules.
    topology: { ...topology, rules: [] },
    port: 0,
    timeScale: 1,
    limits: 'unlimited',
    invoker: async () => ({ ok: false, code: 'unavailable' }),
    onTrouble: () => {},
  });
  const { database, names, secrets } = endpoint;
  for (const name of OF_THE_RUN)
    secrets.put(`frontdesk/${STAGE.env}/${name}`, initialSecrets().get(name) ?? missing(name));
  furnishSecrets(secrets, STAGE.env, null);
  const { PutItem } = endpoint.dynamoDb.service.operations;
  const { PutEvents } = endpoint.eventBridge.service.operations;
  if (PutItem === undefined || PutEvents === undefined) throw new Error('the endpoint has no PutItem or no PutEvents');
  const parameters = createParameterStore(database);
  const archives = createArchiveStore(database);
  const rows = recordFiles(records, STAGE.env);

  /** What the run found at its start is news only where the folder has nothing else; the epoch of sending never goes back. */
  function addParameters(versions: KeptWorld['parameters']): void {
    const startAt = versions[0]?.at;
    for (const { at, name, value } of versions) {
      const full = `/frontdesk/${STAGE.env}/${name}`;
      const newest = parameters.newest(full);
      if (newest?.value === value || (newest !== null && at === startAt && name === 'reply_epoch')) continue;
      const modifiedAt = Math.max(at, newest?.modifiedAt ?? at);
      const version = (newest?.version ?? 0) + 1;
      parameters.add({ name: full, version, type: 'String', value, description: null, modifiedAt });
    }
  }

  return {
    async add({ tables, events, parameters: versions }) {
      transact(database, () => {
        for (const [table, items] of tables)
          for (const item of items)
            if (!isExpired(item, now))
              PutItem({
                TableName: fullTableName(STAGE.env, table),
                Item: marshall(item, { removeUndefinedValues: true }),
              });
        addParameters(versions);
      });
      await putAll(PutEvents, topology.busName(STAGE.env), events);
      keepRows(rows, events);
      // As the platform packs what is old: a full pack at a time.
      for (const { name } of topology.archives)
        while ((await archives.pack(names.archive(name), Date.now() + 1, 0)) >= PACK_EVENTS);
    },
    close: () => endpoint.close(),
  };
}

/** Calls of one turn share a commit. */
async function putAll(putEvents: AwsOperation, bus: string, events: readonly KeptEvent[]): Promise<void> {
  const calls = Array.from({ length: Math.ceil(events.length / ENTRIES_A_CALL) }, (_value, call) =>
    putEvents({
      Entries: events.slice(call * ENTRIES_A_CALL, (call + 1) * ENTRIES_A_CALL).map((event) => ({
        EventBusName: bus,
        Source: event.source,
        DetailType: event.detailType,
        Detail: event.detail,
        Time: event.at / 1000,
      })),
    }),
  );
  for (const answer of await Promise.all(calls))
    if (Object(answer).FailedEntryCount !== 0) throw new Error('the archive did not take every event of the run');
}

function isExpired({ expires_at }: Item, now: number): boolean {
  return typeof expires_at === 'number' && expires_at <= Math.floor(now / 1000);
}

function missing(name: string): never {
  throw new Error(`the run has no secret ${name}`);
}
