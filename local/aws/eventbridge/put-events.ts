/** PutEvents: everything an accepted event causes is committed before the answer; calls of one turn share the commit. */
import type { DatabaseSync } from 'node:sqlite';
import type { Measure } from '../../telemetry/native.ts';
import { transact } from '../database.ts';
import type { GroupCommit } from '../group-commit.ts';
import type { AwsOperation } from '../service.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { Buses } from './buses.ts';
import type { Deliveries } from './deliveries.ts';
import { parseEventText } from './event-text.ts';
import { busNameOf, type Input, instantOf, objectOf, requiredList, validationError } from './input.ts';
import { isObject } from './json-values.ts';
import type { RuleBook } from './rule-book.ts';
import { DEFAULT_BUS } from './schema.ts';

/** EventBridge's limits: entries of a request, bytes of all of them (reference/sst-offline.md), the API's field lengths. */
const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 1_048_576;
const MAX_DETAIL_TYPE_LENGTH = 128;
const MAX_SOURCE_LENGTH = 256;

type Failure = { readonly ErrorCode: string; readonly ErrorMessage: string };

type Entry = {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON text as the producer wrote it; `parsedDetail` is for the matcher. */
  readonly detail: string;
  readonly parsedDetail: object;
  readonly resources: readonly string[];
  readonly timeMs: number;
};

export type PutEvents = {
  readonly operation: AwsOperation;
  /** What another service of the account tells the default bus: `aws.…` is a source that no client may use. */
  readonly fromService: (source: string, detailType: string, detail: object) => void;
};

export function createPutEvents(context: {
  database: DatabaseSync;
  groupCommit: GroupCommit;
  accountId: string;
  region: string;
  now: () => number;
  newId: () => string;
  buses: Buses;
  ruleBook: RuleBook;
  archiveStore: ArchiveStore;
  deliveries: Deliveries;
  measure?: Measure;
}): PutEvents {
  const { database, ruleBook, deliveries, measure = () => {} } = context;
  const insertEvent = database.prepare('INSERT INTO eb_event (body) VALUES (?)');

  const accept = (entry: Entry, acceptedAt: number): { EventId: string } => {
    const id = context.newId();
    const head = {
      version: '0',
      id,
      'detail-type': entry.detailType,
      source: entry.source,
      account: context.accountId,
      // EventBridge's envelope knows whole seconds.
      time: `${new Date(entry.timeMs).toISOString().slice(0, 19)}Z`,
      region: context.region,
      resources: entry.resources,
    };
    const event = { ...head, detail: entry.parsedDetail };
    const targets = ruleBook.targetsOf(entry.bus, event);
    const archives = ruleBook.archivesOf(entry.bus, event);
    if (targets.length === 0 && archives.length === 0) return { EventId: id };
    // The detail goes in as written: numbers keep the digits the producer gave them.
    const body = `${JSON.stringify(head).slice(0, -1)},"detail":${entry.detail}}`;
    const seq = Number(insertEvent.run(body).lastInsertRowid);
    const archived = { seq, bytes: Buffer.byteLength(body), eventTime: entry.timeMs, archivedAt: acceptedAt };
    for (const archive of archives) {
      context.archiveStore.add(archive, archived);
      // An archive is fed by a rule of EventBridge's own.
      measure({ of: 'rule', what: 'Invocations', bus: entry.bus, rule: `Events-Archive-${archive}` });
    }
    for (const target of targets) deliveries.add(target, seq, null, acceptedAt);
    return { EventId: id };
  };

  const operation: AwsOperation = async (input) => {
    const entries = requiredList(input, 'Entries', MAX_ENTRIES).map((item) => objectOf(item, 'Entries'));
    if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) > MAX_REQUEST_BYTES) {
      throw validationError('Total size of the entries in the request is over the limit.');
    }
    const acceptedAt = context.now();
    const results = await context.groupCommit.run(() =>
      entries.map((input) => {
        const entry = parseEntry(input, acceptedAt, context.buses);
        return 'ErrorCode' in entry ? entry : accept(entry, acceptedAt);
      }),
    );
    deliveries.wake();
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  return {
    operation,
    fromService(source, detailType, detail) {
      const timeMs = context.now();
      const entry = { bus: DEFAULT_BUS, source, detailType, resources: [], timeMs };
      transact(database, () => accept({ ...entry, detail: JSON.stringify(detail), parsedDetail: detail }, timeMs));
      deliveries.wake();
    },
  };
}

/** EventBridge's own sum: 14 bytes for a time, UTF-8 bytes of the rest. */
function entrySize(entry: Input): number {
  const resources = Array.isArray(entry.Resources) ? entry.Resources : [];
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...resources];
  const bytes = texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);
  return bytes + (entry.Time === undefined ? 0 : 14);
}

function parseEntry(entry: Input, acceptedAt: number, buses: Buses): Entry | Failure {
  const { Source: source, DetailType: detailType, Detail: detail } = entry;
  if (typeof source !== 'string' || source === '') return required('Source');
  if (source.length > MAX_SOURCE_LENGTH) return invalidArgument('Source', 'it is too long.');
  if (source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (typeof detailType !== 'string' || detailType === '') return required('DetailType');
  if (detailType.length > MAX_DETAIL_TYPE_LENGTH) return invalidArgument('DetailType', 'it is too long.');
  if (typeof detail !== 'string' || detail === '') return required('Detail');
  const parsedDetail = parseDetail(detail);
  if (parsedDetail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const timeMs = entry.Time === undefined ? acceptedAt : instantOf(entry.Time);
  if (timeMs === null) return invalidArgument('Time', 'it is not a timestamp.');
  const resources = entry.Resources ?? [];
  if (!Array.isArray(resources) || !resources.every((resource) => typeof resource === 'string')) {
    return invalidArgument('Resources', 'they are not a list of strings.');
  }
  const bus = busNameOf(entry);
  // AWS takes such an event and drops it; here the producer learns of it.
  if (!buses.exists(bus)) {
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'Event bus does not exist.' };
  }
  return { bus, source, detailType, detail, parsedDetail, resources, timeMs };
}

function parseDetail(json: string): object | null {
  try {
    const detail = parseEventText(json);
    return isObject(detail) ? detail : null;
  } catch {
    return null;
  }
}

function required(field: string): Failure {
  return invalidArgument(field, `${field} is a required argument.`);
}

function invalidArgument(field: string, reason: string): Failure {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${field} is not valid. Reason: ${reason}` };
}
