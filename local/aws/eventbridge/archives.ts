/** Archives of a bus: which events they keep is decided when the event is accepted. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { AwsError, type AwsOperation } from '../service.ts';
import { createAlarm, type Timing } from '../time.ts';
import { type ArchiveStore, STEP_EVENTS } from './archive-store.ts';
import type { Arns } from './arns.ts';
import type { Buses } from './buses.ts';
import {
  defined,
  epochSeconds,
  type Input,
  listFilter,
  notFound,
  optionalInteger,
  optionalText,
  paginate,
  requiredArn,
  requiredName,
} from './input.ts';
import { validatePattern } from './pattern.ts';
import type { RuleBook } from './rule-book.ts';

export type ArchiveRow = {
  name: string;
  bus: string;
  pattern: string | null;
  description: string | null;
  retention_days: number;
  created_at: number;
};

type ArchiveOperation = 'CreateArchive' | 'UpdateArchive' | 'DeleteArchive' | 'DescribeArchive' | 'ListArchives';

export type Archives = {
  /** Throws ResourceNotFoundException. */
  require(name: string): ArchiveRow;
  start(): void;
  stop(): void;
  readonly operations: Readonly<Record<ArchiveOperation, AwsOperation>>;
};

const ARCHIVE_STATES = ['ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED'] as const;
/** Young events are not packed: what happened in the last hour is what a replay after a mishap asks for. */
const YOUNG_MS = 3_600_000;
/** Fewer than a pack of them wait no longer than that. */
const WAIT_TO_PACK_MS = 86_400_000;
const PACK_MS = 600_000;
const MAX_RETENTION_DAYS = 2_147_483_647;
const DAY_MS = 86_400_000;
/** AWS deletes expired events within a day; here they go within the hour. */
const SWEEP_MS = 3_600_000;
/** How long EventBridge remembers a replay that is over. */
const REPLAY_DAYS = 90;

export function createArchives(context: {
  database: DatabaseSync;
  arns: Arns;
  timing: Timing;
  buses: Buses;
  ruleBook: RuleBook;
  store: ArchiveStore;
  onPackError: (error: unknown) => void;
}): Archives {
  const { database, arns, timing, buses, ruleBook, store, onPackError } = context;
  const select = database.prepare('SELECT * FROM eb_archive WHERE name = ?');
  const selectAll = database.prepare('SELECT * FROM eb_archive ORDER BY name');
  const insert = database.prepare(
    'INSERT INTO eb_archive (name, bus, pattern, description, retention_days, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE eb_archive SET pattern = ?, description = ?, retention_days = ? WHERE name = ?',
  );
  const remove = database.prepare('DELETE FROM eb_archive WHERE name = ?');
  const forgetReplays = database.prepare('DELETE FROM eb_replay WHERE ended_at < ?');
  const alarm = createAlarm(timing, sweep);

  /** One small step of every archive; more follow at once, each in a turn of its own. */
  function sweep(): void {
    const isMore = transact(database, () => {
      forgetReplays.run(timing.now() - REPLAY_DAYS * DAY_MS);
      const expired = (selectAll.all() as ArchiveRow[])
        .filter(({ retention_days }) => retention_days > 0)
        // Retention is a calendar matter and no wait: the time scale leaves it alone.
        .map(({ name, retention_days }) => store.removeSome(name, timing.now() - retention_days * DAY_MS));
      const deleted = store.leftovers().map((name) => {
        const removed = store.removeSome(name, Number.MAX_SAFE_INTEGER);
        if (removed < STEP_EVENTS) store.forget(name);
        return removed;
      });
      return [...expired, ...deleted].includes(STEP_EVENTS);
    });
    alarm.at(timing.now() + (isMore ? 0 : SWEEP_MS));
  }

  const packLater = () => packAlarm.at(timing.now() + PACK_MS);
  const packAlarm = createAlarm(timing, () => void packAll().catch(onPackError).finally(packLater));
  let isStopped = false;

  /** One pack at a time; how often is not scaled, since it waits for nothing. */
  async function packAll(): Promise<void> {
    for (const { name } of selectAll.all() as ArchiveRow[]) {
      const now = timing.now();
      while (!isStopped && (await store.pack(name, now - YOUNG_MS, now - WAIT_TO_PACK_MS)) > 0);
      if (isStopped) return;
    }
  }

  /** Events of a deleted archive of this name must not come back with a new one. */
  function removeLeftovers(name: string): void {
    if (!store.leftovers().includes(name)) return;
    while (store.removeSome(name, Number.MAX_SAFE_INTEGER) > 0);
    store.forget(name);
  }

  const requireRow = (name: string): ArchiveRow => {
    const row = select.get(name) as ArchiveRow | undefined;
    if (row === undefined) throw notFound('Archive');
    return row;
  };
  const summary = (row: ArchiveRow) => {
    const { events, bytes } = store.totals(row.name);
    return {
      ArchiveName: row.name,
      EventSourceArn: arns.bus(row.bus),
      State: 'ENABLED',
      RetentionDays: row.retention_days,
      SizeBytes: bytes,
      EventCount: events,
      CreationTime: epochSeconds(row.created_at),
    };
  };
  const created = (row: ArchiveRow) => ({
    ArchiveArn: arns.archive(row.name),
    State: 'ENABLED',
    CreationTime: epochSeconds(row.created_at),
  });

  return {
    require: requireRow,
    start() {
      sweep();
      packLater();
    },
    stop() {
      isStopped = true;
      alarm.stop();
      packAlarm.stop();
    },
    operations: {
      CreateArchive(input) {
        const name = requiredName(input, 'ArchiveName', 48);
        const bus = requiredArn(input, 'EventSourceArn', 'event-bus');
        buses.require(bus);
        if (select.get(name) !== undefined) {
          throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
        }
        const settings = settingsOf(input);
        const { pattern = null, description = null, retentionDays = 0 } = settings;
        transact(database, () => {
          removeLeftovers(name);
          insert.run(name, bus, pattern, description, retentionDays, timing.now());
        });
        ruleBook.changed(bus);
        return created(requireRow(name));
      },
      UpdateArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        const settings = settingsOf(input);
        update.run(
          settings.pattern ?? row.pattern,
          settings.description ?? row.description,
          settings.retentionDays ?? row.retention_days,
          row.name,
        );
        ruleBook.changed(row.bus);
        return created(row);
      },
      DeleteArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        remove.run(row.name);
        ruleBook.changed(row.bus);
        alarm.at(timing.now());
      },
      DescribeArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        return defined({
          ...summary(row),
          ArchiveArn: arns.archive(row.name),
          Description: row.description,
          EventPattern: row.pattern,
        });
      },
      ListArchives(input) {
        const { prefix, state, source } = listFilter(input, 'ListArchives', 48, ARCHIVE_STATES);
        const rows = (selectAll.all() as ArchiveRow[]).filter(
          (row) =>
            row.name.startsWith(prefix) &&
            (state === undefined || state === 'ENABLED') &&
            (source === undefined || source === arns.bus(row.bus)),
        );
        const { page, token } = paginate(rows, input, (row) => row.name);
        return { Archives: page.map(summary), ...token };
      },
    },
  };
}

function settingsOf(input: Input) {
  const pattern = optionalText(input, 'EventPattern', 4_096);
  if (pattern !== undefined) validatePattern(pattern);
  return {
    pattern,
    description: optionalText(input, 'Description'),
    retentionDays: optionalInteger(input, 'RetentionDays', 0, MAX_RETENTION_DAYS),
  };
}
