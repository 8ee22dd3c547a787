/** The evidence in a data folder, as of one moment, whether an instance runs on it or not: nothing in it is changed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../functions/shared/store/language.ts';
import { openOwnEngine } from '../../local/aws/dynamodb/own-engine.ts';
import type { KeyedRow } from '../../local/aws/dynamodb/storage/rows.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { createArchiveStore } from '../../local/aws/eventbridge/archive-store.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { topology } from '../../stacks/topology.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { factCollector } from './archive.ts';
import type { Archive, Evidence } from './evidence.ts';

type Archived = { readonly 'detail-type': string; readonly source: string; readonly detail: unknown };

const DAY_MS = 86_400_000;
const PAGE = 1_000;
const BUSY_MS = 10_000;

/** Throws `Failure` where there is nothing to read. @param tell  one line of progress */
export function evidenceIn({ dataDir, dataDirGiven }: Context, now: number, tell: (line: string) => void): Evidence {
  const file = join(dataDir, 'aws.sqlite');
  if (!existsSync(file))
    throw new Failure(
      'no_data',
      `${dataDirGiven} holds no data of Frontdesk`,
      'start with `npm start`, or name another folder with --data',
    );
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    // One snapshot for all that is compared with one another.
    database.exec('BEGIN');
    const rows = trailRows(database, tell);
    return { rows, archive: archiveOf(database, now, tell), underWay: underWay(database), now };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      'unreadable_data',
      `the trail in ${dataDirGiven} cannot be read`,
      'check its permissions, or start with `npm start` once',
    );
  } finally {
    database.close();
  }
}

function trailRows(database: DatabaseSync, tell: (line: string) => void): Item[] {
  const { accountId, region, env } = STAGE;
  const { store } = openOwnEngine({ database, accountId, region, now: Date.now });
  const table = store.tables.find(fullTableName(env, 'audit_trail'));
  if (table === undefined) throw new Error('no trail');
  const rows = store.items.rows.every(table.id).map(readRow);
  tell(`${rows.length} rows of the trail read`);
  return rows;
}

/** What nobody can read any more is its key alone, which no row of the trail is: it is judged with the others, and broken. */
function readRow({ item, pk, sk }: KeyedRow): Item {
  const key = { conversation_id: textIn(pk), ts_action_id: textIn(sk) };
  try {
    const row = unmarshall(JSON.parse(item)) as Item;
    return typeof row.conversation_id === 'string' && typeof row.ts_action_id === 'string' ? row : key;
  } catch {
    return key;
  }
}

const textIn = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Both archives: the one of decisions and outcomes reaches further back, the other has everything. */
function archiveOf(database: DatabaseSync, now: number, tell: (line: string) => void): Archive {
  const collector = factCollector();
  const store = createArchiveStore(database);
  const since = { facts: Number.POSITIVE_INFINITY, recovery: Number.POSITIVE_INFINITY };
  for (const { name, retentionDays } of topology.archives) {
    const fullName = `${topology.busName(STAGE.env)}-${name}`;
    const made = database.prepare('SELECT created_at FROM eb_archive WHERE name = ?').get(fullName);
    if (made === undefined) continue;
    // Retention goes by the time of archiving, and in steps.
    const oldest = Math.max(Number(made.created_at), now - (retentionDays - 1) * DAY_MS);
    if (name === 'facts' || name === 'recovery') since[name] = oldest;
    let behind = { time: -1, seq: -1 };
    for (;;) {
      const page = store.page(fullName, behind, Number.MAX_SAFE_INTEGER, PAGE);
      for (const { body } of page) {
        const { detail, source, 'detail-type': detailType } = JSON.parse(body) as Archived;
        collector.add(detailType, detail, source);
      }
      const last = page.at(-1);
      if (last === undefined) break;
      behind = { time: last.eventTime, seq: last.seq };
    }
    tell(`archive ${name} read: ${collector.facts.size} facts so far`);
  }
  return { facts: collector.facts, holdsAllSince: since.recovery, holdsFactsSince: since.facts };
}

/** Deliveries to the auditor, its invocations, what it has parked, and its dead letters, which a redrive brings back. */
function underWay(database: DatabaseSync): Set<string> {
  const bodies = database
    .prepare(
      `SELECT e.body FROM eb_delivery d JOIN eb_event e ON e.seq = d.event_seq WHERE d.rule_arn LIKE '%/auditor-all'
       UNION ALL SELECT payload FROM lambda_invocation WHERE function_name = 'auditor'
       UNION ALL SELECT body FROM sqs_messages WHERE queue LIKE '%-auditor-%'`,
    )
    .all();
  return new Set(bodies.flatMap(({ body }) => [...String(body).matchAll(EVENT_ID)].map((match) => match[1] ?? '')));
}

/** A queue holds envelopes as text within text. */
const EVENT_ID = /\\?"eventId\\?":\\?"([0-9a-f-]{36})\\?"/g;
